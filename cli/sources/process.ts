import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors";
import { onInterrupt } from "../interrupt";
import { ANSWER_DESCRIPTOR } from "../recorder/protocol";
import type { RecordAnswer, RecordRequest } from "../recorder/protocol";

/** How a recording process ended. */
export interface Recorded {
  /** Absent when the process ended before it could answer. */
  readonly answer?: RecordAnswer;
  readonly timedOut: boolean;
  /** The signal or the status that ended the process. */
  readonly end: string;
  /** The end of what the program printed. */
  readonly printed: string;
}

/** Programs print little that helps; the end of it does. */
const KEPT_CHARACTERS = 16_384;

/** Runs the recorder in a process of its own, so that nothing a program does reaches this one. */
export function runRecorder(
  request: RecordRequest,
  env: Readonly<Record<string, string | undefined>>,
  timeoutSeconds: number,
): Promise<Recorded> {
  const child = spawn(process.execPath, [recorderPath(), JSON.stringify(request)], {
    cwd: request.folder,
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    // A group of its own, so that what the program starts ends with it.
    detached: true,
  });
  const stopped = onInterrupt(() => stop(child));
  const answer: Buffer[] = [];
  let printed = "";
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk.toString("utf8")).slice(-KEPT_CHARACTERS);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  child.stdio[ANSWER_DESCRIPTOR]?.on("data", (chunk: Buffer) => answer.push(chunk));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    stop(child);
  }, timeoutSeconds * 1000);
  return new Promise((done) => {
    const finish = (end: string): void => {
      clearTimeout(timer);
      stopped();
      // What the program started and left behind ends now.
      stop(child);
      const text = Buffer.concat(answer).toString("utf8");
      const parsed = timedOut ? undefined : parseAnswer(text);
      done({ timedOut, end, printed, ...(parsed === undefined ? {} : { answer: parsed }) });
    };
    child.on("error", (error) => finish(error.message));
    child.on("close", (status, signal) => finish(signal ?? `status ${status ?? 0}`));
    // A process that the program started may hold the pipes open after the program has ended.
    child.on("exit", () => stop(child));
  });
}

function parseAnswer(text: string): RecordAnswer | undefined {
  try {
    return JSON.parse(text) as RecordAnswer;
  } catch {
    return undefined;
  }
}

function stop(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

/** The recorder lies beside the bundle; while the sources run uncompiled it is the one that was built last. */
function recorderPath(): string {
  const path = [join(__dirname, "recorder.js"), join(__dirname, "../../dist/recorder.js")].find(existsSync);
  if (path !== undefined) return path;
  throw new UsageError('The recorder of programs is not built. Run "npm run build".');
}

import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The environment variable that every process of a sandbox carries, so that none can be left behind unseen. */
export const MARK = "COMPLIANCE_SANDBOX_RUN";

/** How a command ended and what it printed. */
export interface Finished {
  /** The exit status; 128 when a signal ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** After so many seconds the command counts as hung and is ended. @defaultValue 900 */
  readonly timeoutSeconds?: number;
}

/** A process of the sandbox, as the system lists it. */
export interface Leftover {
  readonly pid: number;
  readonly command: string;
}

/**
 * Starts the processes of one sandbox and ends them.
 *
 * A process that a child starts in a process group of its own (as the engine does with plugins) is out of reach of
 * signals to the child. So every process is marked through its environment, and the mark finds all of them.
 */
export class Processes {
  private readonly id = randomBytes(8).toString("hex");
  private readonly running = new Set<ChildProcess>();

  /** The mark of this sandbox, for what starts processes of its own. */
  get mark(): Readonly<Record<string, string>> {
    return { [MARK]: this.id };
  }

  /** Runs a command to its end. A status other than 0 is an answer, not an error. */
  async run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
    const child = this.start(command, args, options);
    const output = { stdout: "", stderr: "" };
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => (output.stdout += chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (output.stderr += chunk));
    const timeoutSeconds = options.timeoutSeconds ?? 900;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        signalGroup(child, "SIGKILL");
        const said = (output.stdout + output.stderr).slice(-2000);
        reject(
          new Error(
            `"${command} ${args.join(" ")}" did not end within ${timeoutSeconds} s. It said:\n${said}`,
          ),
        );
      }, timeoutSeconds * 1000);
      child.once("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
      child.once("close", (status) => {
        clearTimeout(timer);
        resolve({ status: status ?? 128, ...output });
      });
    });
  }

  /** Starts a command that goes on running; {@link Processes.stop} or {@link Processes.stopAll} ends it. */
  start(command: string, args: readonly string[], options: Omit<RunOptions, "timeoutSeconds">): ChildProcess {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...options.env, ...this.mark },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C in the terminal reaches this program only, which then ends the others in order.
      detached: true,
    });
    this.running.add(child);
    child.once("exit", () => this.running.delete(child));
    child.once("error", () => this.running.delete(child));
    return child;
  }

  /** Ends one process and waits until it is gone: asked first, forced after five seconds. */
  async stop(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    signalGroup(child, "SIGTERM");
    const force = setTimeout(() => signalGroup(child, "SIGKILL"), 5000);
    await gone;
    clearTimeout(force);
  }

  /** Ends every process of this sandbox, those that children started included. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((child) => this.stop(child)));
    for (const { pid } of this.marked()) kill(pid, "SIGKILL");
  }

  /**
   * The processes that are still there although their work is done. Helpers of the engine end a moment after it (they
   * notice that their parent is gone), so this looks again for some seconds before it reports any.
   *
   * @param expected - processes that are to be there.
   */
  async leftovers(expected: readonly ChildProcess[] = [], graceSeconds = 10): Promise<readonly Leftover[]> {
    const pids = new Set(expected.map((child) => child.pid));
    const deadline = Date.now() + graceSeconds * 1000;
    let found = this.marked().filter(({ pid }) => !pids.has(pid));
    while (found.length > 0 && Date.now() < deadline) {
      await sleep(100);
      found = this.marked().filter(({ pid }) => !pids.has(pid));
    }
    return found;
  }

  private marked(): readonly Leftover[] {
    // Only Linux shows the environment of a process in a file; elsewhere the direct children are all that is known.
    if (!fs.existsSync("/proc/self/environ")) {
      return [...this.running].map((child) => ({ pid: child.pid ?? 0, command: child.spawnargs.join(" ") }));
    }
    return fs
      .readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry))
      .map((entry) => ({ pid: Number(entry), environ: read(`/proc/${entry}/environ`) }))
      .filter(({ environ }) => environ.split("\0").includes(`${MARK}=${this.id}`))
      .map(({ pid }) => ({ pid, command: read(`/proc/${pid}/cmdline`).split("\0").join(" ").trim() }))
      .filter(({ command }) => command !== "");
  }
}

/** The file's text; empty when the process went away or belongs to someone else. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) kill(-child.pid, signal);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between, which is what was wanted.
  }
}

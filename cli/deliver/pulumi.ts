import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { Writable } from "node:stream";
import { printable } from "../../rules";
import { systemCode, systemReason, UsageError } from "../errors";
import { onInterrupt } from "../interrupt";
import type { TextSink } from "../io";
import { RedactedLines, Redactor } from "./secrets";

/** The oldest CLI with which plans, event logs and policies of previews were seen to work together. */
const OLDEST_VERSION = "3.249.0";

/** Of what a failed command said, the end helps. */
const KEPT_CHARACTERS = 2_000;

const HOW =
  'Install it from https://www.pulumi.com/docs/install/, or run "pipeline/scripts/install-pulumi.sh", and put it on PATH.';

/** Where and for whom the CLI runs. */
export interface PulumiSettings {
  /** The folder of the program. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
}

/** The Pulumi CLI on PATH. What it prints is passed on without the environment's secrets. */
export class Pulumi {
  private readonly redactor: Redactor;

  public constructor(private readonly settings: PulumiSettings) {
    this.redactor = new Redactor(settings.env);
  }

  /** A text without the environment's secrets. */
  public redact(text: string): string {
    return this.redactor.redact(text);
  }

  /**
   * The CLI's version, without the `v`.
   * @throws UsageError when there is none, or one that is too old.
   */
  public async version(): Promise<string> {
    const text = (await this.read(["version"])).trim();
    const version = /^v?(\d+\.\d+\.\d+\S*)$/.exec(text)?.[1];
    if (version === undefined) {
      throw new UsageError(
        `"pulumi version" answers ${quoted(text)}, which is no version. Put the real CLI on PATH. ${HOW}`,
      );
    }
    if (isOlder(version, OLDEST_VERSION)) {
      throw new UsageError(
        `The Pulumi CLI on PATH is ${version}. Allowed is ${OLDEST_VERSION} or later. ${HOW}`,
      );
    }
    return version;
  }

  /**
   * What a command writes to standard output.
   * @throws UsageError with the end of what it said when it fails.
   */
  public async read(args: readonly string[]): Promise<string> {
    const out: Buffer[] = [];
    let said = "";
    // The cut may not leave the end of a secret.
    const kept = KEPT_CHARACTERS + this.redactor.longest;
    const child = this.start(args);
    child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-kept)));
    const end = await this.ended(child, args);
    if (end === 0) return Buffer.concat(out).toString("utf8");
    const reason = this.redact(said).slice(-KEPT_CHARACTERS).trim().split(/\r?\n/).map(printable).join("\n");
    throw new UsageError(
      `"pulumi ${args.slice(0, 2).join(" ")}" ended with ${endOf(end)}${reason === "" ? "." : `:\n${reason}`}`,
    );
  }

  /**
   * A JSON object that a command writes to standard output.
   * @throws UsageError when it fails, or writes something else.
   */
  public async readJson(args: readonly string[]): Promise<unknown> {
    const text = await this.read(args);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new UsageError(
        `"pulumi ${args.join(" ")}" writes no JSON but ${quoted(this.redact(text).slice(0, 200))}. ` +
          "Put the real CLI on PATH, and nothing that prints before it.",
        undefined,
        { cause: error },
      );
    }
  }

  /**
   * Runs a command and passes on what it prints, however much it is.
   * @param interrupted - what to tell when the command was interrupted and the CLI has ended in order.
   * @param rewrite - changes what is passed on.
   * @returns its exit status, or the signal that ended it.
   */
  public async show(
    args: readonly string[],
    interrupted: string,
    rewrite: (text: string) => string = (text) => text,
  ): Promise<number | string> {
    const child = this.start([...args, "--non-interactive", "--color", "never"]);
    const { stdout, stderr } = this.settings;
    if (child.stdout !== null) pass(child.stdout, stdout, new RedactedLines(stdout, this.redactor, rewrite));
    if (child.stderr !== null) pass(child.stderr, stderr, new RedactedLines(stderr, this.redactor, rewrite));
    return this.ended(child, args, interrupted);
  }

  private start(args: readonly string[]): ChildProcess {
    return spawn("pulumi", args, {
      cwd: this.settings.folder,
      // Event logs are a flag of the CLI's debug mode.
      env: { ...this.settings.env, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_DEBUG_COMMANDS: "true" },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches this process, which passes it on once. A second one would make the CLI give
      // up without writing what it has done.
      detached: true,
    });
  }

  private ended(
    child: ChildProcess,
    args: readonly string[],
    interrupted?: string,
  ): Promise<number | string> {
    return new Promise((done, fail) => {
      let isInterrupted = false;
      const closed = new Promise<void>((gone) => child.once("close", () => gone()));
      const taken = onInterrupt(async () => {
        isInterrupted = true;
        child.kill("SIGINT");
        // Who interrupts twice does not want to wait.
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
        await closed;
        return interrupted;
      });
      child.once("error", (error) => {
        taken();
        fail(missing(error));
      });
      child.once("close", (status, signal) => {
        taken();
        // The handler of the interrupt ends the process; nobody may report a failure before.
        if (!isInterrupted) done(status ?? signal ?? `no status (pulumi ${args[0] ?? ""})`);
      });
    });
  }
}

/** How a process ended, in words. */
export const endOf = (end: number | string): string => (typeof end === "number" ? `status ${end}` : end);

/** Passes a stream on as fast as it is read. When nobody reads any more the process must go on all the same. */
function pass(stream: Readable, sink: TextSink, lines: RedactedLines): void {
  stream.on("data", (chunk: Buffer) => {
    if (lines.push(chunk) || !(sink instanceof Writable) || sink.destroyed) return;
    stream.pause();
    const resume = (): void => {
      for (const event of ["drain", "close", "error"]) sink.off(event, resume);
      stream.resume();
    };
    for (const event of ["drain", "close", "error"]) sink.once(event, resume);
  });
  stream.on("end", () => lines.end());
}

function missing(error: Error): UsageError {
  return systemCode(error) === "ENOENT"
    ? new UsageError(`The Pulumi CLI is not on PATH. ${HOW}`, undefined, { cause: error })
    : new UsageError(`The Pulumi CLI cannot be started. ${systemReason(error)}. ${HOW}`, undefined, {
        cause: error,
      });
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  for (const [index, limit] of (b ?? []).entries()) {
    const difference = (a?.[index] ?? 0) - limit;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const quoted = (text: string): string => JSON.stringify(printable(text));

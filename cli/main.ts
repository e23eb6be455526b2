import type { Readable } from "node:stream";
import { CommanderError } from "commander";
import { printable } from "../rules";
import type { CheckContext } from "./commands/check";
import { fileProblem, systemCode, systemReason, traceOf, UsageError } from "./errors";
import { clearAway } from "./interrupt";
import { commandLine } from "./program";

/** What the process gives to the command. */
export interface Process {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** A stream that people or programs read. */
export interface Output {
  /** Only set on a terminal. */
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Runs one command line and answers with the exit status: 0, 1 or 2. */
export async function run(host: Process): Promise<number> {
  const context = contextOf(host);
  let status = 0;
  try {
    await commandLine(context, (result) => {
      status = result;
    }).parseAsync(host.argv, { from: "user" });
  } catch (error) {
    // Commander has printed its message; help and version end this way as well, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    host.stderr.write(`error: ${messageOf(error, context.debug)}\n`);
    return 2;
  }
  return status;
}

function contextOf({ argv, env, stdin, stdout, stderr }: Process): CheckContext {
  const colour =
    !argv.includes("--no-color") &&
    (env["NO_COLOR"] ?? "") === "" &&
    env["TERM"] !== "dumb" &&
    stdout.isTTY === true;
  return {
    env,
    stdin,
    stdout,
    stderr,
    colour,
    progress: stderr.isTTY === true && (env["CI"] ?? "") === "",
    ...(stdout.isTTY === true && stdout.columns !== undefined ? { columns: stdout.columns } : {}),
    debug: argv.includes("--debug"),
    today: new Date().toISOString().slice(0, 10),
  };
}

function messageOf(given: unknown, debug: boolean): string {
  const error = fileProblem(given) ?? given;
  if (error instanceof UsageError) return debug ? `${error.line}\n${traceOf(error)}` : error.line;
  if (debug) return traceOf(error);
  const text = error instanceof Error ? error.message : String(error);
  return `This is an error of the program itself: ${printable(text)}. Report it with the output of "--debug".`;
}

/** Runs the process's own command line; the status is set when everything is written. */
export async function main(): Promise<void> {
  let unwritten: unknown;
  process.stdout.on("error", (error) => {
    unwritten ??= error;
  });
  // Nobody is left to tell.
  process.stderr.on("error", () => undefined);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      void clearAway().then((said) => {
        process.stderr.write(`\nInterrupted. ${said}\n`);
        process.exit(signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 129);
      });
    });
  }
  const { argv, env, stdin, stdout, stderr } = process;
  const status = await run({ argv: argv.slice(2), env, stdin, stdout, stderr });
  await new Promise<void>((done) => stdout.write("", () => done()));
  if (unwritten !== undefined) {
    stderr.write(`error: standard output: ${outputProblem(unwritten)}\n`);
    process.exitCode = 2;
    return;
  }
  process.exitCode = status;
}

function outputProblem(error: unknown): string {
  return systemCode(error) === "EPIPE"
    ? 'The reader closed the pipe before it had the whole report. Use "--output FILE" to keep the report.'
    : `The report cannot be written. ${systemReason(error)}.`;
}

if (require.main === module) void main();

import { printable } from "../../rules";
import { UsageError } from "../errors";
import type { RecordFailure } from "../recorder/protocol";
import type { Recorded } from "./process";
import type { StackConfig } from "./project";

const MAX_LINES = 20;

/** Why a program could not be recorded, with what to do and what it printed. */
export function programError(
  { answer, timedOut, end, printed }: Recorded,
  folder: string,
  config: StackConfig,
  timeoutSeconds: number,
): UsageError {
  const message = timedOut
    ? `The program did not end within ${timeoutSeconds} s. Look for a timer, a server or a loop that never ends, ` +
      'or allow more time with "--timeout SECONDS".'
    : answer?.failure === undefined
      ? `The process of the program ended with ${printable(end)} before it had answered. ` +
        "Look for what ends the process, or for a shortage of memory."
      : reasonOf(answer.failure, folder, config);
  const stack = answer?.failure?.stack;
  return new UsageError(
    message + quoted(printed),
    folder,
    stack === undefined ? undefined : { cause: new ProgramStack(stack) },
  );
}

/** The stack trace inside the program, which `--debug` shows. */
class ProgramStack extends Error {
  public constructor(stack: string) {
    super("in the program");
    this.stack = stack;
  }
}

function reasonOf(failure: RecordFailure, folder: string, config: StackConfig): string {
  const { kind, message } = failure;
  const at = failure.place === undefined ? "" : ` at ${printable(failure.place)}`;
  const file = config.file ?? `Pulumi.${printable(config.stack)}.yaml`;
  switch (kind) {
    case "no-sdk":
      return `The program lacks "@pulumi/pulumi". Run "npm install" in ${printable(folder)}.`;
    case "no-entry":
      return (
        `The program has no entry point: ${printable(message)} does not exist. ` +
        'Write "index.ts", name the file as "main" in "Pulumi.yaml", or compile the program first.'
      );
    case "no-compiler":
      return 'The program is TypeScript, and there is no compiler for it. Run "npm install --save-dev typescript ts-node" in it.';
    case "missing-config":
      return `The program needs the configuration "${printable(message)}". Set it in ${printable(file)}, or choose another stack with "--stack NAME".`;
    case "wrong-config":
      return `The configuration "${printable(message)}" is no ${printable(failure.wanted ?? "valid value")}. Correct it in ${printable(file)}.`;
    case "exited":
      return `The program ended itself with process.exit(${printable(message)}) before all its resources were registered. Remove the call.`;
    case "status":
      return `The program set the status ${printable(message)} (process.exitCode), which makes a preview fail. Mend what made it do so.`;
    case "stuck":
      return 'The program waits for a promise that never settles, so that it cannot end. Look for an "await" without an answer.';
    case "logged":
      return "The program reported an error by pulumi.log.error, which makes a preview fail. Mend what it reports.";
    case "threw":
      return `The program failed${at}: ${lines(message).join("\n    ")}`;
  }
}

/** What a program printed, set in; nothing when it printed nothing. */
function quoted(printed: string): string {
  const all = lines(printed);
  if (all.length === 0) return "";
  const shown = all.slice(-MAX_LINES);
  const omitted = all.length > shown.length ? [`(${all.length - shown.length} lines before)`] : [];
  return `\n  The program printed:\n${[...omitted, ...shown].map((line) => `    | ${line}`).join("\n")}`;
}

const lines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => printable(line.trimEnd()))
    .filter((line) => line !== "");

import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface SandboxOptions {
  /** Leaves everything up and prints how to use it by hand, instead of running scenarios. */
  readonly keep: boolean;
  /** Runs the scenarios whose title matches, each with its group; all without it. */
  readonly only: RegExp | undefined;
  /** Prints the titles and ends. */
  readonly list: boolean;
  readonly help: boolean;
}

/** What `--help` prints. */
export const USAGE = `Usage: npm run sandbox -- [options]

Runs the program, the policy pack and the command on the real Pulumi engine against a local AWS.

  --only PATTERN   run the scenarios whose title matches this regular expression, each with its group
  --list           print the titles of the scenarios
  --keep           leave everything up and print the shell lines to work with it by hand; Ctrl-C ends it.
                   With --only the scenarios run first and what they deployed stays
  --help           print this

Exit status: 0 everything passed, 1 a scenario failed, 2 bad usage, 3 a tool cannot be had.`;

/**
 * Reads the command line.
 *
 * @throws Error with one line for an unknown flag or a PATTERN that is no regular expression.
 */
export function parseOptions(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      keep: { type: "boolean", default: false },
      only: { type: "string" },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { keep, only, list, help } = values;
  return { keep, list, help, only: only === undefined ? undefined : new RegExp(only, "i") };
}

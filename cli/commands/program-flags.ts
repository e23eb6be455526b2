import { InvalidArgumentError } from "commander";
import type { Command } from "commander";

/** How a program is recorded. Messages about a program that cannot be recorded name these flags. */
export interface ProgramFlags {
  readonly stack?: string | undefined;
  /** How long the program may run, in seconds. */
  readonly timeout: number;
}

/** Adds the flags of a command that records programs. */
export function withProgram(command: Command): Command {
  return command
    .option("--stack <NAME>", 'the stack of a program (default: the only one that has a file, else "dev")')
    .option("--timeout <SECONDS>", "how long a program may run", seconds, 60);
}

function seconds(value: string): number {
  const number = Number(value);
  // An empty text and spaces would be 0, which is refused as well; NaN is not within the limits either.
  if (!(number >= 1 && number <= 3600)) {
    throw new InvalidArgumentError("Allowed is a number of seconds from 1 to 3600.");
  }
  return number;
}

import { PassThrough } from "node:stream";
import type { Command } from "commander";
import { commandLine } from "../../cli/program";

/** The command line, to look at and not to run. */
export function program(): Command {
  const sink = { write: (): boolean => true };
  return commandLine(
    {
      stdin: new PassThrough().end(),
      stdout: sink,
      stderr: sink,
      env: {},
      today: "2026-01-01",
      debug: false,
      colour: false,
      progress: false,
    },
    () => undefined,
  );
}

/** A flag as a command declares it. */
export interface Flag {
  readonly long: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** The flags of a command, but for the one that prints its help. */
export function flagsOf(name: string): readonly Flag[] {
  const command = program().commands.find((one) => one.name() === name);
  return (command?.options ?? []).map(({ long, required, argChoices }) => ({
    long: long ?? "",
    takesValue: required,
    choices: argChoices ?? [],
  }));
}

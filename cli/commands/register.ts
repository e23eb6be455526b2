import { Argument, Option } from "commander";
import type { Command } from "commander";
import type { CheckContext } from "./check";
import { SHELLS } from "./completion";
import type { Shell } from "./completion";
import type { PolicyConfigOptions } from "./policy-config";
import { withProgram } from "./program-flags";
import type { ProgramFlags } from "./program-flags";
import { addEstimate } from "./register-estimate";

/** Collects a flag that may be repeated, or takes a list with commas. */
type Gather = (value: string, before: readonly string[] | undefined) => readonly string[];

interface FactFlags {
  readonly format: "text" | "json";
  readonly output?: string;
  readonly selection?: string;
}

/**
 * Adds the commands that tell about the controls and this project. Each is loaded when it runs.
 * @param finish - takes the exit status of the command that ran.
 */
export function addFactCommands(
  program: Command,
  context: CheckContext,
  finish: (status: number) => void,
  gathered: Gather,
): void {
  withProgram(
    program
      .command("start")
      .summary("show what this project deploys, and how its controls judge it")
      .description(
        "Records the program of this project without an account, and judges it by its own selection.",
      ),
  ).action(async (flags: ProgramFlags) => {
    const { start } = await import("./start");
    finish(await start(flags, context));
  });
  withFormat(
    program
      .command("catalog")
      .summary("list the controls")
      .description("Lists the controls: how each is prevented, and whether it is detected.")
      .argument("[QUERY]", "words that the id, name, service, resource types or title contain")
      .option("--framework <ID>", "only controls of this framework; may be repeated", gathered)
      .option("--pack <ID>", "only controls of this conformance pack; may be repeated", gathered)
      .option("--service <ID>", "only controls of this service; may be repeated", gathered),
  ).action(async (query: string | undefined, flags: FactFlags & Record<string, readonly string[]>) => {
    const { catalog } = await import("./catalog");
    finish(catalog({ ...flags, ...(query === undefined ? {} : { query }) }, context));
  });
  withFormat(
    program
      .command("explain")
      .summary("tell everything about one control")
      .description("Tells what a control asks for, how it is prevented and detected, and how to satisfy it.")
      .argument("<CONTROL>", "the id or the name of a control"),
  ).action(async (control: string, flags: FactFlags) => {
    const { explain } = await import("./explain");
    finish(explain({ ...flags, control }, context));
  });
  withFormat(
    program
      .command("coverage")
      .summary("count what is prevented and detected")
      .description("Counts which controls are prevented, detected, both or neither, and says why.")
      .addOption(new Option("--by <GROUP>", "the table to print").choices(["framework", "pack", "service"])),
  ).action(async (flags: FactFlags & { readonly by?: "framework" | "pack" | "service" }) => {
    const { coverage } = await import("./coverage");
    finish(coverage(flags, context));
  });
  addEstimate(program, context, finish);
  program
    .command("policy-config")
    .summary("print the policy pack's configuration for a selection")
    .description(
      'Prints what "pulumi preview --policy-pack-config FILE" reads: level, parameters and exemptions.',
    )
    .option("--selection <FILE>", "YAML or JSON (default: the stack's, else that of this project)")
    .option("--stack <NAME>", "take the selection of this stack of the program in the current folder")
    .option("--output <FILE>", "write to a file, whole or not at all (default: standard output)")
    .action(async (flags: Omit<PolicyConfigOptions, "today">) => {
      const { policyConfig } = await import("./policy-config");
      finish(policyConfig({ ...flags, today: context.today }, context));
    });
  program
    .command("completion")
    .summary("print a script that completes commands in a shell")
    .description('Prints a script for the shell, e.g. eval "$(compliance completion bash)".')
    .addArgument(new Argument("<SHELL>", "the shell").choices(SHELLS))
    .action(async (shell: Shell) => {
      const { completion } = await import("./completion");
      finish(completion(shell, program, context));
    });
}

function withFormat(command: Command): Command {
  return command
    .option("--selection <FILE>", "a selection, whose packages have controls as well")
    .addOption(
      new Option("--format <FORMAT>", "the form of the result").choices(["text", "json"]).default("text"),
    )
    .option("--output <FILE>", "write to a file, whole or not at all (default: standard output)");
}

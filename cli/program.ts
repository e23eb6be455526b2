import { Command, Option } from "commander";
import { SEVERITIES } from "../rules";
import type { CheckContext } from "./commands/check";
import { addDeliver } from "./commands/deliver";
import { withProgram } from "./commands/program-flags";
import type { ProgramFlags } from "./commands/program-flags";
import { addFactCommands } from "./commands/register";
import { addAccountCommands } from "./commands/register-account";
import { addRule } from "./commands/register-rule";
import { FORMATS } from "./reports";
import type { Format } from "./reports";
import { TOOL } from "./version";

/** How a command ends: 0 nothing mandatory found, 1 mandatory findings, 2 it could not do its work. */
export type ExitStatus = number;

/** A word for "one or several", so that a flag may be repeated or take a list with commas. */
const gathered = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
];

/** What `check` gets from commander. */
interface CheckFlags extends ProgramFlags {
  readonly controls?: readonly string[];
  readonly framework?: readonly string[];
  readonly pack?: readonly string[];
  readonly service?: readonly string[];
  readonly severity?: readonly string[];
  readonly selection?: string;
  readonly format: Format;
  readonly output?: string;
  readonly all?: true;
  readonly failOn: (typeof SEVERITIES)[number] | "never";
  readonly onUnknown: "ignore" | "advisory" | "mandatory";
}

/**
 * The command line. Commands are loaded when they run, so that help and the other commands start without them.
 * @param finish - takes the exit status of the command that ran.
 */
export function commandLine(context: CheckContext, finish: (status: ExitStatus) => void): Command {
  const program = new Command("compliance")
    .description("Judges infrastructure by AWS Config's managed rules, before it is deployed.")
    .version(TOOL.version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [COMMAND]", "print the help of a command")
    .option("--debug", "print stack traces")
    .option("--no-color", "print without colours")
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    });
  addCheck(program, context, finish);
  addFactCommands(program, context, finish, gathered);
  addDeliver(program, context, finish);
  addAccountCommands(program, context, finish, gathered);
  addRule(program, context, finish);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command
      .option("--debug", "print stack traces")
      .option("--no-color", "print without colours")
      .helpOption("-h, --help", "print this help");
  }
  return program;
}

function addCheck(program: Command, context: CheckContext, finish: (status: ExitStatus) => void): void {
  const command = program
    .command("check")
    .summary("judge programs, state exports and previews")
    .description(
      "Judges infrastructure and reports.\n\n" +
        'A PATH is a Pulumi program (a folder with "Pulumi.yaml"), the output of "pulumi stack export" or\n' +
        '"pulumi preview --json", a folder of such files, or "-" for standard input.',
    )
    .argument("<PATH...>", "what to judge")
    .option(
      "--controls <ID,...>",
      'ids or names of controls, or "all" (default: the selection\'s, else all)',
      gathered,
    )
    .option("--framework <ID>", "only controls of this framework; may be repeated", gathered)
    .option("--pack <ID>", "only controls of this conformance pack; may be repeated", gathered)
    .option("--service <ID>", "only controls of this service; may be repeated", gathered)
    .option(
      "--severity <LEVEL>",
      `only controls of this severity (${SEVERITIES.join(", ")}); may be repeated`,
      gathered,
    )
    .option(
      "--selection <FILE>",
      "which controls apply, with parameters, levels and exemptions: YAML or JSON (default: that of a program's stack, " +
        'else "selection.yaml" beside the program)',
    )
    .addOption(new Option("--format <FORMAT>", "the form of the report").choices(FORMATS).default("text"))
    .option("--output <FILE>", "write the report to a file, whole or not at all (default: standard output)")
    .option("--all", "also list what passed or is undecided")
    .addOption(
      new Option("--fail-on <SEVERITY>", "the least severity of a mandatory finding that makes the status 1")
        .choices([...SEVERITIES, "never"])
        .default("low", "any"),
    )
    .addOption(
      new Option("--on-unknown <LEVEL>", "what a verdict counts as while an input is not known yet")
        .choices(["ignore", "advisory", "mandatory"])
        .default("advisory"),
    );
  withProgram(command)
    .addHelpText(
      "after",
      "\nExit status: 0 nothing mandatory found, 1 mandatory findings, 2 something could not be judged.",
    )
    .action(async (paths: readonly string[], flags: CheckFlags) => {
      const { check } = await import("./commands/check");
      finish(await check(paths, { ...flags, all: flags.all === true }, context));
    });
}

import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { CheckContext } from "./check";

/** Collects a flag that may be repeated. */
const repeated = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

interface PackFlags {
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
}

interface StackFlags extends PackFlags {
  readonly stack: string;
  readonly program: string;
}

const EXIT_STATUS =
  "\nExit status: 0 done, 1 policies or a difference to what was approved stopped it, 2 it could not do its work.";

/**
 * Adds `compliance deliver`, what a pipeline runs. Each command is loaded when it runs.
 * @param finish - takes the exit status of the command that ran.
 */
export function addDeliver(program: Command, io: CheckContext, finish: (status: number) => void): void {
  const context = { ...io, now: () => new Date() };
  const deliver = program
    .command("deliver")
    .summary("preview and deploy a stack as a pipeline does")
    .description(
      "What a delivery pipeline runs. It drives the Pulumi CLI on PATH, and deploys nothing but what was previewed.",
    );
  withPacks(
    withStack(deliver.command("preview"))
      .summary("preview a stack, and keep plan, manifest and findings")
      .description(
        'Previews a stack with "pulumi preview" and its policy packs. The folder gets the plan, a manifest of what it was\n' +
          "made from, the steps and the findings. When policies stop the preview it has only the findings.",
      )
      .requiredOption("--out <DIR>", "the folder that gets the files: new, empty or of an earlier preview"),
  )
    .option("--no-plan", "write no plan: the deployment previews anew and compares the steps")
    .addHelpText("after", EXIT_STATUS)
    .action(async (flags: StackFlags & { readonly out: string; readonly plan: boolean }) => {
      const { deliverPreview } = await import("../deliver/preview");
      finish(await deliverPreview(flags, context));
    });
  withPacks(
    withStack(deliver.command("deploy"))
      .summary("deploy what a preview planned")
      .description(
        "Deploys what a preview planned, if commit, lock file, settings, policy packs, Pulumi CLI and state are what they\n" +
          "were then. It lists every difference, and then deploys nothing.",
      )
      .requiredOption("--from <DIR>", "the folder that the preview wrote")
      .option("--max-age <MINUTES>", "how old the preview may be", minutes, 1440),
  )
    .addHelpText("after", EXIT_STATUS)
    .action(async (flags: StackFlags & { readonly from: string; readonly maxAge: number }) => {
      const { deliverDeploy } = await import("../deliver/deploy");
      finish(await deliverDeploy(flags, context));
    });
}

function withStack(command: Command): Command {
  return command
    .requiredOption("--stack <NAME>", "the stack: STACK, ORGANISATION/STACK or ORGANISATION/PROJECT/STACK")
    .option("--program <DIR>", 'the folder with "Pulumi.yaml"', ".");
}

function withPacks(command: Command): Command {
  return command
    .option("--policy-pack <DIR>", "a policy pack; may be repeated", repeated)
    .option(
      "--policy-pack-config <FILE>",
      "the configuration of the pack in the same place; may be repeated",
      repeated,
    );
}

function minutes(value: string): number {
  const number = Number(value);
  if (!(Number.isInteger(number) && number >= 1 && number <= 43_200))
    throw new InvalidArgumentError("Allowed is a whole number of minutes from 1 to 43200 (30 days).");
  return number;
}

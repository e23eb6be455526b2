import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { CommentOptions } from "../deliver/comment";
import type { DeliverContext } from "../deliver/operation";
import type { PreviewOptions } from "../deliver/preview";
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
    .option(
      "--no-secrets",
      "decrypt nothing: preview a copy of the stack with [secret] for each of its secrets, which cannot be deployed",
    )
    .addHelpText("after", EXIT_STATUS)
    .action(async (flags: PreviewOptions) => {
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
  withPacks(
    deliver
      .command("pipeline")
      .summary("bring the pipeline's own stack up to date")
      .description(
        "Updates the stack that holds the running pipeline, which no pipeline delivers to. When the pipeline itself changes, a\n" +
          "new execution is started from the same revision, and this one ends as superseded.",
      )
      .option("--stack <NAME>", "the stack that holds the pipeline (default: $COMPLIANCE_PIPELINE_STACK)")
      .option("--program <DIR>", 'the folder with "Pulumi.yaml"', "."),
  )
    .addHelpText("after", EXIT_STATUS)
    .action(async (flags: PackFlags & { readonly stack?: string; readonly program: string }) => {
      const { deliverPipeline } = await import("../deliver/pipeline");
      finish(await deliverPipeline(flags, context));
    });
  addDeliveries(deliver, context, finish);
}

/** What a pipeline gives to others than its stacks. */
function addDeliveries(deliver: Command, context: DeliverContext, finish: (status: number) => void): void {
  deliver
    .command("publish")
    .summary("publish the policy pack's version, when it is new")
    .description("Publishes the policy pack to an organisation of Pulumi Cloud, each version once.")
    .argument("<ORGANISATION>", "the organisation")
    .option("--policy-pack <DIR>", "the folder of the pack", "policypack")
    .option("--name <NAME>", "the name that the pack gives itself (default: that of this project's pack)")
    .action(async (organisation: string, flags: { readonly policyPack: string; readonly name?: string }) => {
      const { deliverPublish } = await import("../deliver/publish");
      finish(await deliverPublish({ organisation, ...flags }, context));
    });
  deliver
    .command("comment")
    .summary("post the reports of previews to the pull request")
    .description(
      "Posts reports of previews to the pull request that this build is of, in GitHub Actions, GitLab CI, Bitbucket\n" +
        "Pipelines or CodeBuild. An earlier comment on the same stack is written anew.",
    )
    .requiredOption("--report <FILE>", 'the "findings.md" of a preview; may be repeated', repeated)
    .option("--token-secret <ID>", "name or ARN of the secret in Secrets Manager that holds the token")
    .option("--token-variable <NAME>", "name of the environment variable that holds it instead")
    .option(
      "--sarif <FILE>",
      'the "findings.sarif" of a preview, for code scanning; may be repeated',
      repeated,
    )
    .option("--api <URL>", "the address of the provider's API (default: that of the repository's host)")
    .action(async (flags: CommentOptions) => {
      const { deliverComment } = await import("../deliver/comment");
      finish(await deliverComment(flags, context));
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

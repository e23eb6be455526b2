import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { SEVERITIES } from "../../rules";
import type { FailOn } from "../reports";
import { VERIFY_FORMATS } from "../verify/reports";
import type { VerifyFormat } from "../verify/reports";
import type { CheckContext } from "./check";
import type { VerifyOptions } from "./verify";

/** Collects a flag that may be repeated, or takes a list with commas. */
type Gather = (value: string, before: readonly string[] | undefined) => readonly string[];

/** What `verify` gets from commander. */
interface VerifyFlags extends Omit<VerifyOptions, "all" | "metrics" | "format" | "failOn"> {
  readonly all?: true;
  readonly metrics?: true;
  readonly format: VerifyFormat;
  readonly failOn?: FailOn;
}

/** The longest that a build of CodeBuild may take by default is 8 hours. */
const MAX_MINUTES = 480;

function minutes(value: string): number {
  const number = Number(value);
  if (!(number >= 1 && number <= MAX_MINUTES)) {
    throw new InvalidArgumentError(`Allowed is a number of minutes from 1 to ${MAX_MINUTES}.`);
  }
  return number;
}

function region(value: string): string {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d$/.test(value)) {
    throw new InvalidArgumentError('Allowed is a region such as "eu-west-1".');
  }
  return value;
}

/**
 * Adds the commands that talk to AWS. Each is loaded when it runs, and the SDK with it.
 * @param finish - takes the exit status of the command that ran.
 */
export function addAccountCommands(
  program: Command,
  context: CheckContext,
  finish: (status: number) => void,
  gathered: Gather,
): void {
  const regions: Gather = (value, before) => [...(before ?? []), ...gathered(value, undefined).map(region)];
  program
    .command("verify")
    .summary("the gate after a deployment: fail with what AWS Config finds")
    .description(
      "Starts the evaluation of new and changed rules in AWS Config, waits for the results, and fails with the " +
        "resources that violate a rule of the selection and that no exemption covers. A rule that is not deployed, " +
        "or does not report in time, fails as well. Credentials are found as every AWS tool finds them.",
    )
    .option("--selection <FILE>", "YAML or JSON (default: the stack's, else that of this project)")
    .option("--stack <NAME>", "take the selection of this stack of the program in the current folder")
    .option(
      "--region <REGION>",
      "a region to verify; may be repeated (default: those of the stacks)",
      regions,
    )
    .option(
      "--home-region <REGION>",
      "where the rules about IAM and the account are (default: the stack's, else the first region)",
      region,
    )
    .option("--profile <NAME>", "a profile of the shared AWS configuration")
    .option(
      "--stack-file <FILE>",
      'the output of "pulumi stack export", or "-"; may be repeated. Says which rules changed, and which resource an ' +
        "exemption by URN or logical name means",
      (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
    )
    .addOption(
      new Option("--evaluate <WHICH>", "which rules are evaluated anew (default: changed)").choices([
        "changed",
        "all",
        "none",
      ]),
    )
    .option("--timeout <MINUTES>", "how long results are awaited", minutes, 30)
    .option("--metrics", "evaluate nothing, and publish the counts to CloudWatch; violations do not fail")
    .option("--metrics-region <REGION>", "where the metrics are published (default: the home region)", region)
    .addOption(
      new Option("--format <FORMAT>", "the form of the report").choices(VERIFY_FORMATS).default("text"),
    )
    .option("--output <FILE>", "write the report to a file, whole or not at all (default: standard output)")
    .option("--all", "also list the rules that are compliant or have nothing to evaluate")
    .addOption(
      new Option(
        "--fail-on <SEVERITY>",
        "the least severity of a mandatory control that makes the status 1 (default: any)",
      ).choices([...SEVERITIES, "never"]),
    )
    .addHelpText(
      "after",
      "\nExit status: 0 nothing mandatory found, 1 mandatory findings, 2 a region could not be verified.\n" +
        "An exemption names a resource by URN, logical name or component path (with --stack-file), or by\n" +
        'what AWS Config calls it: "AWS::S3::Bucket/my-bucket", "my-bucket".',
    )
    .action(async (flags: VerifyFlags) => {
      const { verify } = await import("./verify");
      const options = { ...flags, all: flags.all === true, metrics: flags.metrics === true };
      finish(await verify(options, context));
    });
}

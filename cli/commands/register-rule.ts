import { Option } from "commander";
import type { Command } from "commander";
import type { CheckContext } from "./check";

interface TestFlags {
  readonly item?: string;
  readonly event?: string;
  readonly read?: string;
  readonly parameters?: string;
}

interface InvokeFlags {
  readonly profile?: string;
  readonly region?: string;
  readonly parameters?: string;
}

interface SampleFlags {
  readonly list?: true;
  readonly only?: "item" | "inputs";
  readonly format: "text" | "json";
  readonly output?: string;
}

interface NewFlags {
  readonly type: string;
  readonly periodic?: true;
}

/**
 * Adds `compliance rule`, the kit for custom rules. Each command is loaded when it runs.
 * @param finish - takes the exit status of the command that ran.
 */
export function addRule(program: Command, context: CheckContext, finish: (status: number) => void): void {
  const rule = program
    .command("rule")
    .summary("write, test and try custom rules")
    .description(
      "The kit for custom rules: one predicate that is a policy before the deployment and an AWS Config rule after it.",
    );
  rule
    .command("new")
    .summary("make a custom control that works, to write your own predicate in")
    .description(
      "Writes the folder of a custom control: a small predicate on a fact of the resource type, cases in both worlds and the\n" +
        "Lambda function. Registers it and writes its page.",
    )
    .argument("<NAME>", 'the name of the control, e.g. "s3-bucket-named"')
    .requiredOption("--type <TYPE>", 'the resource type, e.g. "AWS::S3::Bucket" or "aws:s3/bucket:Bucket"')
    .option("--periodic", "a schedule triggers the rule, instead of changes")
    .action(async (name: string, flags: NewFlags) => {
      const { ruleNew } = await import("./rule-new");
      finish(await ruleNew({ ...flags, name }, context));
    });
  rule
    .command("test")
    .summary("run the cases of custom controls")
    .description(
      "Runs the cases of custom controls in both worlds. With --item or --event the function of one control answers\n" +
        "that instead, and what AWS Config would get is printed.",
    )
    .argument("[NAME...]", "custom controls (default: all)")
    .option("--item <FILE>", 'a configuration item, as JSON; "-" reads standard input')
    .option("--event <FILE>", 'a whole event of AWS Config, as JSON; "-" reads standard input')
    .option("--read <FILE>", "what the rule reads beside the item, as JSON")
    .option("--parameters <JSON>", "parameters of the rule: an object of texts")
    .action(async (names: readonly string[], flags: TestFlags) => {
      const { ruleTest } = await import("./rule-test");
      finish(await ruleTest({ ...flags, names }, context));
    });
  rule
    .command("invoke")
    .summary("judge what AWS Config has recorded, without deploying the rule")
    .description(
      "Reads the last recorded configuration items of the control's types and judges them here. AWS Config is told nothing.",
    )
    .argument("<NAME>", "a custom control")
    .option("--profile <NAME>", "a profile of the shared AWS configuration")
    .option("--region <REGION>", "the region (default: that of the profile or environment)")
    .option("--parameters <JSON>", "parameters of the rule: an object of texts")
    .action(async (name: string, flags: InvokeFlags) => {
      const { ruleInvoke } = await import("./rule-invoke");
      finish(await ruleInvoke({ ...flags, name, now: new Date().toISOString() }, context));
    });
  rule
    .command("sample")
    .summary("print a resource as AWS Config records it and as a program declares it")
    .description(
      "Prints a sample of a resource type: its configuration item as AWS Config sends it with a change, and the program\n" +
        "that declares it.",
    )
    .argument("[TYPE]", 'e.g. "AWS::S3::Bucket" or "aws:s3/bucket:Bucket"')
    .option("--list", "list the types of which there is a sample")
    .addOption(new Option("--only <PART>", "print one part, as JSON").choices(["item", "inputs"]))
    .addOption(
      new Option("--format <FORMAT>", "the form of the result").choices(["text", "json"]).default("text"),
    )
    .option("--output <FILE>", "write to a file, whole or not at all (default: standard output)")
    .action(async (type: string | undefined, flags: SampleFlags) => {
      const { ruleSample } = await import("./rule-sample");
      finish(ruleSample({ ...flags, ...(type === undefined ? {} : { type }) }, context));
    });
}

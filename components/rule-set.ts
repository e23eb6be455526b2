import * as pulumi from "@pulumi/pulumi";
import type { ConfigRule } from "../rules/declaration";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import type { ConfigRecorder } from "./config-recorder";
import { refuse } from "./problems";
import { inputParameters, type RuleChoices, ruleProblems } from "./rule-limits";

/** Arguments of {@link RuleSet}. */
export interface RuleSetArgs extends RuleChoices {
  /** The recorder whose region the rules belong to and whose start they wait for. */
  readonly recorder: ConfigRecorder;
  /**
   * Appended to the logical names, never to the names in AWS. A program with several rule sets needs it for all but
   * one of them, since a URN holds no parent's name.
   * @defaultValue nothing: logical name, name in AWS and name of the policy are equal
   */
  readonly suffix?: string | undefined;
}

/**
 * AWS Config managed rules of one region. They have the names of the policies that prevent the same violations.
 *
 * @example
 * ```ts
 * new RuleSet("rules", { recorder, rules: configRules(selection, "us-east-1") });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_use-managed-rules.html
 */
export class RuleSet extends pulumi.ComponentResource {
  /** ARNs by rule name. */
  public readonly ruleArns: pulumi.Output<Readonly<Record<string, string>>>;

  public constructor(name: string, args: RuleSetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:RuleSet", name, NO_INPUTS, opts);
    refuse(this, `RuleSet "${name}"`, ruleProblems(args));
    const { recorder, rules, batchSize = 10, suffix = "", tags } = args;

    const started = recorder.status === undefined ? [] : [recorder.status];
    const created: aws.cfg.Rule[] = [];
    for (const rule of rules) {
      // Each rule waits for the one a batch before it, so that never more than a batch is in the making.
      const earlier = created[created.length - batchSize];
      created.push(
        new aws.cfg.Rule(
          `${rule.name}${suffix}`,
          { ...ruleArgs(rule), region: recorder.region, ...(tags === undefined ? {} : { tags }) },
          {
            parent: this,
            deleteBeforeReplace: true,
            dependsOn: [...started, ...(earlier === undefined ? [] : [earlier])],
          },
        ),
      );
    }
    this.ruleArns = pulumi
      .all(created.map((rule) => rule.arn))
      .apply((arns) => Object.fromEntries(rules.map((rule, index) => [rule.name, arns[index] ?? ""])));
    this.registerOutputs({ ruleArns: this.ruleArns });
  }
}

function ruleArgs(rule: ConfigRule): aws.cfg.RuleArgs {
  const { name, description, identifier, resourceTypes, frequency } = rule;
  const parameters = inputParameters(rule);
  return {
    name,
    source: { owner: "AWS", sourceIdentifier: identifier },
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { inputParameters: parameters }),
    // A scope says whose changes trigger the rule; a rule that only runs periodically must not have one.
    ...(resourceTypes.length === 0 ? {} : { scope: { complianceResourceTypes: [...resourceTypes] } }),
    ...(frequency === undefined ? {} : { maximumExecutionFrequency: frequency }),
  };
}

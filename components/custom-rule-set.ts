import { join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ConfigRule } from "../rules/declaration";
import { customControlOf, guardControlOf, packagedPartsOf } from "../rules/declaration";
import { policyPath } from "../rules/guard";
import { NO_INPUTS } from "./component";
import type { ConfigRecorder } from "./config-recorder";
import { GuardRule } from "./guard-rule";
import { type GuardRuleChoices, guardRuleProblems, policyFile } from "./guard-rule-limits";
import { LambdaRule } from "./lambda-rule";
import { type LambdaRuleChoices, lambdaRuleProblems } from "./lambda-rule-limits";
import { show } from "./limits";
import { type Problem, refuse, under } from "./problems";

/** The plain values that decide what a set of custom rules consists of. */
export interface CustomRuleChoices {
  /** The custom rules of one region: owner `CUSTOM_LAMBDA` or `CUSTOM_POLICY`. */
  readonly customRules: readonly ConfigRule[];
  /** Tags of everything that is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Arguments of {@link CustomRuleSet}. */
export interface CustomRuleSetArgs extends CustomRuleChoices {
  /** The recorder whose region the rules belong to and whose start they wait for. */
  readonly recorder: Pick<ConfigRecorder, "region" | "status">;
  /** Appended to the logical names, never to the names in AWS; see `RuleSetArgs`. @defaultValue nothing */
  readonly suffix?: string | undefined;
  /** Topics of the region that hear of events that a function could not handle. @defaultValue nobody */
  readonly alarmTopicArns?: readonly pulumi.Input<string>[] | undefined;
}

/**
 * The custom controls of a selection in one region: a {@link LambdaRule} for each that a function judges, and a
 * {@link GuardRule} for each whose policy AWS Config evaluates itself.
 *
 * @example
 * ```ts
 * const customRules = regionalRules(selection, region, home).filter(({ owner }) => owner !== "AWS");
 * new CustomRuleSet("custom-rules", { recorder, customRules });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules.html
 */
export class CustomRuleSet extends pulumi.ComponentResource {
  /** ARNs by rule name. */
  public readonly ruleArns: pulumi.Output<Readonly<Record<string, string>>>;

  public constructor(name: string, args: CustomRuleSetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:CustomRuleSet", name, NO_INPUTS, opts);
    const { recorder, customRules, suffix = "", tags, alarmTopicArns } = args;
    refuse(this, `CustomRuleSet "${name}"`, customRuleProblems({ ...args, region: recorder.region }));
    const own = { parent: this };
    const arns = customRules.map((rule) => {
      const logical = `${rule.name}${suffix}`;
      const guard = guardChoices(rule, tags);
      if (guard !== undefined) {
        const { ruleArn } = new GuardRule(logical, { ...guard, recorder }, own);
        return ruleArn.apply((arn) => ({ [rule.name]: arn }));
      }
      const lambda = lambdaChoices(rule, tags);
      return lambda && new LambdaRule(logical, { ...lambda, recorder, alarmTopicArns }, own).ruleArns;
    });
    this.ruleArns = pulumi
      .all(arns)
      .apply((each) => Object.assign({}, ...each) as Readonly<Record<string, string>>);
    this.registerOutputs({ ruleArns: this.ruleArns });
  }
}

/** Everything that AWS, or a function when it is asked for the first time, would refuse; by the index of the rule. */
export function customRuleProblems({
  customRules,
  region,
  tags,
}: CustomRuleChoices & { readonly region: string }): readonly Problem[] {
  return customRules.flatMap((rule, index) => {
    const path = `customRules[${index}]`;
    const guard = guardChoices(rule, tags);
    if (guard !== undefined)
      return under(path, guardRuleProblems({ ...guard, region }, policyFile(guard.policy)));
    const lambda = lambdaChoices(rule, tags);
    if (lambda !== undefined) return under(path, lambdaRuleProblems({ ...lambda, region }));
    const message = `${show(rule.name)} is no custom control. Give AWS's own rules to a RuleSet.`;
    return [{ path, message }];
  });
}

type Tags = CustomRuleChoices["tags"];

function lambdaChoices(rule: ConfigRule, tags: Tags): LambdaRuleChoices | undefined {
  const control = customControlOf(rule.identifier);
  if (control === undefined) return undefined;
  const { parameters, frequency } = rule;
  const { bundle } = packagedPartsOf(rule.identifier);
  return {
    control,
    code: bundle === undefined ? inRepository("dist", "rules", rule.name) : relative(process.cwd(), bundle),
    rules: [{ parameters, frequency }],
    tags,
  };
}

function guardChoices(rule: ConfigRule, tags: Tags): GuardRuleChoices | undefined {
  const control = guardControlOf(rule.identifier);
  if (control === undefined) return undefined;
  const { name, title: description, resourceTypes, detectOnly } = control;
  return { name, description, policy: inRepository(policyPath(name)), resourceTypes, detectOnly, tags };
}

/** Relative to the program, so that the state of a stack does not depend on where the repository lies. */
const inRepository = (...path: readonly string[]): string =>
  relative(process.cwd(), join(__dirname, "..", ...path));

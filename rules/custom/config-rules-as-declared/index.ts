import { all, check, compliant, notApplicable, undecided, violation } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { matchesWildcard } from "../../engine/wildcard";
import { customControl } from "../control";
import type { ParameterSchema, ParameterValues } from "../parameters";
import { isFunctionOf, managedIdentifier } from "../rule-source";
import type { DeployedRule, Deployment } from "./account";

export { fromAccount } from "./account";
export type { AccountRules, Deployment } from "./account";

/** Takes whatever is deployed for declared, so that only a rule that does not work is found. */
export const EVERY_RULE = "*";

const PARAMETERS = {
  expectedRules: {
    type: "CSV",
    pattern: /[\w*?-]{1,128}/,
    default: EVERY_RULE,
    description:
      "The names of the declared rules, with this one. Parameters hold 1,024 characters: more rules are named by patterns, e.g. tags-*, together with ruleCount. Where nothing is given, this project's program names the rules that it deploys.",
  },
  ruleCount: {
    type: "int",
    minimum: 1,
    maximum: 1000,
    optional: true,
    description: "How many rules are declared, so that none of those that a pattern names may be missing.",
  },
  othersAllowed: {
    type: "boolean",
    default: "false",
    description: "Whether rules may be deployed that are not declared.",
  },
  functionRules: {
    type: "CSV",
    pattern: /[\w*?-]{1,128}/,
    optional: true,
    description:
      "Those of the declared rules that run a function of this project, with this one. Where they are given, every declared rule must run the code that its name says: these the function of the control, guardRules a policy in Guard, all others AWS's rule of that name. This project's program gives them where there is room.",
  },
  guardRules: {
    type: "CSV",
    pattern: /[\w*?-]{1,128}/,
    optional: true,
    description: "Those of the declared rules that are a policy in Guard; looked at with functionRules only.",
  },
  maxAgeHours: {
    type: "int",
    minimum: 1,
    maximum: 8760,
    optional: true,
    description:
      "How old the last good evaluation may be of a rule that nothing but changes makes run. Where nothing is given, such a rule may rest as long as nothing changes. A rule that runs in periods may be two of its periods old, whatever is given.",
  },
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof PARAMETERS>;

/**
 * Nothing is detected by a rule that was deleted, that fails, that has not run for long, whose code was exchanged, or that
 * nobody feeds. The text of a policy in Guard has no room in parameters: `compliance verify` compares it. A first run may
 * be undecided about rules that have not been evaluated yet, this one among them.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRuleEvaluationStatus.html
 */
export const control = customControl({
  name: "config-rules-as-declared",
  title: "The deployed AWS Config rules are the declared ones, and work.",
  severity: "high",
  resourceTypes: ["AWS::::Account"],
  triggerTypes: ["Periodic"],
  parameters: PARAMETERS,
  requirements: ["nist-800-53-r5:CA-7"],
  sources: {
    rules: {
      from: "read",
      action: "config:DescribeConfigRules",
      because: "no configuration item holds whether a rule works",
    },
    recorders: {
      from: "read",
      action: "config:DescribeConfigurationRecorderStatus",
      because: "no configuration item holds whether recording works",
    },
  },
  detectOnly: "what is deployed is compared with what was declared, which a program cannot contradict",
  listing: ["config:DescribeConfigRuleEvaluationStatus"],
  judge: (facts: Deployment, parameters) =>
    all(
      judgeRecorders(facts),
      ...facts.rules.map((rule) => judgeRule(rule, parameters)),
      ...missing(facts, parameters),
    ),
});

function judgeRecorders({ recorders }: Deployment): Outcome {
  const reason = (found: string, fix: string): Reason => ({ found, fix, key: "recorder" });
  const start = "start the configuration recorder";
  if (recorders.length === 0)
    return violation(reason("the region has no configuration recorder", "create a configuration recorder"));
  return all(
    ...recorders.map(({ isRecording, isFailing }) => {
      if (isRecording === undefined)
        return undecided(reason("whether the configuration recorder records is not known", start));
      if (!isRecording) return violation(reason("the configuration recorder is stopped", start));
      return check(
        !isFailing,
        reason("the configuration recorder fails", "mend its role and the delivery channel"),
      );
    }),
  );
}

function judgeRule(rule: DeployedRule, parameters: Parameters): Outcome {
  const { name } = rule;
  const { expectedRules, othersAllowed } = parameters;
  const reason: ReasonOf = (found, fix) => ({
    found: `the rule "${name}" ${found}`,
    fix,
    key: name,
  });
  if (!expectedRules.some((expected) => matchesWildcard(expected, name))) {
    return check(othersAllowed, reason("is not declared", `delete "${name}" or add it to "expectedRules"`));
  }
  if (rule.isDeleting) return violation(reason("is being deleted", `deploy "${name}" again`));
  if (rule.isFailing) return violation(reason("fails", `mend "${name}": AWS Config shows its last error`));
  const evaluate = `start an evaluation of "${name}"`;
  const started =
    rule.isStarted === true ? compliant() : undecided(reason("has not been evaluated yet", evaluate));
  return all(started, judgeSource(rule, parameters, reason), judgeAge(rule, parameters, reason, evaluate));
}

/** Makes the reason of one rule. */
type ReasonOf = (found: string, fix: string) => Reason;

/** A rule keeps its name when somebody puts other code behind it, and would say that all is well. */
function judgeSource(
  { name, source }: DeployedRule,
  { functionRules, guardRules = [] }: Parameters,
  reason: ReasonOf,
): Outcome {
  if (functionRules === undefined) return notApplicable();
  const fix = `deploy "${name}" again`;
  if (source === undefined) return undecided(reason("does not say whose code it runs", fix));
  const { owner, identifier, ruleArn } = source;
  const isNamed = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesWildcard(pattern, name));
  const isDeclared = isNamed(functionRules)
    ? owner === "CUSTOM_LAMBDA" && isFunctionOf(name, identifier, ruleArn)
    : isNamed(guardRules)
      ? owner === "CUSTOM_POLICY"
      : owner === "AWS" && identifier === managedIdentifier(name);
  return check(isDeclared, reason(`runs other code than declared (${`${owner} ${identifier}`.trim()})`, fix));
}

function judgeAge(
  { ageHours, overdueHours }: DeployedRule,
  { maxAgeHours }: Parameters,
  reason: ReasonOf,
  fix: string,
): Outcome {
  const limit = overdueHours ?? maxAgeHours;
  if (limit === undefined) return notApplicable();
  if (ageHours === undefined) return undecided(reason("does not say when it was evaluated last", fix));
  return check(ageHours <= limit, reason(`has had no good evaluation for more than ${limit} hours`, fix));
}

function missing({ rules }: Deployment, { expectedRules, ruleCount }: Parameters): readonly Outcome[] {
  const declared = rules.filter(({ name }) =>
    expectedRules.some((expected) => matchesWildcard(expected, name)),
  );
  const absent = expectedRules.filter(
    (expected) => !declared.some(({ name }) => matchesWildcard(expected, name)),
  );
  return [
    ...absent.map((expected) =>
      violation({
        found: `no rule "${expected}" is deployed`,
        fix: `deploy "${expected}"`,
        key: expected,
      }),
    ),
    ...(ruleCount === undefined
      ? []
      : [
          check(declared.length === ruleCount, {
            found: `${declared.length} of the deployed rules are declared, not ${ruleCount}`,
            fix: 'deploy the missing rules or mend "ruleCount"',
            key: "count",
          }),
        ]),
  ];
}

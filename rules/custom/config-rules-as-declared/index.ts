import { all, check, compliant, undecided, violation } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { matchesWildcard } from "../../engine/wildcard";
import { customControl } from "../control";
import type { ParameterSchema, ParameterValues } from "../parameters";

/** A rule that is deployed. */
interface DeployedRule {
  readonly name: string;
  readonly isDeleting: boolean;
  /** Absent when AWS Config does not say. */
  readonly isStarted?: boolean;
  /** Its last evaluation, or the last call of its function, failed. */
  readonly isFailing: boolean;
}

/** What decides. */
export interface Deployment {
  /** The rules of the account itself, without those that a service or a conformance pack keeps. */
  readonly rules: readonly DeployedRule[];
  /** The recorders of the account's own; at most one. */
  readonly recorders: readonly { readonly isRecording?: boolean; readonly isFailing: boolean }[];
}

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
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof PARAMETERS>;

/**
 * Nothing is detected by a rule that was deleted, that fails, or that nobody feeds. A first run may be undecided about
 * rules that have not been evaluated yet, this one among them.
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

function judgeRule(rule: DeployedRule, { expectedRules, othersAllowed }: Parameters): Outcome {
  const { name } = rule;
  const reason = (found: string, fix: string): Reason => ({
    found: `the rule "${name}" ${found}`,
    fix,
    key: name,
  });
  if (!expectedRules.some((expected) => matchesWildcard(expected, name))) {
    return check(othersAllowed, reason("is not declared", `delete "${name}" or add it to "expectedRules"`));
  }
  if (rule.isDeleting) return violation(reason("is being deleted", `deploy "${name}" again`));
  if (rule.isFailing) return violation(reason("fails", `mend "${name}": AWS Config shows its last error`));
  return rule.isStarted === true
    ? compliant()
    : undecided(reason("has not been evaluated yet", `start an evaluation of "${name}"`));
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

/** The parts of AWS Config's answers that are read; their types promise more, and are not believed. */
export interface AccountRules {
  readonly rules: readonly {
    readonly ConfigRuleName?: string | undefined;
    readonly ConfigRuleState?: string | undefined;
    /** The service that keeps the rule; absent for the account's own. */
    readonly CreatedBy?: string | undefined;
  }[];
  readonly statuses: readonly {
    readonly ConfigRuleName?: string | undefined;
    readonly FirstEvaluationStarted?: boolean | undefined;
    readonly LastSuccessfulEvaluationTime?: Date | undefined;
    readonly LastFailedEvaluationTime?: Date | undefined;
    readonly LastSuccessfulInvocationTime?: Date | undefined;
    readonly LastFailedInvocationTime?: Date | undefined;
  }[];
  readonly recorders: readonly {
    readonly recording?: boolean | undefined;
    readonly lastStatus?: string | undefined;
    /** The service that keeps the recorder; absent for the account's own. */
    readonly servicePrincipal?: string | undefined;
  }[];
}

/** What AWS Config says of its rules and recorders. */
export function fromAccount({ rules, statuses, recorders }: AccountRules): Deployment {
  const byName = new Map(statuses.map((status) => [status.ConfigRuleName, status]));
  return {
    rules: rules.flatMap(({ ConfigRuleName: name, ConfigRuleState: state, CreatedBy: keeper }) => {
      if (name === undefined || keeper !== undefined) return [];
      const status = byName.get(name);
      const isStarted = status?.FirstEvaluationStarted;
      return [
        {
          name,
          isDeleting: state === "DELETING" || state === "DELETING_RESULTS",
          ...(isStarted === undefined ? {} : { isStarted }),
          isFailing:
            isLater(status?.LastFailedEvaluationTime, status?.LastSuccessfulEvaluationTime) ||
            isLater(status?.LastFailedInvocationTime, status?.LastSuccessfulInvocationTime),
        },
      ];
    }),
    recorders: recorders
      .filter(({ servicePrincipal }) => servicePrincipal === undefined)
      .map(({ recording, lastStatus }) => ({
        ...(recording === undefined ? {} : { isRecording: recording }),
        isFailing: lastStatus?.toUpperCase() === "FAILURE",
      })),
  };
}

const isLater = (failure: Date | undefined, success: Date | undefined): boolean =>
  failure !== undefined && (success === undefined || failure > success);

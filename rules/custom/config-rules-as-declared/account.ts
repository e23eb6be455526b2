import { frequencyOf, overdueHours } from "../../selection/frequency";
import type { Scheduled } from "../../selection/frequency";

/** A rule that is deployed. */
export interface DeployedRule {
  readonly name: string;
  readonly isDeleting: boolean;
  /** Absent when AWS Config does not say. */
  readonly isStarted?: boolean;
  /** Its last evaluation, or the last call of its function, failed. */
  readonly isFailing: boolean;
  /** Whose code it runs; absent when AWS Config does not say. */
  readonly source?: { readonly owner: string; readonly identifier: string; readonly ruleArn: string };
  /** How long ago its last good evaluation was; absent when AWS Config does not say. */
  readonly ageHours?: number;
  /** When it is overdue; absent for a rule that nothing but changes makes run. */
  readonly overdueHours?: number;
}

/** What decides. */
export interface Deployment {
  /** The rules of the account itself, without those that a service or a conformance pack keeps. */
  readonly rules: readonly DeployedRule[];
  /** The recorders of the account's own; at most one. */
  readonly recorders: readonly { readonly isRecording?: boolean; readonly isFailing: boolean }[];
}

/** The parts of AWS Config's answers that are read; their types promise more, and are not believed. */
export interface AccountRules {
  readonly rules: readonly (Scheduled & {
    readonly ConfigRuleName?: string | undefined;
    readonly ConfigRuleArn?: string | undefined;
    readonly ConfigRuleState?: string | undefined;
    /** The service that keeps the rule; absent for the account's own. */
    readonly CreatedBy?: string | undefined;
    readonly Source?:
      | (Scheduled["Source"] & {
          readonly Owner?: string | undefined;
          readonly SourceIdentifier?: string | undefined;
        })
      | undefined;
  })[];
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
  /** When all this was read. */
  readonly now: Date;
}

type Rule = AccountRules["rules"][number];
type Status = AccountRules["statuses"][number];

/** What AWS Config says of its rules and recorders. */
export function fromAccount({ rules, statuses, recorders, now }: AccountRules): Deployment {
  const byName = new Map(statuses.map((status) => [status.ConfigRuleName, status]));
  return {
    rules: rules.flatMap((rule) => {
      const { ConfigRuleName: name, CreatedBy: keeper } = rule;
      return name === undefined || keeper !== undefined
        ? []
        : [deployedRule(name, rule, byName.get(name), now)];
    }),
    recorders: recorders
      .filter(({ servicePrincipal }) => servicePrincipal === undefined)
      .map(({ recording, lastStatus }) => ({
        ...(recording === undefined ? {} : { isRecording: recording }),
        isFailing: lastStatus?.toUpperCase() === "FAILURE",
      })),
  };
}

const HOUR = 3_600_000;

function deployedRule(name: string, rule: Rule, status: Status | undefined, now: Date): DeployedRule {
  const { ConfigRuleState: state, ConfigRuleArn: ruleArn = "", Source } = rule;
  const isStarted = status?.FirstEvaluationStarted;
  const owner = Source?.Owner;
  const evaluated = lastGood(owner, status);
  const frequency = frequencyOf(rule);
  return {
    name,
    isDeleting: state === "DELETING" || state === "DELETING_RESULTS",
    ...(isStarted === undefined ? {} : { isStarted }),
    isFailing:
      isLater(status?.LastFailedEvaluationTime, status?.LastSuccessfulEvaluationTime) ||
      isLater(status?.LastFailedInvocationTime, status?.LastSuccessfulInvocationTime),
    ...(owner === undefined
      ? {}
      : { source: { owner, identifier: Source?.SourceIdentifier ?? "", ruleArn } }),
    ...(evaluated === undefined ? {} : { ageHours: (now.getTime() - evaluated.getTime()) / HOUR }),
    ...(frequency === undefined ? {} : { overdueHours: overdueHours(frequency) }),
  };
}

/** Of a function, AWS Config may only know when it was called: what it reported has no time. */
function lastGood(owner: string | undefined, status: Status | undefined): Date | undefined {
  const called = owner === "CUSTOM_LAMBDA" ? status?.LastSuccessfulInvocationTime : undefined;
  return status?.LastSuccessfulEvaluationTime ?? called;
}

const isLater = (failure: Date | undefined, success: Date | undefined): boolean =>
  failure !== undefined && (success === undefined || failure > success);

import type { PublishedMetricName, Severity } from "../rules/declaration";

/** An alarm on what `compliance verify --metrics` publishes. */
export interface ComplianceAlarm {
  /** Part of the alarm's name. */
  readonly name: string;
  readonly metric: PublishedMetricName;
  /** The severity that the metric is published for; absent for a metric without that dimension. */
  readonly severity?: Severity;
  /** The alarm goes off at this value, in the metric's unit. */
  readonly threshold: number;
  /** What somebody who gets the alarm reads. */
  readonly why: string;
  /** `true`: somebody must also hear when the metric ends. */
  readonly tellsSilence?: true;
}

/** The alarms of a region: one for each severity, and those on the system's own health. */
export function complianceAlarms(
  severities: readonly Severity[],
  maxAgeHours: number,
): readonly ComplianceAlarm[] {
  return [
    ...severities.map((severity): ComplianceAlarm => ({
      name: `non-compliant-${severity}`,
      metric: "NonCompliantRules",
      severity,
      threshold: 1,
      why: `A rule of severity ${severity} has a non-compliant resource that no exemption covers.`,
    })),
    {
      name: "not-deployed",
      metric: "RulesNotDeployed",
      threshold: 1,
      why: "A rule of the selection is not deployed.",
    },
    {
      name: "not-reported",
      metric: "RulesNotReported",
      threshold: 1,
      why: "A rule has no result, or its result is overdue.",
    },
    {
      name: "evaluation-errors",
      metric: "EvaluationErrors",
      threshold: 1,
      why: "The last evaluation of a rule failed.",
    },
    {
      name: "failed-invocations",
      metric: "FailedInvocations",
      threshold: 1,
      why: "AWS Config could not invoke a rule.",
    },
    {
      name: "evaluation-age",
      metric: "AgeOfLastEvaluation",
      threshold: maxAgeHours * 3600,
      why: `No rule was evaluated for ${maxAgeHours} hours, or nobody publishes the metrics any more.`,
      tellsSilence: true,
    },
  ];
}

/**
 * The metrics that `compliance verify --metrics` publishes, as data: the command publishes exactly these, and the
 * dashboard shows no others of this namespace.
 */

/** A name of a published metric. */
export type PublishedMetricName =
  | "CompliantRules"
  | "NonCompliantRules"
  | "InsufficientDataRules"
  | "NonCompliantResources"
  | "ExemptedResources"
  | "RulesNotDeployed"
  | "RulesNotReported"
  | "FailedInvocations"
  | "EvaluationErrors"
  | "AgeOfLastEvaluation";

/** What a published metric is told apart by; the value of `Severity` is one of `SEVERITIES`. */
export type MetricDimension = "Region" | "Severity";

/** A metric in the namespace {@link METRIC_NAMESPACE}. */
export interface PublishedMetric {
  readonly name: PublishedMetricName;
  /** CloudWatch's unit. */
  readonly unit: "Count" | "Seconds";
  /** The one set of dimensions under which it is published; CloudWatch does not add up over dimensions. */
  readonly dimensions: readonly MetricDimension[];
  /** The statistic that is right for a period with several data points: each point states a level, not an increase. */
  readonly statistic: "Maximum";
  /** What is counted, as a full sentence. */
  readonly description: string;
}

/**
 * The namespace of the published metrics. They are published in one region, with the region that each speaks of as a
 * dimension, so that one alarm and one dashboard may see all of them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/publishingMetrics.html
 */
export const METRIC_NAMESPACE = "ContinuousCompliance";

/** Every published metric. Each run publishes each of them for every region, also when it is 0. */
export const PUBLISHED_METRICS: readonly PublishedMetric[] = [
  counted(
    "CompliantRules",
    ["Region", "Severity"],
    "Rules without a non-compliant resource that no exemption covers.",
  ),
  counted(
    "NonCompliantRules",
    ["Region", "Severity"],
    "Rules with a non-compliant resource that no exemption covers.",
  ),
  counted("InsufficientDataRules", ["Region"], "Rules that found no resource to evaluate."),
  counted(
    "NonCompliantResources",
    ["Region"],
    "Resources that violate at least one rule without an exemption.",
  ),
  counted(
    "ExemptedResources",
    ["Region"],
    "Resources that violate rules, each of which an exemption covers.",
  ),
  counted("RulesNotDeployed", ["Region"], "Rules that the selection declares and the region does not have."),
  counted("RulesNotReported", ["Region"], "Rules without a result, or whose result is overdue."),
  counted("FailedInvocations", ["Region"], "Rules that AWS Config could not invoke the last time."),
  counted("EvaluationErrors", ["Region"], "Rules whose last evaluation failed."),
  {
    name: "AgeOfLastEvaluation",
    unit: "Seconds",
    dimensions: ["Region"],
    statistic: "Maximum",
    description: "Time since a rule of the region was last evaluated; it grows when evaluations stop.",
  },
];

function counted(
  name: PublishedMetricName,
  dimensions: readonly MetricDimension[],
  description: string,
): PublishedMetric {
  return { name, unit: "Count", dimensions, statistic: "Maximum", description };
}

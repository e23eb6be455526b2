/** An IAM action that `compliance verify` needs. */
export interface VerifyAction {
  readonly action: string;
  /**
   * What a policy may scope the action to: the rules or the recorder of AWS Config in an account, or a CloudWatch
   * namespace by the condition key `cloudwatch:namespace`. `none`: the service allows only `*`.
   */
  readonly scope: "config-rule" | "configuration-recorder" | "cloudwatch-namespace" | "none";
}

/**
 * The actions that `compliance verify` needs in the account and the regions it verifies, and no more. The role of the
 * pipeline's Verify project is built from this list.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
 */
export const VERIFY_ACTIONS: readonly VerifyAction[] = [
  { action: "config:DescribeComplianceByConfigRule", scope: "none" },
  { action: "config:DescribeConfigRuleEvaluationStatus", scope: "none" },
  { action: "config:DescribeConfigRules", scope: "none" },
  { action: "config:DescribeConfigurationRecorderStatus", scope: "configuration-recorder" },
  { action: "config:DescribeConfigurationRecorders", scope: "configuration-recorder" },
  { action: "config:GetComplianceDetailsByConfigRule", scope: "config-rule" },
  { action: "config:GetCustomRulePolicy", scope: "config-rule" },
  { action: "config:GetDiscoveredResourceCounts", scope: "none" },
  { action: "config:ListDiscoveredResources", scope: "none" },
  { action: "config:StartConfigRulesEvaluation", scope: "config-rule" },
];

/**
 * What `--metrics` needs beyond {@link VERIFY_ACTIONS}, in the region that the metrics are published in; scope it to
 * `METRIC_NAMESPACE`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
export const METRIC_ACTIONS: readonly VerifyAction[] = [
  { action: "cloudwatch:PutMetricData", scope: "cloudwatch-namespace" },
];

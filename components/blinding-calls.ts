/** Calls that would blind the system, watched together: one metric filter and one alarm. */
export interface BlindingCalls {
  /** Part of the names of filter, metric and alarm. */
  readonly name: string;
  /** What somebody who gets the alarm reads. */
  readonly why: string;
  /** Event names by event source. */
  readonly calls: Readonly<Record<string, readonly string[]>>;
  /** Only for the buckets of this program: S3 calls on other buckets concern others. */
  readonly onlyOwnBuckets?: true;
}

/** What stops, narrows or deletes the AWS Config recorder, its channel or its retention. */
export const RECORDER_CALLS: readonly string[] = [
  "StopConfigurationRecorder",
  "DeleteConfigurationRecorder",
  "PutConfigurationRecorder",
  "DisassociateResourceTypes",
  "DeleteDeliveryChannel",
  "PutDeliveryChannel",
  "DeleteRetentionConfiguration",
  "PutRetentionConfiguration",
];

/**
 * What somebody would call to stop recording, lose evidence, or keep people from hearing of it. Attempts that AWS
 * refuses count as well: they are how such a thing begins. `PutRule`, `PutTargets`, `PutMetricAlarm` and `PutKeyPolicy`
 * could blind as well and are left out: every deployment of anybody in the account makes them, and CloudTrail does not show
 * in a way that a filter can read whether one takes something away. `compliance verify` and a refresh find what they changed.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/log-api-calls.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
export const BLINDING_CALLS: readonly BlindingCalls[] = [
  {
    name: "recorder",
    why: "Somebody stopped, narrowed or deleted the AWS Config recorder, its channel or its retention.",
    calls: {
      "config.amazonaws.com": RECORDER_CALLS,
    },
  },
  {
    name: "rules",
    why: "Somebody deleted AWS Config rules, their results or their remediation.",
    calls: {
      "config.amazonaws.com": [
        "DeleteConfigRule",
        "DeleteOrganizationConfigRule",
        "DeleteConformancePack",
        "DeleteEvaluationResults",
        "DeleteRemediationConfiguration",
      ],
    },
  },
  {
    name: "trail",
    why: "Somebody stopped, changed or deleted a trail, or the log group behind this alarm.",
    calls: {
      "cloudtrail.amazonaws.com": ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
      "logs.amazonaws.com": ["DeleteLogGroup", "DeleteLogStream", "DeleteMetricFilter", "PutMetricFilter"],
    },
  },
  {
    name: "keys",
    why: "Somebody disabled a KMS key or scheduled its deletion; what it encrypts may become unreadable.",
    calls: { "kms.amazonaws.com": ["DisableKey", "ScheduleKeyDeletion"] },
  },
  {
    name: "evidence",
    why: "Somebody changed or deleted the protection of a bucket that holds evidence.",
    onlyOwnBuckets: true,
    calls: {
      "s3.amazonaws.com": [
        "DeleteBucket",
        "PutBucketPolicy",
        "DeleteBucketPolicy",
        "PutBucketVersioning",
        "PutBucketLifecycle",
        "DeleteBucketLifecycle",
        "PutBucketEncryption",
        "DeleteBucketEncryption",
        "PutBucketPublicAccessBlock",
        "DeleteBucketPublicAccessBlock",
        "PutBucketLogging",
      ],
    },
  },
  {
    name: "notifications",
    why: "Somebody silenced a topic, a subscriber, an event rule or an alarm.",
    calls: {
      "sns.amazonaws.com": ["DeleteTopic", "SetTopicAttributes", "Unsubscribe"],
      "events.amazonaws.com": ["DisableRule", "DeleteRule", "RemoveTargets"],
      "monitoring.amazonaws.com": ["DeleteAlarms", "DisableAlarmActions"],
    },
  },
];

/** The longest pattern that CloudWatch Logs takes, in characters. */
export const LONGEST_PATTERN = 1024;

/**
 * The metric filter pattern of a group of calls.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(group: BlindingCalls, bucketNames: readonly string[]): string {
  const either = (field: string, values: readonly string[]): string =>
    `(${values.map((value) => `($.${field} = "${value}")`).join(" || ")})`;
  const sources = Object.entries(group.calls).map(
    ([source, names]) => `(($.eventSource = "${source}") && ${either("eventName", names)})`,
  );
  const calls = sources.length === 1 ? (sources[0] ?? "") : `(${sources.join(" || ")})`;
  const buckets = group.onlyOwnBuckets ? ` && ${either("requestParameters.bucketName", bucketNames)}` : "";
  return `{ ${calls}${buckets} }`;
}

import { isObject, objectOf } from "../json";
import type { StackConfig } from "../engine/stack";

/** A setting that changes, and everything that changes with it. */
export interface ChangedSetting {
  /** The entry of the configuration, and the way to the setting in it. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** `update Type name: properties`, or another operation; each resource of the list is changed by this setting alone. */
  readonly changes: readonly string[];
}

/** The region that the settings speak of. */
const HOME = "us-east-1";
const NOTIFICATIONS = `notifications-${HOME}`;
/** The projects of a pipeline that no connection feeds yet. */
const PROJECTS = ["build", "deploy", "metrics", "preview", "self-update", "verify"];

/** A rule of EventBridge, or what it calls. */
const kindOf = (role: string): string => (role === "" ? "EventRule" : "EventTarget");

/** Settings whose change leaves every resource where it is, of every part. */
export const SETTINGS: readonly ChangedSetting[] = [
  {
    path: ["evidence", "bucket", "create", "expireDays"],
    value: 400,
    changes: ["update BucketLifecycleConfiguration evidence: rules"],
  },
  {
    path: ["recorder", "recordingMode"],
    value: { frequency: "DAILY" },
    changes: [`update Recorder recorder-${HOME}: recordingMode`],
  },
  {
    path: ["delivery", "snapshotFrequency"],
    value: "Six_Hours",
    changes: [`update DeliveryChannel recorder-${HOME}: snapshotDeliveryProperties`],
  },
  {
    path: ["retentionDays"],
    value: 400,
    changes: [`update RetentionConfiguration recorder-${HOME}: retentionPeriodInDays`],
  },
  {
    // An address is what a subscription is: another one is another subscription.
    path: ["notifications", "alerts", "subscriptions"],
    value: [{ protocol: "email", endpoint: "duty@example.com" }],
    changes: [
      `create TopicSubscription ${NOTIFICATIONS}-alerts-email-c0d211b7`,
      `delete TopicSubscription ${NOTIFICATIONS}-alerts-email-786906db`,
    ],
  },
  {
    path: ["notifications", "alerts", "severities"],
    value: ["medium"],
    changes: [
      ...["", "-alerts", "-chat"].map((role) => `delete ${kindOf(role)} ${NOTIFICATIONS}-critical-1${role}`),
      ...["", "-alerts", "-chat"].map((role) => `create ${kindOf(role)} ${NOTIFICATIONS}-medium-1${role}`),
    ],
  },
  {
    path: ["notifications", "retry", "attempts"],
    value: 10,
    changes: ["delivery-failed", "recorder-changed"].flatMap((alert) =>
      ["alerts", "chat"].map((role) => `update EventTarget ${NOTIFICATIONS}-${alert}-${role}: retryPolicy`),
    ),
  },
  {
    path: ["notifications", "deadLetters", "retentionDays"],
    value: 7,
    changes: [`update Queue ${NOTIFICATIONS}-dead-letters: messageRetentionSeconds`],
  },
  {
    path: ["notifications", "chat", "slack"],
    value: [{ workspaceId: "T0123456789", channelId: "C9876543210" }],
    changes: [
      "create SlackChannelConfiguration notifications-chat-slack-C9876543210",
      "delete SlackChannelConfiguration notifications-chat-slack-C0123456789",
    ],
  },
  {
    path: ["trail", "create", "expireDays"],
    value: 400,
    changes: ["update BucketLifecycleConfiguration trail: rules"],
  },
  {
    path: ["trail", "create", "logRetentionDays"],
    value: 90,
    changes: ["update LogGroup trail: retentionInDays"],
  },
  {
    path: ["dashboard", "maxAgeHours"],
    value: 72,
    changes: [`update MetricAlarm dashboard-${HOME}-evaluation-age: alarmDescription, threshold`],
  },
  {
    path: ["dashboard", "maxItemsPerDay"],
    value: 20_000,
    changes: [`update MetricAlarm dashboard-${HOME}-items: alarmDescription, threshold`],
  },
  {
    path: ["pipeline", "executionMode"],
    value: "QUEUED",
    changes: ["update Pipeline pipeline: executionMode"],
  },
  {
    path: ["pipeline", "deploy", "maxAgeMinutes"],
    value: 60,
    changes: ["update Project pipeline-deploy: environment"],
  },
  {
    path: ["pipeline", "build", "computeType"],
    value: "BUILD_GENERAL1_LARGE",
    changes: ["update Project pipeline-build: environment"],
  },
  {
    path: ["pipeline", "preview", "cache"],
    value: "none",
    changes: ["update Policy pipeline-preview: policy", "update Project pipeline-preview: cache"],
  },
  {
    path: ["pipeline", "logRetentionDays"],
    value: 30,
    changes: PROJECTS.map((project) => `update LogGroup pipeline-${project}: retentionInDays`),
  },
  {
    path: ["pipeline", "verify", "schedule"],
    value: "rate(1 day)",
    changes: ["eu", "prod", "test"].map(
      (name) => `update EventRule pipeline-metrics-${name}: scheduleExpression`,
    ),
  },
  {
    path: ["pipeline", "artifacts", "create", "expireDays"],
    value: 30,
    changes: ["update BucketLifecycleConfiguration pipeline: rules"],
  },
  {
    path: ["target", "names"],
    value: ["acme-config*"],
    // The boundary names what the roles may touch, too.
    changes: [
      "",
      "-deploy",
      "-deploy-alerts",
      "-deploy-global",
      "-deploy-records",
      "-preview",
      "-pull-request",
    ].map((role) => `update Policy target${role}: policy`),
  },
];

const setting = (path: string, value: unknown, ...changes: readonly string[]): ChangedSetting => ({
  path: path.split("."),
  value,
  changes,
});

/** What an alert calls for people. */
const targetsOf = (alert: string): readonly string[] =>
  ["alerts", "chat"].map((role) => `update EventTarget ${NOTIFICATIONS}-${alert}-${role}`);

/** Further settings, which change some of the same resources: each round on top of what stands before it. */
export const FURTHER_SETTINGS: readonly (readonly ChangedSetting[])[] = [
  [
    setting(
      "evidence.bucket.create.noncurrentDays",
      60,
      "update BucketLifecycleConfiguration evidence: rules",
    ),
    setting(
      "evidence.bucket.create.accessLogDays",
      200,
      "update BucketLifecycleConfiguration evidence-access-logs: rules",
    ),
    setting(
      "evidence.prefix",
      "audit",
      "update BucketPolicy evidence: policy",
      `update DeliveryChannel recorder-${HOME}: s3KeyPrefix`,
      "update Policy recorder-role-delivery: policy",
    ),
    // Only the order of what is made.
    setting("rules.batchSize", 10),
    setting(
      "notifications.retry.maxAgeSeconds",
      3600,
      ...["medium-1", "delivery-failed", "recorder-changed"]
        .flatMap(targetsOf)
        .map((target) => `${target}: retryPolicy`),
    ),
    // The severities above name it already.
    setting("notifications.alerts.controls", ["s3-bucket-versioning-enabled"]),
    setting(
      "trail.create.retain",
      false,
      "update Bucket trail: forceDestroy",
      "update Bucket trail-access-logs: forceDestroy",
    ),
    setting(
      "dashboard.alarmSeverities",
      ["high"],
      `delete MetricAlarm dashboard-${HOME}-non-compliant-critical`,
      "update Dashboard dashboard: dashboardBody",
    ),
    setting("pipeline.approve.timeoutMinutes", 120, "update Pipeline pipeline: stages"),
    setting("pipeline.build.timeoutMinutes", 30, "update Project pipeline-build: buildTimeout"),
    setting(
      "pipeline.preview.environment",
      { NODE_OPTIONS: "--max-old-space-size=4096" },
      "update Project pipeline-preview: environment",
    ),
    setting("pipeline.deploy.timeoutMinutes", 90, "update Project pipeline-deploy: buildTimeout"),
    setting(
      "pipeline.verify.flags",
      ["--timeout", "60"],
      "update Project pipeline-metrics: environment",
      "update Project pipeline-verify: environment",
    ),
    setting(
      "pipeline.selfUpdate.image",
      "aws/codebuild/amazonlinux-aarch64-standard:3.0",
      "update Project pipeline-self-update: environment",
    ),
    setting(
      "pipeline.artifacts.create.retain",
      true,
      "update Bucket pipeline: forceDestroy",
      "update Bucket pipeline-access-logs: forceDestroy",
    ),
  ],
  [
    setting(
      "notifications.stream",
      { enabled: false },
      `delete MetricAlarm ${NOTIFICATIONS}-stream-undelivered`,
      `delete Topic ${NOTIFICATIONS}-stream`,
      `delete TopicPolicy ${NOTIFICATIONS}-stream`,
      `delete TopicSubscription ${NOTIFICATIONS}-stream-sqs-4d020859`,
      `update DeliveryChannel recorder-${HOME}: snsTopicArn`,
      "update Policy recorder-role-delivery: policy",
    ),
    setting(
      "notifications.controlPages",
      "https://example.com/controls/{control}",
      ...targetsOf("medium-1").map((target) => `${target}: inputTransformer`),
    ),
  ],
];

/** A configuration with other values of some settings. */
export function withSettings(
  config: StackConfig,
  settings: readonly Pick<ChangedSetting, "path" | "value">[],
): StackConfig {
  const changed: Record<string, unknown> = { ...config };
  for (const { path, value } of settings) {
    const [entry = "", ...rest] = path;
    const key = `compliance:${entry}`;
    changed[key] = placed(changed[key], rest, value);
  }
  return changed;
}

function placed(holder: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  const members = isObject(holder) ? holder : {};
  return { ...members, [first]: placed(objectOf(members)[first], rest, value) };
}

/** All changes that some settings bring, sorted. */
export function changedSettings(settings: readonly ChangedSetting[]): readonly string[] {
  return settings.flatMap(({ changes }) => changes).sort();
}

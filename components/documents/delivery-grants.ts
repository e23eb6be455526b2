import { type DeliveryScope, identityArns } from "./delivery-scope";

/** What a stack's resources of one kind need to be read, and to be made, changed and destroyed. */
export interface Grant {
  readonly sid: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** ARNs that may be changed. */
  readonly resources: (scope: DeliveryScope) => readonly string[];
  /**
   * Whether only the same ARNs may be read. @defaultValue false: everything of that kind in the account, because the
   * settings are no data
   */
  readonly readsOwn?: true;
}

/** ARNs of things of any region, one for each pattern of their explicit names. */
const named =
  (service: string, type: string) =>
  ({ partition, account, names }: DeliveryScope): readonly string[] =>
    names.map((name) => `arn:${partition}:${service}:*:${account}:${type}${name}`);

/** ARNs of everything of a service in the account, where names are AWS's or random. */
const anyOf =
  (service: string, ...types: readonly string[]) =>
  ({ partition, account }: DeliveryScope): readonly string[] =>
    types.map((type) => `arn:${partition}:${service}:*:${account}:${type}`);

/** Buckets have no account in their ARN: the statement's condition adds it. */
const buckets = (scope: DeliveryScope): readonly string[] =>
  scope.buckets.map((name) => `arn:${scope.partition}:s3:::${name}`);

/** ARNs of log groups. Some actions name one with, some without what stands for its streams. */
const logGroups = (scope: DeliveryScope, ...folders: readonly string[]): readonly string[] =>
  folders
    .flatMap((folder) => named("logs", `log-group:${folder}`)(scope))
    .flatMap((arn) => [arn, `${arn}:*`]);

/**
 * What the AWS provider calls for the resources of the parts detection, notifications, trail and dashboard, custom rules
 * among them.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const GRANTS: readonly Grant[] = [
  {
    sid: "Rules",
    resources: anyOf("config", "config-rule/*", "configuration-recorder/*"),
    reads: [
      "config:DescribeConfigurationRecorderStatus",
      "config:DescribeConfigurationRecorders",
      "config:ListTagsForResource",
    ],
    writes: [
      "config:AssociateResourceTypes",
      "config:DeleteConfigRule",
      "config:DeleteConfigurationRecorder",
      "config:DisassociateResourceTypes",
      "config:PutConfigRule",
      "config:PutConfigurationRecorder",
      "config:StartConfigurationRecorder",
      "config:StopConfigurationRecorder",
      "config:TagResource",
      "config:UntagResource",
    ],
  },
  {
    sid: "Buckets",
    resources: buckets,
    readsOwn: true,
    reads: [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLocation",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketOwnershipControls",
      "s3:GetBucketPolicy",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ListTagsForResource",
    ],
    writes: [
      "s3:DeleteBucket",
      "s3:DeleteBucketPolicy",
      "s3:ListBucketVersions",
      "s3:PutBucketLogging",
      "s3:PutBucketOwnershipControls",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketTagging",
      "s3:PutBucketVersioning",
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
      "s3:UntagResource",
    ],
  },
  {
    // The provider makes a bucket with its tags in one call.
    sid: "NewBuckets",
    resources: buckets,
    reads: [],
    writes: ["s3:CreateBucket", "s3:TagResource"],
  },
  {
    // A bucket that is not retained is emptied before it goes.
    sid: "Objects",
    resources: (scope) => buckets(scope).map((arn) => `${arn}/*`),
    reads: [],
    writes: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
  },
  {
    sid: "Keys",
    // An id that nobody knows beforehand: the statement's condition adds the tag of the stack.
    resources: anyOf("kms", "key/*"),
    reads: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    writes: [
      "kms:DeleteAlias",
      "kms:DisableKey",
      "kms:DisableKeyRotation",
      "kms:EnableKey",
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
  },
  {
    // What follows at once on a key's making, when its tag may not count yet. Neither call weakens a key, and the name
    // of the alias must be the stack's own.
    sid: "FreshKeys",
    resources: anyOf("kms", "key/*"),
    reads: [],
    writes: ["kms:CreateAlias", "kms:EnableKeyRotation"],
  },
  {
    sid: "Aliases",
    resources: named("kms", "alias/"),
    reads: [],
    writes: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
  },
  {
    sid: "Topics",
    resources: named("sns", ""),
    reads: [
      "sns:GetSubscriptionAttributes",
      "sns:GetTopicAttributes",
      "sns:ListSubscriptionsByTopic",
      "sns:ListTagsForResource",
    ],
    writes: [
      "sns:CreateTopic",
      "sns:DeleteTopic",
      "sns:SetSubscriptionAttributes",
      "sns:SetTopicAttributes",
      "sns:Subscribe",
      "sns:TagResource",
      "sns:Unsubscribe",
      "sns:UntagResource",
    ],
  },
  {
    sid: "Queues",
    resources: named("sqs", ""),
    reads: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
    writes: [
      "sqs:CreateQueue",
      "sqs:DeleteQueue",
      "sqs:SetQueueAttributes",
      "sqs:TagQueue",
      "sqs:UntagQueue",
    ],
  },
  {
    sid: "EventRules",
    resources: named("events", "rule/"),
    reads: ["events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule"],
    writes: [
      "events:DeleteRule",
      "events:DisableRule",
      "events:EnableRule",
      "events:PutRule",
      "events:PutTargets",
      "events:RemoveTargets",
      "events:TagResource",
      "events:UntagResource",
    ],
  },
  {
    sid: "Alarms",
    resources: (scope) => [
      ...named("cloudwatch", "alarm:")(scope),
      ...scope.names.map((name) => `arn:${scope.partition}:cloudwatch::${scope.account}:dashboard/${name}`),
    ],
    reads: ["cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource"],
    writes: [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:DeleteDashboards",
      "cloudwatch:PutDashboard",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
    ],
  },
  {
    sid: "LogGroups",
    resources: (scope) => logGroups(scope, "/aws/cloudtrail/", "/aws/lambda/"),
    reads: ["logs:DescribeMetricFilters", "logs:ListTagsForResource"],
    writes: [
      "logs:AssociateKmsKey",
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:DeleteMetricFilter",
      "logs:DeleteRetentionPolicy",
      "logs:DisassociateKmsKey",
      "logs:PutMetricFilter",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
  },
  {
    // The functions of custom rules. Who reads a function sees its code and its variables.
    sid: "Functions",
    resources: named("lambda", "function:"),
    readsOwn: true,
    reads: [
      "lambda:GetFunction",
      "lambda:GetFunctionCodeSigningConfig",
      "lambda:GetFunctionConfiguration",
      "lambda:GetPolicy",
      "lambda:ListTags",
      "lambda:ListVersionsByFunction",
    ],
    writes: [
      "lambda:AddPermission",
      "lambda:CreateFunction",
      "lambda:DeleteFunction",
      "lambda:RemovePermission",
      "lambda:TagResource",
      "lambda:UntagResource",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
    ],
  },
  {
    sid: "Trails",
    resources: named("cloudtrail", "trail/"),
    reads: [
      "cloudtrail:GetEventSelectors",
      "cloudtrail:GetInsightSelectors",
      "cloudtrail:GetTrail",
      "cloudtrail:GetTrailStatus",
      "cloudtrail:ListTags",
    ],
    writes: [
      "cloudtrail:AddTags",
      "cloudtrail:CreateTrail",
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:RemoveTags",
      "cloudtrail:StartLogging",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
    ],
  },
  {
    sid: "Policies",
    resources: (scope) => identityArns(scope, "policy"),
    reads: ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyTags", "iam:ListPolicyVersions"],
    writes: [
      "iam:CreatePolicy",
      "iam:CreatePolicyVersion",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:TagPolicy",
      "iam:UntagPolicy",
    ],
  },
  {
    sid: "Roles",
    // Changes of roles have conditions of their own.
    resources: (scope) => identityArns(scope, "role"),
    reads: [
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
      "iam:ListRoleTags",
    ],
    writes: ["iam:TagRole", "iam:UntagRole"],
  },
];

/** Actions that AWS cannot scope to a resource. */
export const UNSCOPED: Pick<Grant, "reads" | "writes"> = {
  reads: [
    "chatbot:DescribeSlackChannelConfigurations",
    "chatbot:GetMicrosoftTeamsChannelConfiguration",
    "chatbot:ListMicrosoftTeamsChannelConfigurations",
    "chatbot:ListTagsForResource",
    "cloudtrail:DescribeTrails",
    "config:DescribeConfigRules",
    "config:DescribeDeliveryChannels",
    "config:DescribeRetentionConfigurations",
    "kms:ListAliases",
    "logs:DescribeLogGroups",
  ],
  writes: [
    "chatbot:CreateMicrosoftTeamsChannelConfiguration",
    "chatbot:CreateSlackChannelConfiguration",
    "config:DeleteDeliveryChannel",
    "config:DeleteRetentionConfiguration",
    "config:PutDeliveryChannel",
    "config:PutRetentionConfiguration",
  ],
};

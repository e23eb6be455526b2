import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { key } from "./key";
import { lake } from "./lake";

const region = new pulumi.Config("aws").require("region");
const account = aws.getCallerIdentityOutput().accountId;

const dataKey = key("data", "Encrypts everything that holds data of the platform.");
const messageKey = key("messages", "Encrypts topics, queues and logs.", [
  "sns.amazonaws.com",
  `logs.${region}.amazonaws.com`,
]);

const lakeBucket = lake("lake", dataKey);

const events = new aws.kinesis.Stream("events", {
  streamModeDetails: { streamMode: "ON_DEMAND" },
  encryptionType: "KMS",
  kmsKeyId: dataKey.arn,
  retentionPeriod: 168,
});

const table = new aws.dynamodb.Table("events", {
  attributes: [
    { name: "id", type: "S" },
    { name: "at", type: "N" },
  ],
  hashKey: "id",
  rangeKey: "at",
  billingMode: "PAY_PER_REQUEST",
  serverSideEncryption: { enabled: true, kmsKeyArn: dataKey.arn },
  pointInTimeRecovery: { enabled: true },
  deletionProtectionEnabled: true,
});

const alerts = new aws.sns.Topic("alerts", { kmsMasterKeyId: messageKey.id });
new aws.sns.TopicPolicy("alerts", {
  arn: alerts.arn,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: alerts.arn,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  },
});

const failed = new aws.sqs.Queue("failed", {
  kmsMasterKeyId: messageKey.id,
  messageRetentionSeconds: 14 * 24 * 60 * 60,
});
new aws.sqs.QueuePolicy("failed", {
  queueUrl: failed.url,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: failed.arn,
        Condition: { ArnEquals: { "aws:SourceArn": alerts.arn } },
      },
    ],
  },
});
new aws.sns.TopicSubscription("alerts", { topic: alerts.arn, protocol: "sqs", endpoint: failed.arn });

const logs = new aws.cloudwatch.LogGroup("ingest", {
  name: "/aws/lambda/ingest",
  retentionInDays: 365,
  kmsKeyId: messageKey.arn,
});

const role = new aws.iam.Role("ingest", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicy("ingest", {
  role: role.name,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logs.arn}:*`,
      },
      {
        Effect: "Allow",
        Action: [
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:DescribeStreamSummary",
          "kinesis:ListShards",
        ],
        Resource: events.arn,
      },
      { Effect: "Allow", Action: "dynamodb:BatchWriteItem", Resource: table.arn },
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: failed.arn },
      {
        Effect: "Allow",
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: [dataKey.arn, messageKey.arn],
      },
    ],
  },
});

const ingest = new aws.lambda.Function("ingest", {
  name: "ingest",
  runtime: "nodejs22.x",
  handler: "index.handler",
  code: new pulumi.asset.FileArchive("./ingest"),
  role: role.arn,
  deadLetterConfig: { targetArn: failed.arn },
  tracingConfig: { mode: "Active" },
  loggingConfig: { logFormat: "JSON", logGroup: logs.name },
  environment: { variables: { TABLE: table.name } },
});

new aws.lambda.EventSourceMapping("ingest", {
  eventSourceArn: events.arn,
  functionName: ingest.arn,
  startingPosition: "LATEST",
  bisectBatchOnFunctionError: true,
  maximumRetryAttempts: 5,
  destinationConfig: { onFailure: { destinationArn: failed.arn } },
});

new aws.cloudwatch.MetricAlarm("failed", {
  namespace: "AWS/SQS",
  metricName: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: failed.name },
  statistic: "Maximum",
  period: 300,
  evaluationPeriods: 1,
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
  treatMissingData: "notBreaching",
  alarmActions: [alerts.arn],
});

export const lakeName = lakeBucket.bucket;
export const streamName = events.name;

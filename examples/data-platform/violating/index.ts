import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const key = new aws.kms.Key("data", { description: "Data platform" });

const lake = new aws.s3.Bucket("lake", { forceDestroy: true });
new aws.s3.BucketServerSideEncryptionConfiguration("lake", {
  bucket: lake.bucket,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});

const events = new aws.kinesis.Stream("events", { shardCount: 2 });

const table = new aws.dynamodb.Table("events", {
  attributes: [
    { name: "id", type: "S" },
    { name: "at", type: "N" },
  ],
  hashKey: "id",
  rangeKey: "at",
  billingMode: "PROVISIONED",
  readCapacity: 10,
  writeCapacity: 10,
});

const alerts = new aws.sns.Topic("alerts");
new aws.sns.TopicPolicy("alerts", {
  arn: alerts.arn,
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: ["sns:Publish", "sns:Subscribe"], Resource: alerts.arn },
    ],
  },
});

const failed = new aws.sqs.Queue("failed", { sqsManagedSseEnabled: false });
new aws.sqs.QueuePolicy("failed", {
  queueUrl: failed.url,
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sqs:*", Resource: failed.arn }],
  },
});
new aws.sns.TopicSubscription("alerts", { topic: alerts.arn, protocol: "sqs", endpoint: failed.arn });

const token = new aws.secretsmanager.Secret("api-token");
new aws.secretsmanager.SecretVersion("api-token", {
  secretId: token.id,
  secretString: config.require("apiToken"),
});

const role = new aws.iam.Role("ingest", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("ingest-logs", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});
// Narrow it down once it works.
const access = new aws.iam.Policy("ingest", {
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  },
});
new aws.iam.RolePolicyAttachment("ingest", { role: role.name, policyArn: access.arn });

const ingest = new aws.lambda.Function("ingest", {
  runtime: "nodejs16.x",
  handler: "index.handler",
  code: new pulumi.asset.FileArchive("./ingest"),
  role: role.arn,
  environment: { variables: { TABLE: table.name, TOKEN_ID: token.id } },
});

new aws.lambda.EventSourceMapping("ingest", {
  eventSourceArn: events.arn,
  functionName: ingest.arn,
  startingPosition: "LATEST",
});

new aws.lambda.Permission("ingest", {
  function: ingest.name,
  action: "lambda:InvokeFunction",
  principal: "*",
});

new aws.cloudwatch.LogGroup("ingest", { name: pulumi.interpolate`/aws/lambda/${ingest.name}` });

export const lakeName = lake.bucket;
export const streamName = events.name;
export const keyArn = key.arn;

import { ACCOUNT, arn, GROUP, iamArn, KEY, REGION, sample, SUBNET, TAGS } from "./sample";
import type { Sample } from "./sample";

const TOPIC = arn("sns", "orders");
const QUEUE = arn("sqs", "orders");
const QUEUE_URL = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/orders`;
const BROKER = "b-27384950-6a7b-48c9-8ad1-e2f3a4b5c6d7";

/** The account may do what the service allows; nobody else may. */
const policy = (action: string, resource: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: iamArn("root") }, Action: action, Resource: resource }],
  });

export const messaging: readonly Sample[] = [
  sample("AWS::SNS::Topic", "aws:sns/topic:Topic", {
    id: TOPIC,
    name: "orders",
    arn: TOPIC,
    tags: TAGS,
    inputs: {
      name: "orders",
      displayName: "Orders",
      kmsMasterKeyId: KEY,
      policy: policy("sns:Publish", TOPIC),
      tags: TAGS,
    },
    configuration: {
      TopicArn: TOPIC,
      Owner: ACCOUNT,
      DisplayName: "Orders",
      KmsMasterKeyId: KEY,
      Policy: policy("sns:Publish", TOPIC),
    },
    shared: ["kmsMasterKeyId", "configuration.KmsMasterKeyId"],
  }),
  sample("AWS::SQS::Queue", "aws:sqs/queue:Queue", {
    id: QUEUE_URL,
    name: "orders",
    arn: QUEUE,
    tags: TAGS,
    inputs: {
      name: "orders",
      kmsMasterKeyId: KEY,
      messageRetentionSeconds: 345_600,
      visibilityTimeoutSeconds: 60,
      delaySeconds: 0,
      policy: policy("sqs:SendMessage", QUEUE),
      tags: TAGS,
    },
    configuration: {
      QueueName: "orders",
      QueueUrl: QUEUE_URL,
      QueueArn: QUEUE,
      KmsMasterKeyId: KEY,
      MessageRetentionPeriod: 345_600,
      VisibilityTimeout: 60,
      DelaySeconds: 0,
      Policy: policy("sqs:SendMessage", QUEUE),
    },
    shared: ["messageRetentionSeconds", "configuration.MessageRetentionPeriod"],
  }),
  sample("AWS::Events::Rule", "aws:cloudwatch/eventRule:EventRule", {
    id: "orders",
    name: "orders",
    arn: arn("events", "rule/orders"),
    tags: TAGS,
    inputs: {
      name: "orders",
      description: "Starts the nightly run",
      scheduleExpression: "cron(0 2 * * ? *)",
      state: "ENABLED",
      tags: TAGS,
    },
    configuration: {
      Id: "orders",
      Name: "orders",
      Arn: arn("events", "rule/orders"),
      Description: "Starts the nightly run",
      EventBusName: "default",
      ScheduleExpression: "cron(0 2 * * ? *)",
      State: "ENABLED",
      Targets: [{ Id: "queue", Arn: QUEUE }],
    },
    shared: ["state", "configuration.State"],
  }),
  sample("AWS::Events::EventBus", "aws:cloudwatch/eventBus:EventBus", {
    id: "orders",
    name: "orders",
    arn: arn("events", "event-bus/orders"),
    tags: TAGS,
    inputs: { name: "orders", tags: TAGS },
    configuration: { Name: "orders", Arn: arn("events", "event-bus/orders") },
  }),
  sample("AWS::AmazonMQ::Broker", "aws:mq/broker:Broker", {
    id: BROKER,
    name: "orders",
    arn: arn("mq", `broker:orders:${BROKER}`),
    tags: TAGS,
    inputs: {
      brokerName: "orders",
      engineType: "RabbitMQ",
      engineVersion: "3.13",
      hostInstanceType: "mq.m7g.large",
      deploymentMode: "SINGLE_INSTANCE",
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      subnetIds: [SUBNET],
      securityGroups: [GROUP],
      logs: { general: true },
      users: [{ username: "orders", password: "given-by-the-program" }],
      tags: TAGS,
    },
    configuration: {
      Id: BROKER,
      Arn: arn("mq", `broker:orders:${BROKER}`),
      BrokerName: "orders",
      EngineType: "RABBITMQ",
      EngineVersion: "3.13",
      HostInstanceType: "mq.m7g.large",
      DeploymentMode: "SINGLE_INSTANCE",
      PubliclyAccessible: false,
      AutoMinorVersionUpgrade: true,
      SubnetIds: [SUBNET],
      SecurityGroups: [GROUP],
      Logs: { General: true },
    },
    shared: ["publiclyAccessible", "configuration.PubliclyAccessible"],
  }),
  sample("AWS::StepFunctions::StateMachine", "aws:sfn/stateMachine:StateMachine", {
    id: arn("states", "stateMachine:orders"),
    name: "orders",
    arn: arn("states", "stateMachine:orders"),
    tags: TAGS,
    inputs: {
      name: "orders",
      roleArn: iamArn("role/orders-flow"),
      type: "STANDARD",
      definition: JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } }),
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: false,
        logDestination: `${arn("logs", "log-group:orders")}:*`,
      },
      tracingConfiguration: { enabled: true },
      tags: TAGS,
    },
    configuration: {
      Arn: arn("states", "stateMachine:orders"),
      StateMachineName: "orders",
      StateMachineType: "STANDARD",
      RoleArn: iamArn("role/orders-flow"),
      LoggingConfiguration: { Level: "ALL", IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    },
    shared: ["loggingConfiguration.level", "configuration.LoggingConfiguration.Level"],
  }),
];

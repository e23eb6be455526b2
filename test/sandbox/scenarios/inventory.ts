import { DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand, ListDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListProjectsCommand } from "@aws-sdk/client-codebuild";
import { ListPipelinesCommand } from "@aws-sdk/client-codepipeline";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { ListPoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { ListAliasesCommand } from "@aws-sdk/client-kms";
import { ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import type { AwsClients } from "../local-aws";
import { bucketsOf, channelOf, keysOf, recorderOf, retentionOf, rulesOf } from "./aws-state";

/** Everything in account and region that the program could have made, in words, sorted; empty where nothing is. */
export async function inventoryOf(clients: AwsClients): Promise<readonly string[]> {
  const parts = [storage, detection, identities, observation, messages, delivery];
  const entries = await Promise.all(parts.map((part) => part(clients)));
  return entries.flat().sort();
}

type Entries = Promise<readonly string[]>;

async function storage(clients: AwsClients): Entries {
  const { Aliases = [] } = await clients.kms.send(new ListAliasesCommand({}));
  const own = Aliases.map(({ AliasName = "" }) => AliasName).filter((name) => !name.startsWith("alias/aws/"));
  return [
    ...(await bucketsOf(clients)).map((name) => `bucket ${name}`),
    ...(await keysOf(clients)).map((arn) => `key ${arn}`),
    ...own.map((name) => `alias ${name}`),
  ];
}

async function detection(clients: AwsClients): Entries {
  const recorder = await recorderOf(clients);
  const channel = await channelOf(clients);
  const retention = await retentionOf(clients);
  return [
    ...[...(await rulesOf(clients)).keys()].map((name) => `rule ${name}`),
    ...(recorder ? [`recorder ${recorder.name ?? ""}`] : []),
    ...(channel ? [`channel ${channel.name ?? ""}`] : []),
    ...(retention === undefined ? [] : [`retention of ${retention} days`]),
  ];
}

async function identities({ iam }: AwsClients): Entries {
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
  return [
    ...Roles.map(({ RoleName = "" }) => `role ${RoleName}`),
    ...Policies.map(({ PolicyName = "" }) => `policy ${PolicyName}`),
  ];
}

async function observation({ cloudtrail, cloudwatch, events, logs }: AwsClients): Entries {
  const { trailList = [] } = await cloudtrail.send(new DescribeTrailsCommand({}));
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  const { DashboardEntries = [] } = await cloudwatch.send(new ListDashboardsCommand({}));
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  return [
    ...trailList.map(({ Name = "" }) => `trail ${Name}`),
    ...[...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = "" }) => `alarm ${AlarmName}`),
    ...DashboardEntries.map(({ DashboardName = "" }) => `dashboard ${DashboardName}`),
    ...logGroups.map(({ logGroupName = "" }) => `log group ${logGroupName}`),
    ...Rules.map(({ Name = "" }) => `event rule ${Name}`),
  ];
}

async function messages({ sns, sqs }: AwsClients): Entries {
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  return [
    ...Topics.map(({ TopicArn = "" }) => `topic ${TopicArn}`),
    ...QueueUrls.map((url) => `queue ${url.split("/").at(-1) ?? ""}`),
  ];
}

async function delivery({ codebuild, codepipeline }: AwsClients): Entries {
  const { projects = [] } = await codebuild.send(new ListProjectsCommand({}));
  const { pipelines = [] } = await codepipeline.send(new ListPipelinesCommand({}));
  return [
    ...projects.map((name) => `project ${name}`),
    ...pipelines.map(({ name = "" }) => `pipeline ${name}`),
  ];
}

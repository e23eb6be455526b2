import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  LogGroupClass,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  StandardUnit,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type LogGroupArgs, type LogMetricFilterArgs } from "@pulumi/aws/cloudwatch";

import { resourceType, type Args } from "../resource-type";
import { type Session } from "../session";
import { generatedName } from "./iam-roles";
import { given, optionalMember } from "./shapes";
import { syncTags } from "./tags";

const logsClient = (session: Session): CloudWatchLogsClient => session.client(CloudWatchLogsClient, "logs");

/** A log group. */
export const logGroup = resourceType<LogGroupArgs>({
  replaceOn: ["namePrefix", "logGroupClass"],
  async create(session, args) {
    const logGroupName = args.name ?? generatedName(args.namePrefix);
    await logsClient(session).send(
      new CreateLogGroupCommand({
        logGroupName,
        kmsKeyId: args.kmsKeyId,
        logGroupClass: optionalMember(LogGroupClass, args.logGroupClass, "logGroupClass"),
        tags: { ...args.tagsAll },
      }),
    );
    return logGroupName;
  },
  async update(session, name, args, old) {
    const client = logsClient(session);
    if (args.kmsKeyId !== old.kmsKeyId) {
      if (args.kmsKeyId === undefined)
        await client.send(new DisassociateKmsKeyCommand({ logGroupName: name }));
      else await client.send(new AssociateKmsKeyCommand({ logGroupName: name, kmsKeyId: args.kmsKeyId }));
    }
    const resourceArn = await session.arn("logs", `log-group:${name}`);
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ resourceArn, tags: { ...tags } })),
      (tagKeys) => client.send(new UntagResourceCommand({ resourceArn, tagKeys })),
    );
  },
  async configure(session, logGroupName, { retentionInDays = 0 }, old) {
    if (retentionInDays === (old?.retentionInDays ?? 0)) return;
    const client = logsClient(session);
    if (retentionInDays === 0) await client.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    else await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  },
  async read(session, name) {
    const client = logsClient(session);
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (!found) return undefined;
    const arn = await session.arn("logs", `log-group:${name}`);
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return {
      arn,
      name,
      kmsKeyId: found.kmsKeyId,
      logGroupClass: found.logGroupClass ?? "STANDARD",
      deletionProtectionEnabled: false,
      retentionInDays: found.retentionInDays ?? 0,
      tagsAll: tags ?? {},
    };
  },
  async delete(session, logGroupName, { skipDestroy }) {
    if (skipDestroy !== true) await logsClient(session).send(new DeleteLogGroupCommand({ logGroupName }));
  },
});

/** What counts the events of a log group as a metric. Its id is its name, which only its group makes unique. */
export const logMetricFilter = resourceType<LogMetricFilterArgs>({
  replaceOn: ["logGroupName"],
  async create(session, args) {
    const name = given(args.name, "a name");
    await logsClient(session).send(
      new PutMetricFilterCommand({
        filterName: name,
        logGroupName: args.logGroupName,
        // The provider takes the white space around a pattern away.
        filterPattern: args.pattern.trim(),
        metricTransformations: [metricOf(args.metricTransformation)],
        applyOnTransformedLogs: args.applyOnTransformedLogs,
      }),
    );
    return name;
  },
  async read(session, name, { logGroupName }) {
    const { metricFilters = [] } = await logsClient(session).send(
      new DescribeMetricFiltersCommand({ logGroupName, filterNamePrefix: name }),
    );
    const found = metricFilters.find(({ filterName }) => filterName === name);
    const metric = found?.metricTransformations?.[0];
    return (
      found && {
        applyOnTransformedLogs: found.applyOnTransformedLogs ?? false,
        logGroupName: found.logGroupName,
        metricTransformation: metric && {
          name: metric.metricName,
          namespace: metric.metricNamespace,
          value: metric.metricValue,
          defaultValue: metric.defaultValue === undefined ? "" : String(metric.defaultValue),
          dimensions: metric.dimensions ?? {},
          unit: metric.unit ?? StandardUnit.None,
        },
        name: found.filterName,
        pattern: found.filterPattern,
      }
    );
  },
  async delete(session, filterName, { logGroupName }) {
    await logsClient(session).send(new DeleteMetricFilterCommand({ filterName, logGroupName }));
  },
});

function metricOf(metric: Args<LogMetricFilterArgs>["metricTransformation"]) {
  const { name, namespace, value, defaultValue, dimensions, unit } = metric;
  return {
    metricName: name,
    metricNamespace: namespace,
    metricValue: value,
    defaultValue: defaultValue === undefined || defaultValue === "" ? undefined : Number(defaultValue),
    dimensions: dimensions && { ...dimensions },
    unit: optionalMember(StandardUnit, unit ?? StandardUnit.None, "unit"),
  };
}

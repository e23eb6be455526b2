import {
  CloudWatchClient,
  ComparisonOperator,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  StandardUnit,
  Statistic,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import { type DashboardArgs, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { eventRule, eventTarget } from "./events";
import { logGroup, logMetricFilter } from "./logs";
import { given, member, optionalMember } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

const cloudwatchClient = (session: Session): CloudWatchClient =>
  session.client(CloudWatchClient, "cloudwatch");

const metricAlarm = resourceType<MetricAlarmArgs>({
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  async create(session, args) {
    const AlarmName = given(args.name, "a name");
    await putAlarm(session, AlarmName, args);
    return AlarmName;
  },
  async update(session, AlarmName, args, old) {
    const client = cloudwatchClient(session);
    await putAlarm(session, AlarmName, args);
    const ResourceARN = await session.arn("cloudwatch", `alarm:${AlarmName}`);
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags) })),
      (TagKeys) => client.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    );
  },
  async read(session, name) {
    const client = cloudwatchClient(session);
    const { MetricAlarms: [found] = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames: [name] }),
    );
    if (!found) return undefined;
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: found.AlarmArn }));
    return {
      arn: found.AlarmArn,
      name: found.AlarmName,
      alarmActions: found.AlarmActions,
      alarmDescription: found.AlarmDescription,
      comparisonOperator: found.ComparisonOperator,
      evaluationPeriods: found.EvaluationPeriods,
      metricName: found.MetricName,
      namespace: found.Namespace,
      period: found.Period,
      statistic: found.Statistic,
      threshold: found.Threshold,
      tagsAll: tagMap(Tags),
    };
  },
  async delete(session, name) {
    await cloudwatchClient(session).send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
  },
});

async function putAlarm(session: Session, AlarmName: string, args: Args<MetricAlarmArgs>): Promise<void> {
  await cloudwatchClient(session).send(
    new PutMetricAlarmCommand({
      AlarmName,
      ActionsEnabled: args.actionsEnabled,
      AlarmActions: args.alarmActions && [...args.alarmActions],
      AlarmDescription: args.alarmDescription,
      ComparisonOperator: optionalMember(ComparisonOperator, args.comparisonOperator, "comparisonOperator"),
      DatapointsToAlarm: args.datapointsToAlarm,
      Dimensions: Object.entries(args.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
      EvaluateLowSampleCountPercentile: args.evaluateLowSampleCountPercentiles,
      EvaluationPeriods: args.evaluationPeriods,
      ExtendedStatistic: args.extendedStatistic,
      InsufficientDataActions: args.insufficientDataActions && [...args.insufficientDataActions],
      MetricName: args.metricName,
      Metrics: args.metricQueries?.map(
        ({ id, expression, label, period, returnData, accountId, metric }) => ({
          Id: id,
          Expression: expression,
          Label: label,
          Period: period,
          ReturnData: returnData,
          AccountId: accountId,
          MetricStat: metric && {
            Metric: {
              MetricName: metric.metricName,
              Namespace: metric.namespace,
              Dimensions: Object.entries(metric.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: metric.period,
            Stat: metric.stat,
            Unit: optionalMember(StandardUnit, metric.unit, "unit"),
          },
        }),
      ),
      Namespace: args.namespace,
      OKActions: args.okActions && [...args.okActions],
      Period: args.period,
      Statistic: args.statistic === undefined ? undefined : member(Statistic, args.statistic, "statistic"),
      Tags: tagList(args.tagsAll),
      Threshold: args.threshold,
      ThresholdMetricId: args.thresholdMetricId,
      TreatMissingData: args.treatMissingData,
      Unit: optionalMember(StandardUnit, args.unit, "unit"),
    }),
  );
}

const dashboard = resourceType<DashboardArgs>({
  replaceOn: ["dashboardName"],
  async create(session, { dashboardName, dashboardBody }) {
    const command = { DashboardName: dashboardName, DashboardBody: dashboardBody };
    await cloudwatchClient(session).send(new PutDashboardCommand(command));
    return dashboardName;
  },
  async read(session, name) {
    const found = await cloudwatchClient(session).send(new GetDashboardCommand({ DashboardName: name }));
    return {
      dashboardArn: found.DashboardArn,
      dashboardBody: found.DashboardBody,
      dashboardName: found.DashboardName,
    };
  },
  async delete(session, name) {
    await cloudwatchClient(session).send(new DeleteDashboardsCommand({ DashboardNames: [name] }));
  },
});

/** The resource types of CloudWatch: dashboards, alarms, logs and events. */
export const cloudwatch: ResourceTypes = {
  "aws:cloudwatch/dashboard:Dashboard": dashboard,
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": logMetricFilter,
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
};

import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm");
const composite = resource("aws:cloudwatch/compositeAlarm:CompositeAlarm");
const logGroup = resource("aws:cloudwatch/logGroup:LogGroup");
const instance = resource("aws:ec2/instance:Instance");
const bucket = resource("aws:s3/bucket:Bucket");
const cluster = resource("aws:rds/cluster:Cluster");
const volume = resource("aws:ebs/volume:Volume");

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms";
const both = { alarmActions: [TOPIC], insufficientDataActions: [TOPIC] };
const cpu = {
  metricName: "CPUUtilization",
  namespace: "AWS/EC2",
  period: 300,
  statistic: "Average",
  comparisonOperator: "GreaterThanThreshold",
  threshold: 80,
  evaluationPeriods: 2,
};
const watching = (metricName: string, dimensions: object): ReturnType<typeof alarm> =>
  alarm({ metricName, namespace: "AWS/EC2", dimensions });
const ofInstances = { resourceType: "AWS::EC2::Instance", metricName: "CPUUtilization" };

export const cloudwatch: Cases = {
  CLOUDWATCH_ALARM_ACTION_CHECK: [
    compliantCase("acts on an alarm and when data are missing", alarm(both)),
    compliantCase(
      "acts by a topic of the stack",
      alarm({ alarmActions: [unknown], insufficientDataActions: [unknown] }),
    ),
    compliantCase(
      "is a composite alarm that acts",
      composite({ alarmName: "a", alarmRule: "ALARM(b)", ...both }),
    ),
    compliantCase("acts on an alarm, where no more is asked for", alarm({ alarmActions: [TOPIC] }), {
      parameters: { insufficientDataActionRequired: "false" },
    }),
    compliantCase("does what is named", alarm(both), {
      parameters: { action1: "arn:other", action2: TOPIC },
    }),
    violatingCase("does nothing", alarm({})),
    violatingCase("does nothing when data are missing", alarm({ alarmActions: [TOPIC] })),
    violatingCase("has an empty list", alarm({ ...both, alarmActions: [] })),
    violatingCase("does nothing when all is well again, where that is asked for", alarm(both), {
      parameters: { okActionRequired: "true" },
    }),
    violatingCase("does something else than what is named", alarm(both), {
      parameters: { action1: "arn:other" },
    }),
    undecidedCase("has actions that are not known yet", alarm({ ...both, alarmActions: unknown })),
    undecidedCase(
      "does something unknown where something is named",
      alarm({ ...both, alarmActions: [unknown] }),
      {
        parameters: { action1: "arn:other" },
      },
    ),
  ],
  CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK: [
    compliantCase("has its actions on by default", alarm(both)),
    compliantCase("has its actions on", alarm({ actionsEnabled: true })),
    violatingCase("has its actions off", alarm({ actionsEnabled: false })),
    violatingCase(
      "is a composite alarm with its actions off",
      composite({ alarmName: "a", alarmRule: "ALARM(b)", actionsEnabled: false }),
    ),
    undecidedCase("gets it from an unknown value", alarm({ actionsEnabled: unknown })),
  ],
  CLOUDWATCH_ALARM_RESOURCE_CHECK: [
    compliantCase("has an alarm on the metric", instance({}), {
      parameters: ofInstances,
      with: { a: watching("CPUUtilization", { InstanceId: ref("subject") }) },
    }),
    compliantCase("has an alarm that names it by a literal", bucket({ bucket: "data" }), {
      parameters: { resourceType: "AWS::S3::Bucket", metricName: "BucketSizeBytes" },
      with: { a: watching("BucketSizeBytes", { BucketName: "data", StorageType: "StandardStorage" }) },
    }),
    notApplicableCase("is of another type", bucket({}), { parameters: ofInstances }),
    violatingCase("has no alarm", instance({}), { parameters: ofInstances }),
    violatingCase("has an alarm on another metric", instance({}), {
      parameters: ofInstances,
      with: { a: watching("NetworkIn", { InstanceId: ref("subject") }) },
    }),
    violatingCase("is a cluster without an alarm", cluster({ clusterIdentifier: "data" }), {
      parameters: { resourceType: "AWS::RDS::DBCluster", metricName: "CPUUtilization" },
      with: { a: watching("CPUUtilization", { DBClusterIdentifier: "other" }) },
    }),
    violatingCase("is a volume without an alarm", volume({}), {
      parameters: { resourceType: "AWS::EC2::Volume", metricName: "VolumeIdleTime" },
    }),
    undecidedCase("may be what an alarm watches", instance({}), {
      parameters: ofInstances,
      with: { a: watching("CPUUtilization", { InstanceId: unknown }) },
    }),
  ],
  CLOUDWATCH_ALARM_SETTINGS_CHECK: [
    compliantCase("is about the metric, of which nothing is asked for", alarm(cpu), {
      parameters: { metricName: "CPUUtilization" },
    }),
    compliantCase("has all settings", alarm(cpu), {
      parameters: {
        metricName: "CPUUtilization",
        period: "300",
        statistic: "Average",
        comparisonOperator: "GreaterThanThreshold",
        threshold: "80",
        evaluationPeriods: "2",
      },
    }),
    notApplicableCase("is about another metric", alarm(cpu), { parameters: { metricName: "NetworkIn" } }),
    violatingCase("has another period", alarm({ ...cpu, period: 60 }), {
      parameters: { metricName: "CPUUtilization", period: "300" },
    }),
    violatingCase("has another threshold", alarm(cpu), {
      parameters: { metricName: "CPUUtilization", threshold: "90" },
    }),
    undecidedCase("gets its threshold from an unknown value", alarm({ ...cpu, threshold: unknown }), {
      parameters: { metricName: "CPUUtilization", threshold: "90" },
    }),
  ],
  CLOUDWATCH_LOG_GROUP_ENCRYPTED: [
    compliantCase("has a key", logGroup({ kmsKeyId: KEY })),
    compliantCase("has a key of the stack", logGroup({ kmsKeyId: unknown })),
    compliantCase("has the key that is asked for", logGroup({ kmsKeyId: KEY }), {
      parameters: { KmsKeyId: KEY },
    }),
    violatingCase("has no key", logGroup({})),
    violatingCase("has another key than is asked for", logGroup({ kmsKeyId: `${KEY}2` }), {
      parameters: { KmsKeyId: KEY },
    }),
    undecidedCase("has an unknown key where one is asked for", logGroup({ kmsKeyId: unknown }), {
      parameters: { KmsKeyId: KEY },
    }),
  ],
  CW_LOGGROUP_RETENTION_PERIOD_CHECK: [
    compliantCase("keeps its events for a year", logGroup({ retentionInDays: 365 })),
    compliantCase("keeps its events forever", logGroup({})),
    compliantCase("says that it keeps its events forever", logGroup({ retentionInDays: 0 })),
    compliantCase("keeps its events as long as is asked for", logGroup({ retentionInDays: 90 }), {
      parameters: { MinRetentionTime: "90" },
    }),
    notApplicableCase("is none of the named groups", logGroup({ name: "b", retentionInDays: 1 }), {
      parameters: { LogGroupNames: "a" },
    }),
    violatingCase("keeps its events for a month", logGroup({ retentionInDays: 30 })),
    violatingCase("is one of the named groups", logGroup({ name: "a", retentionInDays: 1 }), {
      parameters: { LogGroupNames: "a,b" },
    }),
    violatingCase("keeps its events less than is asked for", logGroup({ retentionInDays: 365 }), {
      parameters: { MinRetentionTime: "731" },
    }),
    undecidedCase("gets its retention from an unknown value", logGroup({ retentionInDays: unknown })),
  ],
};

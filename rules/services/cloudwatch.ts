import type { ResourceType } from "../catalog/generated/resource-types";
import {
  all,
  any,
  compliant,
  given,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type { Check, Outcome, Policies, Reader } from "../engine";
import { keyAmong } from "../views/kms";
import { textsAt } from "../views/parts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

interface Actions {
  readonly alarmActionRequired: string;
  readonly insufficientDataActionRequired: string;
  readonly okActionRequired: string;
  readonly action1?: string | undefined;
  readonly action2?: string | undefined;
  readonly action3?: string | undefined;
  readonly action4?: string | undefined;
  readonly action5?: string | undefined;
}

/** Some action of an alarm is one of those that the parameters name, where they name some. */
function actsAsNamed(alarm: Reader<unknown>, p: Actions): Outcome {
  const wanted = [p.action1, p.action2, p.action3, p.action4, p.action5].filter((arn) => arn !== undefined);
  if (wanted.length === 0) return notApplicable();
  const lists = ["alarmActions", "insufficientDataActions", "okActions"].map((name) => textsAt(alarm, name));
  const reason = { found: "no action of the alarm is one of the named", fix: `add ${wanted.join(" or ")}` };
  if (lists.some(({ items }) => items.some((arn) => wanted.includes(arn)))) return compliant();
  return lists.every(({ complete }) => complete) ? violation(reason) : undecided(reason);
}

/** A list of actions that a parameter asks for. */
function hasActions(alarm: Reader<unknown>, name: string, required: string): Outcome {
  if (required.toLowerCase() !== "true") return notApplicable();
  const read = alarm.at(name);
  const reason = alarm.reason(name, `add an action to "${name}"`);
  if (read.kind === "unknown") return undecided(reason);
  const { items, complete } = textsAt(alarm, name);
  return items.length > 0 || !complete ? compliant() : violation(reason);
}

/** An alarm does something in each state that the parameters name. */
const acts = (alarm: Reader<unknown>, p: Actions): Outcome =>
  all(
    compliant(),
    hasActions(alarm, "alarmActions", p.alarmActionRequired),
    hasActions(alarm, "insufficientDataActions", p.insufficientDataActionRequired),
    hasActions(alarm, "okActions", p.okActionRequired),
    actsAsNamed(alarm, p),
  );

interface Watched {
  readonly resourceType: string;
  readonly metricName: string;
}

/** A resource has an alarm on the metric, which names the resource in a dimension. */
const isWatched =
  (resourceType: string, dimension: string): Check<unknown, Watched> =>
  (_, p, { stack, node }) => {
    if (p.resourceType !== resourceType) return notApplicable();
    const { nodes, uncertain } = stack.referrers(node, ALARM, `dimensions.${dimension}`);
    const reason = {
      found: `no alarm watches ${p.metricName} of the resource`,
      fix: `add a MetricAlarm on ${p.metricName} with the dimension ${dimension}`,
    };
    return any(
      ...nodes.map((alarm) => alarm.reader(ALARM).equals("metricName", p.metricName)),
      uncertain ? undecided(reason) : violation(reason),
    );
  };

/** The types that the rule about resources knows. */
const WATCHED = {
  "aws:ebs/volume:Volume": isWatched("AWS::EC2::Volume", "VolumeId"),
  "aws:ec2/instance:Instance": isWatched("AWS::EC2::Instance", "InstanceId"),
  "aws:rds/cluster:Cluster": isWatched("AWS::RDS::DBCluster", "DBClusterIdentifier"),
  "aws:s3/bucket:Bucket": isWatched("AWS::S3::Bucket", "BucketName"),
} satisfies Partial<Record<ResourceType, Check<unknown, Watched>>>;

const YEAR_DAYS = 365;

export const cloudwatch: Policies = {
  CLOUDWATCH_ALARM_ACTION_CHECK: policy("CloudWatch alarms do something.", {
    [ALARM]: acts,
    [COMPOSITE]: acts,
  }),

  CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK: policy("CloudWatch alarms have their actions on.", {
    [ALARM]: (alarm) => alarm.isTrue("actionsEnabled"),
    [COMPOSITE]: (alarm) => alarm.isTrue("actionsEnabled"),
  }),

  CLOUDWATCH_ALARM_RESOURCE_CHECK: stackPolicy("Resources of a type have an alarm on a metric.", WATCHED),

  CLOUDWATCH_ALARM_SETTINGS_CHECK: policy("CloudWatch alarms on a metric have the settings asked for.", {
    [ALARM]: (alarm, p) =>
      when(alarm.equals("metricName", p.metricName), () =>
        all(
          compliant(),
          given(p.period, (value) => alarm.equals("period", value)),
          given(p.statistic, (value) => alarm.equals("statistic", value)),
          given(p.comparisonOperator, (value) => alarm.equals("comparisonOperator", value)),
          given(p.threshold, (value) => alarm.equals("threshold", value)),
          given(p.evaluationPeriods, (value) => alarm.equals("evaluationPeriods", value)),
        ),
      ),
  }),

  CLOUDWATCH_LOG_GROUP_ENCRYPTED: policy("Log groups are encrypted with a KMS key.", {
    [LOG_GROUP]: (group, p) =>
      all(
        group.present("kmsKeyId"),
        given(p.KmsKeyId, (key) => keyAmong(group, "kmsKeyId", [key])),
      ),
  }),

  // A log group without a retention keeps its events forever.
  CW_LOGGROUP_RETENTION_PERIOD_CHECK: policy("Log groups keep their events long enough.", {
    [LOG_GROUP]: (group, p) =>
      when(p.LogGroupNames === undefined ? compliant() : group.oneOf("name", p.LogGroupNames), () =>
        any(
          group.equals("retentionInDays", 0),
          group.atLeast("retentionInDays", p.MinRetentionTime ?? YEAR_DAYS),
        ),
      ),
  }),
};

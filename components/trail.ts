import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { BLINDING_CALLS, filterPattern } from "./blinding-calls";
import { NO_INPUTS } from "./component";
import { CustomerKey } from "./customer-key";
import { logEncryption } from "./documents/logs";
import { policyText } from "./documents/statement";
import { trailDelivery, trailEncryption, trailLogPermissions, trailTrust } from "./documents/trail";
import type { EvidenceBucket } from "./evidence-bucket";
import { LoggedBucket } from "./logged-bucket";
import { physicalName } from "./physical-names";
import { refuse } from "./problems";
import { type CreatedTrail, type TrailChoice, trailNameOf, trailProblems } from "./trail-limits";

/** Arguments of {@link Trail}. */
export interface TrailArgs {
  /** Region of trail, bucket, key, log group and alarms. */
  readonly region: string;
  /** Make a trail, or watch one that exists. @defaultValue `{ create: {} }` */
  readonly trail?: TrailChoice | undefined;
  /** Topic of the region that the alarms publish to. @defaultValue none: an alarm only shows */
  readonly alertsTopicArn?: pulumi.Input<string> | undefined;
  /** Topic of the region for chat channels, which hear of the alarms, too. @defaultValue none */
  readonly chatTopicArn?: pulumi.Input<string> | undefined;
  /** Where AWS Config delivers: changes of that bucket's protection raise an alarm, too. @defaultValue none */
  readonly evidence?: EvidenceBucket | undefined;
  /** Tags of what is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The namespace of the metrics that count the calls. */
export const TRAIL_METRICS = "ContinuousCompliance/Trail";

/**
 * CloudTrail for the calls of all regions, AWS Config's among them, with an alarm on each kind of call that would
 * blind the system: management events, validated log files, one customer key for files and log group.
 *
 * @example
 * ```ts
 * new Trail("trail", { region: "us-east-1", alertsTopicArn: alerts.arn });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/log-api-calls.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export class Trail extends pulumi.ComponentResource {
  /** ARN of the trail; `undefined` for one that exists. */
  public readonly trailArn: pulumi.Output<string> | undefined;
  /** Physical name of the bucket with the log files; `undefined` for a trail that exists. */
  public readonly bucketName: pulumi.Output<string> | undefined;
  /** Name of the log group that filters and alarms read. */
  public readonly logGroupName: pulumi.Output<string>;
  /** ARNs of the alarms. */
  public readonly alarmArns: readonly pulumi.Output<string>[];

  public constructor(name: string, args: TrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:Trail", name, NO_INPUTS, opts);
    const { trail = { create: {} } } = args;
    refuse(this, `Trail "${name}"`, trailProblems(trail));

    if ("existing" in trail) {
      this.logGroupName = pulumi.output(trail.existing.logGroupName);
    } else {
      const created = this.create(name, trail.create, args);
      this.trailArn = created.trail.arn;
      this.bucketName = created.bucket.bucketName;
      this.logGroupName = created.logGroup.name;
    }
    this.alarmArns = this.watch(name, args).map(({ arn }) => arn);
    this.registerOutputs({
      trailArn: this.trailArn,
      bucketName: this.bucketName,
      logGroupName: this.logGroupName,
      alarmArns: this.alarmArns,
    });
  }

  private create(name: string, create: CreatedTrail, args: TrailArgs) {
    const trailName = trailNameOf(create);
    const { retain = true } = create;
    const { expireDays = 2557, logRetentionDays = 365 } = create;
    const { region } = args;
    const tags = args.tags === undefined ? {} : { tags: args.tags };
    const logGroupName = `/aws/cloudtrail/${trailName}`;
    const location = pulumi
      .all([
        aws.getPartitionOutput({}, { parent: this }).partition,
        aws.getCallerIdentityOutput({}, { parent: this }).accountId,
      ])
      .apply(([partition, account]) => ({ partition, account, region }));

    const key = new CustomerKey(
      name,
      {
        description: "Encrypts the calls that CloudTrail records.",
        region,
        retain,
        ...tags,
        allow: (here) => [...trailEncryption(here, trailName), logEncryption(here, logGroupName)],
      },
      { parent: this },
    );
    const bucket = new LoggedBucket(
      name,
      {
        bucketName: create.bucketName,
        region,
        retain,
        ...tags,
        kmsKeyArn: key.arn,
        expireDays,
        noncurrentDays: 365,
        accessLogDays: 365,
        allow: (ownArn) =>
          pulumi.all([ownArn, location]).apply(([arn, here]) => trailDelivery(arn, here, trailName)),
      },
      { parent: this },
    );
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      { name: logGroupName, region, retentionInDays: logRetentionDays, kmsKeyId: key.arn, ...tags },
      { parent: this },
    );
    const role = new aws.iam.Role(
      name,
      {
        name: physicalName(name),
        description: "CloudTrail writes its events to the log group with this role.",
        assumeRolePolicy: policyText([trailTrust()]),
        ...tags,
      },
      { parent: this },
    );
    const permissions = new aws.iam.Policy(
      name,
      {
        name: physicalName(name),
        description: "Lets CloudTrail write to its log group.",
        policy: location.apply((here) => policyText(trailLogPermissions(here, logGroupName))),
        ...tags,
      },
      { parent: this },
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      name,
      { role: role.name, policyArn: permissions.arn },
      { parent: this },
    );
    const trail = new aws.cloudtrail.Trail(
      name,
      {
        name: trailName,
        region,
        s3BucketName: bucket.bucketName,
        kmsKeyId: key.arn,
        cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
        cloudWatchLogsRoleArn: role.arn,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        enableLogging: true,
        ...tags,
      },
      // CloudTrail tests bucket, key and role when the trail is made.
      { parent: this, dependsOn: [bucket, key, attachment] },
    );
    return { trail, bucket, logGroup };
  }

  private watch(name: string, args: TrailArgs): readonly aws.cloudwatch.MetricAlarm[] {
    const { region, alertsTopicArn, chatTopicArn, evidence } = args;
    const held = [this.bucketName, evidence?.bucketName].flatMap((bucket) => bucket ?? []);
    const buckets = pulumi.all(held);
    const hasBuckets = held.length > 0;
    const prefix = `${pulumi.getProject()}-${pulumi.getStack()}-${name}`;
    const groups = BLINDING_CALLS.filter(({ onlyOwnBuckets }) => hasBuckets || onlyOwnBuckets !== true);
    return groups.map((group) => {
      const metric = { name: `${prefix}-${group.name}`, namespace: TRAIL_METRICS };
      const filter = new aws.cloudwatch.LogMetricFilter(
        `${name}-${group.name}`,
        {
          name: metric.name,
          region,
          logGroupName: this.logGroupName,
          pattern: buckets.apply((names) => filterPattern(group, names)),
          metricTransformation: { ...metric, value: "1", defaultValue: "0" },
        },
        { parent: this },
      );
      return new aws.cloudwatch.MetricAlarm(
        `${name}-${group.name}`,
        {
          name: metric.name,
          alarmDescription: group.why,
          region,
          namespace: metric.namespace,
          metricName: metric.name,
          statistic: "Sum",
          period: 300,
          evaluationPeriods: 1,
          threshold: 1,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          // No calls at all is the good state.
          treatMissingData: "notBreaching",
          alarmActions: [alertsTopicArn, chatTopicArn].filter((topic) => topic !== undefined),
          ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent: this, dependsOn: [filter] },
      );
    });
  }
}

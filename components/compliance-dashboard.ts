import { Dashboard } from "@pulumi/awsx/classic/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { METRIC_NAMESPACE } from "../rules/declaration";
import * as aws from "./aws";
import { complianceAlarms } from "./compliance-alarms";
import { NO_INPUTS } from "./component";
import {
  type DashboardChoices,
  dashboardNameOf,
  dashboardProblems,
  MAX_AGE_HOURS,
  MAX_ITEMS_PER_DAY,
} from "./dashboard-limits";
import { ALL_RESOURCE_TYPES, DOCUMENTED_METRICS } from "./dashboard-metrics";
import { rows, type WatchedPipeline } from "./dashboard-widgets";
import { refuse } from "./problems";

/** Arguments of {@link ComplianceDashboard}. */
export interface ComplianceDashboardArgs extends DashboardChoices {
  /** Region of the dashboard, and the one in which the compliance metrics are published. */
  readonly homeRegion: string;
  /** Regions whose rules and recorders it shows. */
  readonly regions: readonly string[];
  /**
   * By region, the topics that alarms of that region publish to. An alarm without a topic only shows.
   * @defaultValue none
   */
  readonly alarmTopicArns?: Readonly<Record<string, readonly pulumi.Input<string>[]>> | undefined;
  /** The pipeline to show. @defaultValue none */
  readonly pipeline?: WatchedPipeline | undefined;
  /** Buckets whose size drives the cost, by physical name. @defaultValue none */
  readonly bucketNames?: readonly pulumi.Input<string>[] | undefined;
  /** ARNs of further alarms that it lists. @defaultValue none */
  readonly alarmArns?: readonly pulumi.Input<string>[] | undefined;
  /** Tags of the alarms; a dashboard has none. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const DAY = 86_400;

/**
 * One page that shows how compliant the accounts are and whether the system that says so is alive, with alarms on both.
 *
 * @example
 * ```ts
 * new ComplianceDashboard("dashboard", {
 *   homeRegion: "us-east-1",
 *   regions: ["us-east-1"],
 *   alarmTopicArns: { "us-east-1": [alerts.arn] },
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
 */
export class ComplianceDashboard extends pulumi.ComponentResource {
  /** Physical name of the dashboard. */
  public readonly dashboardName: pulumi.Output<string>;
  /** Where it is in the console. */
  public readonly url: pulumi.Output<string>;

  public constructor(name: string, args: ComplianceDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:ComplianceDashboard", name, NO_INPUTS, opts);
    refuse(this, `ComplianceDashboard "${name}"`, dashboardProblems(args));
    const { pipeline, bucketNames = [], alarmArns = [] } = args;

    const alarms = args.regions.flatMap((region) => [
      ...this.complianceAlarms(name, args, region),
      this.deliveryAlarm(name, args, region),
      this.itemsAlarm(name, args, region),
    ]);
    const dashboard = new Dashboard(
      name,
      {
        name: dashboardNameOf(args),
        widgets: rows({
          homeRegion: args.homeRegion,
          regions: args.regions,
          pipeline,
          bucketNames,
          alarmArns: [...alarms.map(({ arn }) => arn), ...alarmArns],
        }),
      },
      { parent: this },
    );
    this.dashboardName = dashboard.dashboardName;
    this.url = dashboard.url;
    this.registerOutputs({ dashboardName: this.dashboardName, url: this.url });
  }

  private complianceAlarms(name: string, args: ComplianceDashboardArgs, region: string) {
    const { alarmSeverities = ["critical", "high"], maxAgeHours = MAX_AGE_HOURS, homeRegion } = args;
    return complianceAlarms(alarmSeverities, maxAgeHours).map((alarm) => {
      const { severity, metric, threshold, why, tellsSilence } = alarm;
      const actions = topicsOf(args, homeRegion);
      return new aws.cloudwatch.MetricAlarm(
        `${name}-${region}-${alarm.name}`,
        {
          ...this.alarmName(name, region, alarm.name),
          alarmDescription: `${region}: ${why}`,
          region: homeRegion,
          namespace: METRIC_NAMESPACE,
          metricName: metric,
          dimensions: { Region: region, ...(severity === undefined ? {} : { Severity: severity }) },
          statistic: "Maximum",
          // The metrics are published a few times a day at least.
          period: DAY,
          evaluationPeriods: 1,
          threshold,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          treatMissingData: "missing",
          alarmActions: actions,
          okActions: actions,
          ...(tellsSilence === undefined ? {} : { insufficientDataActions: actions }),
          ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent: this },
      );
    });
  }

  /** One alarm for the three ways in which a delivery of AWS Config fails; each is the same to whoever gets it. */
  private deliveryAlarm(name: string, args: ComplianceDashboardArgs, region: string) {
    const { changeNotificationsFailed, historyExportFailed, snapshotExportFailed } = DOCUMENTED_METRICS;
    const failures = [changeNotificationsFailed, historyExportFailed, snapshotExportFailed];
    return new aws.cloudwatch.MetricAlarm(
      `${name}-${region}-delivery`,
      {
        ...this.alarmName(name, region, "delivery"),
        alarmDescription: `${region}: AWS Config could not deliver history, a snapshot or a notification.`,
        region,
        metricQueries: [
          {
            id: "failures",
            label: "Failed deliveries",
            expression: failures.map((_, index) => `FILL(m${index}, 0)`).join(" + "),
            returnData: true,
          },
          ...failures.map(({ namespace, name: metricName, statistic }, index) => ({
            id: `m${index}`,
            metric: { namespace, metricName, stat: statistic, period: 3600 },
          })),
        ],
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: topicsOf(args, region),
        ...(args.tags === undefined ? {} : { tags: args.tags }),
      },
      { parent: this },
    );
  }

  /** What AWS Config bills, on the day on which it is recorded and not on the invoice. */
  private itemsAlarm(name: string, args: ComplianceDashboardArgs, region: string) {
    const { maxItemsPerDay = MAX_ITEMS_PER_DAY } = args;
    const { namespace, name: metricName, statistic, dimensions } = DOCUMENTED_METRICS.itemsRecorded;
    return new aws.cloudwatch.MetricAlarm(
      `${name}-${region}-items`,
      {
        ...this.alarmName(name, region, "items"),
        alarmDescription: `${region}: AWS Config recorded ${maxItemsPerDay} configuration items or more in a day.`,
        region,
        namespace,
        metricName,
        dimensions: { [dimensions[0]]: ALL_RESOURCE_TYPES },
        statistic,
        period: DAY,
        evaluationPeriods: 1,
        threshold: maxItemsPerDay,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        // Where nothing changes nothing is published.
        treatMissingData: "notBreaching",
        alarmActions: topicsOf(args, region),
        ...(args.tags === undefined ? {} : { tags: args.tags }),
      },
      { parent: this },
    );
  }

  private alarmName(name: string, region: string, alarm: string): { readonly name: string } {
    return { name: `${pulumi.getProject()}-${pulumi.getStack()}-${name}-${region}-${alarm}` };
  }
}

/** An alarm reaches only topics of its own region. */
const topicsOf = (args: ComplianceDashboardArgs, region: string): pulumi.Input<string>[] => [
  ...(args.alarmTopicArns?.[region] ?? []),
];

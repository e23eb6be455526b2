import {
  AlarmWidget,
  ExpressionWidgetMetric,
  LineGraphMetricWidget,
  Metric,
  type MetricWidgetArgs,
  RowWidget,
  TextWidget,
  type Widget,
} from "@pulumi/awsx/classic/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import {
  METRIC_NAMESPACE,
  PUBLISHED_METRICS,
  type PublishedMetricName,
  SEVERITIES,
} from "../rules/declaration";
import { DOCUMENTED_METRICS, type DocumentedMetric } from "./dashboard-metrics";

/** What a dashboard shows. */
export interface DashboardContent {
  /** The region in which the compliance metrics are published. */
  readonly homeRegion: string;
  readonly regions: readonly string[];
  readonly pipeline: WatchedPipeline | undefined;
  readonly bucketNames: readonly pulumi.Input<string>[];
  readonly alarmArns: readonly pulumi.Input<string>[];
}

/** A pipeline by its physical names. */
export interface WatchedPipeline {
  readonly pipelineName: pulumi.Input<string>;
  readonly projectNames: readonly pulumi.Input<string>[];
}

const HOUR = 3600;
const DAY = 86_400;
/** CloudWatch's grid has 24 columns. */
const COLUMNS = 24;
/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const MOST_ALARMS = 100;

/** The rows of the dashboard, from what people ask first to what they look up. */
export function rows(content: DashboardContent): Widget[] {
  const { regions, pipeline, alarmArns } = content;
  const severities = [...SEVERITIES].reverse();
  return [
    new RowWidget(new TextWidget({ markdown: HEADER, width: COLUMNS, height: 2 })),
    ...alarmLists(alarmArns).map((alarms) =>
      row([new AlarmWidget({ title: "Alarms", alarms, width: COLUMNS, height: 4 })]),
    ),
    row(
      severities.map((severity) =>
        published(content, `Non-compliant rules, ${severity}`, ["NonCompliantRules"], severity),
      ),
    ),
    row(
      severities.map((severity) =>
        published(content, `Compliant rules, ${severity}`, ["CompliantRules"], severity),
      ),
    ),
    row([
      published(content, "Resources", ["NonCompliantResources", "ExemptedResources"]),
      published(content, "Rules without a verdict", [
        "RulesNotDeployed",
        "RulesNotReported",
        "InsufficientDataRules",
      ]),
      published(content, "Evaluation errors", ["EvaluationErrors", "FailedInvocations"]),
      published(content, "Age of the last evaluation", ["AgeOfLastEvaluation"]),
    ]),
    ...regions.map((region) => row(recorder(region))),
    ...(pipeline === undefined ? [] : [row(delivery(content.homeRegion, pipeline))]),
    row(cost(content)),
  ];
}

const HEADER = [
  "**Continuous compliance.** Counts of rules and resources come from `compliance verify --metrics`, everything else from",
  "AWS. A graph without points means that nothing was published: look at the alarms first.",
].join(" ");

/** A list for each widget: a dozen regions have more alarms than one widget holds. */
function alarmLists(arns: readonly pulumi.Input<string>[]): pulumi.Input<string>[][] {
  const count = Math.ceil(arns.length / MOST_ALARMS);
  return Array.from({ length: count }, (_, index) =>
    arns.slice(index * MOST_ALARMS, (index + 1) * MOST_ALARMS),
  );
}

/** Widgets side by side, as wide as the grid allows. */
function row(widgets: readonly Widget[]): RowWidget {
  return new RowWidget(...widgets);
}

function quarter(
  title: string,
  region: string,
  metrics: readonly (Metric | ExpressionWidgetMetric)[],
): LineGraphMetricWidget {
  return new LineGraphMetricWidget({
    title,
    region: asRegion(region),
    width: COLUMNS / 4,
    height: 6,
    metrics: [...metrics],
  });
}

function published(
  { homeRegion, regions }: DashboardContent,
  title: string,
  names: readonly PublishedMetricName[],
  severity?: string,
): Widget {
  const metrics = regions.flatMap((region) =>
    PUBLISHED_METRICS.filter(({ name }) => names.includes(name)).map(
      ({ name, statistic }) =>
        new Metric({
          namespace: METRIC_NAMESPACE,
          name,
          dimensions: severity === undefined ? { Region: region } : { Region: region, Severity: severity },
          statistic,
          period: HOUR,
          label: names.length === 1 ? region : `${name} ${region}`,
        }),
    ),
  );
  return quarter(title, homeRegion, metrics);
}

function documented(
  metric: DocumentedMetric,
  options: {
    readonly label: string;
    readonly period: number;
    readonly values?: readonly pulumi.Input<string>[];
  },
): Metric {
  const { namespace, name, statistic, dimensions } = metric;
  const values = options.values ?? [];
  return new Metric({
    namespace,
    name,
    statistic,
    period: options.period,
    label: options.label,
    ...(dimensions.length === 0
      ? {}
      : {
          dimensions: Object.fromEntries(
            dimensions.map((dimension, index) => [dimension, values[index] ?? ""]),
          ),
        }),
  });
}

function recorder(region: string): Widget[] {
  const { changeNotificationsFailed, historyExportFailed, snapshotExportFailed, itemsRecorded } =
    DOCUMENTED_METRICS;
  const health = [
    documented(changeNotificationsFailed, { label: "change notifications", period: HOUR }),
    documented(historyExportFailed, { label: "history", period: HOUR }),
    documented(snapshotExportFailed, { label: "snapshots", period: HOUR }),
  ];
  const { namespace, name, statistic } = itemsRecorded;
  const search = `SEARCH('{${namespace},ResourceType} MetricName="${name}"', '${statistic}', ${DAY})`;
  return [
    quarter(`Recorder of ${region}: failed deliveries`, region, health),
    new LineGraphMetricWidget({
      title: `Configuration items of ${region} by type, a day`,
      region: asRegion(region),
      width: (COLUMNS / 4) * 3,
      height: 6,
      metrics: [new ExpressionWidgetMetric(search)],
    }),
  ];
}

function delivery(region: string, { pipelineName, projectNames }: WatchedPipeline): Widget[] {
  const { succeededBuilds, failedBuilds, buildDuration, failedExecutions, pipelineDuration } =
    DOCUMENTED_METRICS;
  const builds = (metric: DocumentedMetric): Metric[] =>
    projectNames.map((project) =>
      documented(metric, { label: "${PROP('Dim.ProjectName')}", period: DAY, values: [project] }),
    );
  return [
    quarter("Pipeline: outcome and duration", region, [
      documented(failedExecutions, { label: "failed", period: DAY, values: [pipelineName] }),
      documented(pipelineDuration, { label: "duration", period: DAY, values: [pipelineName] }).withYAxis(
        "right",
      ),
    ]),
    quarter("Stages that succeeded", region, builds(succeededBuilds)),
    quarter("Stages that failed", region, builds(failedBuilds)),
    quarter("Duration of the stages", region, builds(buildDuration)),
  ];
}

function cost({ homeRegion, bucketNames }: DashboardContent): Widget[] {
  const { bucketSize, estimatedCharges } = DOCUMENTED_METRICS;
  const sizes = bucketNames.map((bucket) =>
    documented(bucketSize, {
      label: "${PROP('Dim.BucketName')}",
      period: DAY,
      values: [bucket, "StandardStorage"],
    }),
  );
  const charges = documented(estimatedCharges, {
    label: "AWS Config, this month",
    period: 6 * HOUR,
    values: ["AWSConfig", "USD"],
  });
  return [
    // Charges are published in one region, and only once the account's billing alerts are on.
    ...(hasBillingMetrics(homeRegion) ? [quarter("Estimated charges (USD)", "us-east-1", [charges])] : []),
    ...(sizes.length === 0 ? [] : [quarter("Size of the evidence", homeRegion, sizes)]),
  ];
}

/** Billing metrics in US dollars exist in the commercial regions only. */
function hasBillingMetrics(region: string): boolean {
  return !/^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/.test(region);
}

type Region = NonNullable<MetricWidgetArgs["region"]>;

function asRegion(region: string): Region {
  return region as Region;
}

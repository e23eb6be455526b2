import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { METRIC_NAMESPACE, PUBLISHED_METRICS, SEVERITIES } from "../../rules";
import type { PublishedMetric, PublishedMetricName, Severity } from "../../rules";
import { chunks } from "./config-api";
import { SECOND } from "./clock";
import { awsFailure } from "./failure";
import { clientOptions } from "./sdk";
import type { Connection } from "./sdk";
import type { VerifiedRegion, VerifiedRule } from "./report";
import type { Finding } from "./types";

/** A data point. */
export interface Datum {
  readonly metric: PublishedMetric;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Publishes data points of one time. */
export interface MetricApi {
  publish(data: readonly Datum[], time: Date): Promise<void>;
  close(): void;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html allows 1,000. */
const DATA_A_CALL = 1000;

/** CloudWatch in one region. */
export function metricApi(connection: Connection): MetricApi {
  const { region } = connection;
  const client = new CloudWatchClient({ ...clientOptions(connection), retryMode: "adaptive" });
  return {
    close: () => client.destroy(),
    publish: async (data, time) => {
      for (const part of chunks(data, DATA_A_CALL)) {
        const MetricData = part.map(({ metric, dimensions, value }) => ({
          MetricName: metric.name,
          Unit: metric.unit,
          Timestamp: time,
          Value: value,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        }));
        try {
          await client.send(new PutMetricDataCommand({ Namespace: METRIC_NAMESPACE, MetricData }));
        } catch (error) {
          throw awsFailure(error, { action: "cloudwatch:PutMetricData", region }) ?? error;
        }
      }
    },
  };
}

/**
 * The data points of a region: every published metric, also those that are 0. The age of the last evaluation is left
 * out while nothing was evaluated: it is not known, and the alarm on it tells when data is missing.
 */
export function dataOf(region: VerifiedRegion, now: number): readonly Datum[] {
  return PUBLISHED_METRICS.flatMap((metric) =>
    metric.dimensions.includes("Severity")
      ? SEVERITIES.flatMap((severity) => datum(metric, region, now, severity))
      : datum(metric, region, now),
  );
}

function datum(
  metric: PublishedMetric,
  { region, rules }: VerifiedRegion,
  now: number,
  severity?: Severity,
): readonly Datum[] {
  const counted = severity === undefined ? rules : rules.filter(({ rule }) => rule.severity === severity);
  const value = VALUES[metric.name](counted, now);
  const dimensions = { Region: region, ...(severity === undefined ? {} : { Severity: severity }) };
  return value === undefined ? [] : [{ metric, dimensions, value }];
}

type Value = (rules: readonly VerifiedRule[], now: number) => number | undefined;

/** What each metric counts. */
const VALUES: Readonly<Record<PublishedMetricName, Value>> = {
  CompliantRules: inState("compliant"),
  NonCompliantRules: inState("nonCompliant"),
  InsufficientDataRules: inState("insufficientData"),
  RulesNotDeployed: inState("notDeployed"),
  RulesNotReported: inState("notReported"),
  NonCompliantResources: (rules) => openResources(rules).size,
  ExemptedResources: (rules) => {
    const open = openResources(rules);
    const all = new Set(rules.flatMap(({ findings }) => findings.map(resourceOf)));
    return [...all].filter((resource) => !open.has(resource)).length;
  },
  FailedInvocations: (rules) =>
    rules.filter(({ status }) => isLater(status?.invocationFailed, status?.invoked)).length,
  EvaluationErrors: (rules) =>
    rules.filter(({ status }) => isLater(status?.evaluationFailed, status?.evaluated)).length,
  AgeOfLastEvaluation: (rules, now) => {
    const times = rules.flatMap(({ status }) => status?.evaluated?.getTime() ?? []);
    return times.length === 0 ? undefined : Math.max(0, Math.round((now - Math.max(...times)) / SECOND));
  },
};

function inState(state: VerifiedRule["state"]): Value {
  return (rules) => rules.filter((rule) => rule.state === state).length;
}

const resourceOf = ({ resourceType, resourceId }: Finding): string => `${resourceType}/${resourceId}`;

function openResources(rules: readonly VerifiedRule[]): ReadonlySet<string> {
  const findings = rules.flatMap((rule) => rule.findings);
  return new Set(findings.filter(({ exemption }) => exemption === undefined).map(resourceOf));
}

const isLater = (time: Date | undefined, other: Date | undefined): boolean =>
  (time?.getTime() ?? 0) > (other?.getTime() ?? 0);

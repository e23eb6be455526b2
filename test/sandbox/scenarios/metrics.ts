import { GetMetricStatisticsCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { METRIC_NAMESPACE } from "../../../rules";
import { REGION } from "../engine/environment";
import type { AwsClients } from "../local-aws";

/** The names of the metrics that the project has published. */
export async function publishedBy({ cloudwatch }: AwsClients): Promise<readonly string[]> {
  const { Metrics = [] } = await cloudwatch.send(new ListMetricsCommand({ Namespace: METRIC_NAMESPACE }));
  return [...new Set(Metrics.map(({ MetricName = "" }) => MetricName))].sort();
}

/** The largest value of a metric in the last hour. */
export async function latestOf(
  { cloudwatch }: AwsClients,
  name: string,
  severity: string,
): Promise<number | undefined> {
  const now = Date.now();
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: METRIC_NAMESPACE,
      MetricName: name,
      Dimensions: [
        { Name: "Region", Value: REGION },
        { Name: "Severity", Value: severity },
      ],
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 60_000),
      Period: 3600,
      Statistics: ["Maximum"],
    }),
  );
  const values = Datapoints.map(({ Maximum = 0 }) => Maximum);
  return values.length === 0 ? undefined : Math.max(...values);
}

import * as assert from "node:assert/strict";
import { ComplianceDashboard, type ComplianceDashboardArgs } from "../../components/compliance-dashboard";
import { DOCUMENTED_METRICS, type DocumentedMetric } from "../../components/dashboard-metrics";
import { METRIC_NAMESPACE, PUBLISHED_METRICS } from "../../rules";
import { record, type Recording } from "../support/pulumi-mocks";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const TOPICS = {
  "eu-west-1": ["arn:aws:sns:eu-west-1:123456789012:alerts", "arn:aws:sns:eu-west-1:123456789012:chat"],
  "us-east-1": ["arn:aws:sns:us-east-1:123456789012:alerts"],
};
const PIPELINE = { pipelineName: "delivery", projectNames: ["delivery-build", "delivery-deploy"] };

const make = (args: Partial<ComplianceDashboardArgs> = {}): Promise<Recording<ComplianceDashboard>> =>
  record(
    () =>
      new ComplianceDashboard("dashboard", {
        homeRegion: "eu-west-1",
        regions: ["eu-west-1", "us-east-1"],
        alarmTopicArns: TOPICS,
        pipeline: PIPELINE,
        bucketNames: ["evidence-bucket"],
        ...args,
      }),
    { config: { "aws:region": "eu-west-1" } },
  );

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly region?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly (
      string | { readonly stat?: string; readonly expression?: string }
    )[])[];
  };
}

function widgetsOf(recording: Recording<ComplianceDashboard>): readonly Widget[] {
  const body = recording.get(DASHBOARD, "dashboard").inputs["dashboardBody"];
  return (JSON.parse(String(body)) as { widgets: readonly Widget[] }).widgets;
}

/** A metric as text: namespace, name and the names of its dimensions. */
const key = (namespace: string, name: string, dimensions: readonly string[]): string =>
  [namespace, name, ...[...dimensions].sort()].join(" ");

const KNOWN = new Set([
  ...Object.values<DocumentedMetric>(DOCUMENTED_METRICS).map((metric) =>
    key(metric.namespace, metric.name, metric.dimensions),
  ),
  ...PUBLISHED_METRICS.map(({ name, dimensions }) => key(METRIC_NAMESPACE, name, dimensions)),
]);

describe("ComplianceDashboard", () => {
  it("names only metrics that AWS documents or that the project publishes", async () => {
    const recording = await make();
    const named = widgetsOf(recording).flatMap(({ properties }) => properties.metrics ?? []);
    assert.ok(named.length > 20);
    for (const metric of named) {
      const texts = metric.filter((part) => typeof part === "string");
      if (texts.length === 0) {
        const [{ expression = "" } = {}] = metric.filter((part) => typeof part === "object");
        const [, namespace = "", dimension = "", name = ""] =
          /\{([^,]+),([^}]+)\} MetricName="([^"]+)"/.exec(expression) ?? [];
        assert.ok(KNOWN.has(key(namespace, name, [dimension])), expression);
        continue;
      }
      const [namespace = "", name = "", ...dimensions] = texts;
      const dimensionNames = dimensions.filter((_, index) => index % 2 === 0);
      assert.ok(KNOWN.has(key(namespace, name, dimensionNames)), texts.join(" "));
    }
  });

  it("has an alarm only on such metrics, too", async () => {
    const recording = await make();
    const alarms = recording.resources.filter(({ type }) => type === ALARM);
    for (const { inputs, name } of alarms) {
      const queries = inputs["metricQueries"] as
        { metric?: { namespace: string; metricName: string } }[] | undefined;
      for (const metric of (queries ?? []).flatMap((query) => query.metric ?? [])) {
        assert.ok(KNOWN.has(key(metric.namespace, metric.metricName, [])), name);
      }
      if (queries !== undefined) continue;
      const dimensions = Object.keys(inputs["dimensions"] as object);
      assert.ok(KNOWN.has(key(String(inputs["namespace"]), String(inputs["metricName"]), dimensions)), name);
    }
    assert.ok(alarms.length > 10);
  });

  it("shows every published metric", async () => {
    const body = String((await make()).get(DASHBOARD, "dashboard").inputs["dashboardBody"]);
    for (const { name } of PUBLISHED_METRICS) assert.ok(body.includes(`"${name}"`), name);
  });

  it("shows each documented metric", async () => {
    const body = String((await make()).get(DASHBOARD, "dashboard").inputs["dashboardBody"]);
    const names = Object.values<DocumentedMetric>(DOCUMENTED_METRICS).map(({ name }) => name);
    for (const name of names) assert.ok(body.includes(name), name);
  });

  it("lays the widgets out inside the grid, none over another", async () => {
    const widgets = widgetsOf(await make());
    assert.ok(widgets.length <= 100);
    for (const [index, one] of widgets.entries()) {
      assert.ok(one.x + one.width <= 24, `widget ${index} is too wide`);
      for (const other of widgets.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        assert.ok(apart, `${one.properties.title ?? index} lies over ${other.properties.title ?? ""}`);
      }
    }
  });

  it("stays within CloudWatch's number of widgets with every region", async () => {
    const regions = Array.from({ length: 30 }, (_, index) => `eu-west-${index + 1}`);
    assert.ok(widgetsOf(await make({ regions })).length <= 100);
  });

  it("tells each alarm to a topic of its own region", async () => {
    const recording = await make();
    for (const { inputs, type } of recording.resources) {
      if (type !== ALARM) continue;
      const region = String(inputs["region"]);
      assert.deepEqual(inputs["alarmActions"], TOPICS[region === "us-east-1" ? "us-east-1" : "eu-west-1"]);
    }
  });

  it("tells when the metrics end", async () => {
    const recording = await make();
    const age = recording.get(ALARM, "dashboard-us-east-1-evaluation-age").inputs;
    assert.deepEqual(age["insufficientDataActions"], TOPICS["eu-west-1"]);
    assert.equal(age["threshold"], 36 * 3600);
    assert.equal(age["treatMissingData"], "missing");
  });

  it("tells of a bill that grows, in the region that records", async () => {
    const recording = await make({ tags: { owner: "security" } });
    assert.deepEqual(recording.get(ALARM, "dashboard-us-east-1-items").inputs, {
      name: "project-stack-dashboard-us-east-1-items",
      alarmDescription: "us-east-1: AWS Config recorded 5000 configuration items or more in a day.",
      region: "us-east-1",
      namespace: "AWS/Config",
      metricName: "ConfigurationItemsRecorded",
      dimensions: { ResourceType: "All" },
      statistic: "Sum",
      period: 86_400,
      evaluationPeriods: 1,
      threshold: 5000,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: TOPICS["us-east-1"],
      tags: { owner: "security" },
    });
    const own = (await make({ maxItemsPerDay: 40_000 })).get(ALARM, "dashboard-eu-west-1-items").inputs;
    assert.equal(own["threshold"], 40_000);
    assert.match(String(own["alarmDescription"]), /recorded 40000 configuration items/);
  });

  it("lists the alarms of many regions in as many widgets as they need", async () => {
    const regions = Array.from({ length: 17 }, (_, index) => `eu-west-${index + 1}`);
    const lists = widgetsOf(await make({ regions })).flatMap(({ properties }) =>
      properties.alarms === undefined ? [] : [properties.alarms.length],
    );
    assert.deepEqual(lists, [100, 53]);
  });

  it("lists its own alarms and those that it is given", async () => {
    const recording = await make({
      alarmArns: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:trail-keys"],
    });
    const alarms = widgetsOf(recording).flatMap(({ properties }) => properties.alarms ?? []);
    const own = recording.resources.filter(({ type }) => type === ALARM).length;
    assert.equal(alarms.length, own + 1);
    assert.ok(alarms.some((arn) => arn.endsWith("alarm:trail-keys")));
  });

  it("leaves out the pipeline, and charges where there are none", async () => {
    const body = (await make({ pipeline: undefined, homeRegion: "cn-north-1", regions: ["cn-north-1"] })).get(
      DASHBOARD,
      "dashboard",
    ).inputs["dashboardBody"];
    assert.ok(!String(body).includes("AWS/CodePipeline"));
    assert.ok(!String(body).includes("AWS/Billing"));
  });

  it("refuses everything that AWS would refuse, at once", async () => {
    const wrong = { dashboardName: "my dashboard", maxAgeHours: 0, maxItemsPerDay: 0.5 };
    await assert.rejects(make(wrong), (error: Error) => {
      assert.match(error.message, /"dashboardName": "my dashboard" is not a name/);
      assert.match(error.message, /"maxAgeHours": 0 is not a whole number of hours from 1 to 168/);
      assert.match(
        error.message,
        /"maxItemsPerDay": 0\.5 is not a whole number of configuration items from 1 to 1000000000/,
      );
      return true;
    });
  });
});

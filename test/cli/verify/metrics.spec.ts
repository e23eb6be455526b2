import * as assert from "node:assert/strict";
import { PUBLISHED_METRICS } from "../../../rules";
import { dataOf } from "../../../cli/verify/metrics";
import type { VerifiedRegion } from "../../../cli/verify/report";
import { Refusal } from "./refusal";
import { Bench, HOME, HOUR, NOW } from "./support";

const VERSIONING = "s3-bucket-versioning-enabled";
const PUBLIC = "s3-bucket-public-read-prohibited";
const MFA = "iam-user-mfa-enabled";
const VOLUMES = "encrypted-volumes";

interface Published {
  readonly region: string;
  readonly namespace: unknown;
  readonly data: ReadonlyMap<string, number>;
  readonly units: ReadonlyMap<string, unknown>;
}

describe("verify --metrics", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
  });
  afterEach(() => bench.close());

  function published(): Published {
    const [call, ...more] = bench.aws.calls.filter(({ operation }) => operation === "PutMetricData");
    assert.equal(more.length, 0);
    assert.ok(call !== undefined);
    const data = call.body["MetricData"] as readonly {
      readonly MetricName: string;
      readonly Value: number;
      readonly Unit: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    }[];
    const keyed = data.map((datum) => {
      const dimensions = datum.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(" ");
      return [`${datum.MetricName} ${dimensions}`, datum] as const;
    });
    return {
      region: call.region,
      namespace: call.body["Namespace"],
      data: new Map(keyed.map(([key, { Value }]) => [key, Value])),
      units: new Map(keyed.map(([, { MetricName, Unit }]) => [MetricName, Unit])),
    };
  }

  it("publishes every metric of the list, with what it says", async () => {
    const bucket = (id: string) => ({ type: "AWS::S3::Bucket", id });
    const violations = [bucket("a"), bucket("b")];
    bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations });
    bench.aws.deploy(HOME, PUBLIC, { compliance: "NON_COMPLIANT", violations: [bucket("b"), bucket("c")] });
    const failed = { evaluationFailed: NOW - 1000, invocationFailed: NOW - 2000 };
    bench.aws.deploy(HOME, MFA, { evaluated: NOW - 2 * HOUR, ...failed });
    const exemptions = ["b", "c"].map((resource) => ({
      control: PUBLIC,
      resource,
      reason: "r",
      owner: "o",
      expires: "2027-01-01",
    }));
    const selection = { controls: [VERSIONING, PUBLIC, MFA, VOLUMES], exemptions };
    const { status, err } = await bench.run(selection, { metrics: true });
    assert.equal(status, 0);
    assert.equal(err, "16 metrics published in us-east-1 (ContinuousCompliance).\n");
    const { region, namespace, data, units } = published();
    assert.equal(region, HOME);
    assert.equal(namespace, "ContinuousCompliance");
    assert.deepEqual(
      [...units].sort(),
      PUBLISHED_METRICS.map(({ name, unit }) => [name, unit] as const).sort(),
    );
    assert.deepEqual(
      Object.fromEntries(
        [...data].filter(([key, value]) => value > 0 || key.startsWith("NonCompliantRules")),
      ),
      {
        "CompliantRules Region=us-east-1 Severity=critical": 1,
        "NonCompliantRules Region=us-east-1 Severity=low": 0,
        "NonCompliantRules Region=us-east-1 Severity=medium": 1,
        "NonCompliantRules Region=us-east-1 Severity=high": 0,
        "NonCompliantRules Region=us-east-1 Severity=critical": 0,
        "NonCompliantResources Region=us-east-1": 2,
        "ExemptedResources Region=us-east-1": 1,
        "RulesNotDeployed Region=us-east-1": 1,
        "RulesNotReported Region=us-east-1": 1,
        "FailedInvocations Region=us-east-1": 1,
        "EvaluationErrors Region=us-east-1": 1,
        "AgeOfLastEvaluation Region=us-east-1": 3600,
      },
    );
  });

  it("starts no evaluation and does not fail for what it counts", async () => {
    const rule = bench.aws.deploy(HOME, VERSIONING);
    delete rule.evaluated;
    bench.aws.region(HOME).counts.set("AWS::S3::Bucket", 1);
    const { status } = await bench.run({ controls: [VERSIONING] }, { metrics: true });
    assert.equal(status, 0);
    assert.deepEqual(bench.aws.bodies("StartConfigRulesEvaluation"), []);
    assert.deepEqual(bench.clock.slept, []);
    const { data } = published();
    assert.equal(data.get("RulesNotReported Region=us-east-1"), 1);
    assert.ok(![...data.keys()].some((key) => key.startsWith("AgeOfLastEvaluation")));
  });

  it("fails for what it counts when asked", async () => {
    const flags = { metrics: true, failOn: "low" } as const;
    assert.equal((await bench.run({ controls: [VERSIONING] }, flags)).status, 1);
  });

  it("publishes all regions in one, and leaves out one that could not be read", async () => {
    bench.aws.deploy("eu-west-1", VERSIONING);
    bench.aws.deploy(HOME, VERSIONING);
    bench.aws.region("eu-central-1").recorders = [];
    const region = [HOME, "eu-west-1", "eu-central-1"];
    const flags = { metrics: true, metricsRegion: "eu-west-1", region };
    const { status } = await bench.run({ controls: [VERSIONING] }, flags);
    assert.equal(status, 2);
    const { region: where, data } = published();
    assert.equal(where, "eu-west-1");
    const regions = new Set([...data.keys()].map((key) => /Region=(\S+)/.exec(key)?.[1]));
    assert.deepEqual([...regions].sort(), ["eu-west-1", HOME].sort());
  });

  it("names the action when publishing is denied, after the report", async () => {
    bench.aws.refusals.set("PutMetricData", new Refusal("AccessDenied", "not authorized"));
    await assert.rejects(
      bench.run({ controls: [VERSIONING] }, { metrics: true }),
      /may not call cloudwatch:PutMetricData: not authorized\. Allow cloudwatch:PutMetricData/,
    );
  });

  it("has a data point for each combination of dimensions, in each region", () => {
    const region: VerifiedRegion = { region: "eu-west-1", account: undefined, rules: [], error: undefined };
    const keys = dataOf(region, NOW).map(({ metric, dimensions }) => [
      metric.name,
      Object.keys(dimensions).sort(),
    ]);
    for (const { name, dimensions } of PUBLISHED_METRICS) {
      if (name === "AgeOfLastEvaluation") continue;
      const own = keys.filter(([key]) => key === name);
      assert.equal(own.length, dimensions.includes("Severity") ? 4 : 1, name);
      for (const [, used] of own) assert.deepEqual(used, [...dimensions].sort());
    }
  });
});

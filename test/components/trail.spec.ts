import * as assert from "node:assert/strict";
import { BLINDING_CALLS, filterPattern, LONGEST_PATTERN } from "../../components/blinding-calls";
import { EvidenceBucket } from "../../components/evidence-bucket";
import { Trail, type TrailArgs } from "../../components/trail";
import { ACCOUNT, PARTITION, record, type Recording } from "../support/pulumi-mocks";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts";

const make = (args: Partial<TrailArgs> = {}): Promise<Recording<Trail>> =>
  record(() => new Trail("trail", { region: "eu-west-1", alertsTopicArn: TOPIC, ...args }));

const TRAIL = "aws:cloudtrail/trail:Trail";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("Trail", () => {
  it("creates trail, bucket, key, log group and role, with a filter and an alarm for each kind of call", async () => {
    const recording = await make();
    const buckets = /:s3\/|PrivateBucket/;
    assert.deepEqual(
      recording.names().filter(([type]) => !buckets.test(type)),
      [
        [TRAIL, "trail"],
        ["aws:cloudwatch/logGroup:LogGroup", "trail"],
        ...BLINDING_CALLS.map(({ name }) => [FILTER, `trail-${name}`]).sort(),
        ...BLINDING_CALLS.map(({ name }) => [ALARM, `trail-${name}`]).sort(),
        ["aws:iam/policy:Policy", "trail"],
        ["aws:iam/role:Role", "trail"],
        ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "trail"],
        ["aws:kms/alias:Alias", "trail"],
        ["aws:kms/key:Key", "trail"],
        ["compliance:aws:CustomerKey", "trail"],
        ["compliance:aws:LoggedBucket", "trail"],
        ["compliance:aws:Trail", "trail"],
      ],
    );
  });

  it("records the management events of all regions, validated and encrypted", async () => {
    const recording = await make();
    const { inputs } = recording.get(TRAIL, "trail");
    assert.equal(inputs["isMultiRegionTrail"], true);
    assert.equal(inputs["includeGlobalServiceEvents"], true);
    assert.equal(inputs["enableLogFileValidation"], true);
    assert.equal(inputs["enableLogging"], true);
    assert.equal(inputs["name"], "project-stack");
    assert.equal(inputs["kmsKeyId"], `arn:${PARTITION}:kms:us-east-1:${ACCOUNT}:key/trail`);
    // Without an event selector a trail records all management events.
    assert.equal(inputs["eventSelectors"], undefined);
    assert.equal(inputs["advancedEventSelectors"], undefined);
  });

  it("admits CloudTrail only for this trail", async () => {
    const recording = await make();
    const arn = `arn:${PARTITION}:cloudtrail:eu-west-1:${ACCOUNT}:trail/project-stack`;
    for (const [type, property] of [
      ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
      ["aws:kms/key:Key", "policy"],
    ] as const) {
      const document = JSON.parse(String(recording.get(type, "trail").inputs[property])) as {
        Statement: { Principal: { Service?: string }; Condition?: unknown }[];
      };
      const ours = document.Statement.filter(
        ({ Principal }) => Principal.Service === "cloudtrail.amazonaws.com",
      );
      assert.equal(ours.length, 2);
      for (const { Condition } of ours) assert.ok(JSON.stringify(Condition).includes(arn));
    }
  });

  it("watches every call that stops the recorder, or makes it record less", async () => {
    const pattern = String((await make()).get(FILTER, "trail-recorder").inputs["pattern"]);
    for (const call of [
      "StopConfigurationRecorder",
      "DeleteConfigurationRecorder",
      "PutConfigurationRecorder",
      "DisassociateResourceTypes",
    ]) {
      assert.ok(pattern.includes(`($.eventName = "${call}")`), call);
    }
  });

  it("tells the topics of each alarm and treats no calls as good", async () => {
    const recording = await make();
    for (const { name, why } of BLINDING_CALLS) {
      const { inputs } = recording.get(ALARM, `trail-${name}`);
      assert.deepEqual(inputs["alarmActions"], [TOPIC]);
      assert.equal(inputs["alarmDescription"], why);
      assert.equal(inputs["treatMissingData"], "notBreaching");
      const filter = recording.get(FILTER, `trail-${name}`).inputs;
      assert.equal(inputs["metricName"], (filter["metricTransformation"] as { name: string }).name);
    }
  });

  it("tells chat channels of each alarm, too", async () => {
    const chatTopicArn = "arn:aws:sns:eu-west-1:111122223333:chat";
    const recording = await make({ chatTopicArn });
    for (const { name } of BLINDING_CALLS) {
      const { inputs } = recording.get(ALARM, `trail-${name}`);
      assert.deepEqual(inputs["alarmActions"], [TOPIC, chatTopicArn]);
    }
  });

  it("watches a trail that exists, and creates nothing but filters and alarms", async () => {
    const existing = { logGroupName: "organisation-trail" };
    const recording = await record(() => {
      const bucket = { existing: { bucketName: "evidence-bucket" } };
      const evidence = new EvidenceBucket("evidence", { bucket });
      return new Trail("trail", { region: "eu-west-1", trail: { existing }, evidence });
    });
    assert.deepEqual(
      new Set(recording.names().map(([type]) => type)),
      new Set([FILTER, ALARM, "compliance:aws:EvidenceBucket", "compliance:aws:Trail"]),
    );
    const evidence = recording.get(FILTER, "trail-evidence").inputs;
    assert.equal(evidence["logGroupName"], "organisation-trail");
    assert.match(String(evidence["pattern"]), /bucketName = "evidence-bucket"/);
  });

  it("has no filter for buckets where it knows none", async () => {
    const recording = await make({ trail: { existing: { logGroupName: "organisation-trail" } } });
    assert.ok(!recording.names().some(([, name]) => name === "trail-evidence"));
  });

  it("keeps bucket and key, or lets them go", async () => {
    const recording = await make({ trail: { create: { retain: false } } });
    assert.equal(recording.get("aws:s3/bucket:Bucket", "trail").inputs["forceDestroy"], true);
    const kept = await make();
    assert.equal(kept.get("aws:s3/bucket:Bucket", "trail").inputs["forceDestroy"], false);
  });

  it("refuses everything that AWS would refuse, at once", async () => {
    const create = { trailName: "a..b", bucketName: "Trail", expireDays: 0, logRetentionDays: 42 };
    await assert.rejects(make({ trail: { create } }), (error: Error) => {
      for (const path of Object.keys(create)) assert.match(error.message, new RegExp(`"create.${path}"`));
      assert.match(error.message, /42 is not a retention that CloudWatch Logs offers\. Allowed are 1, 3, 5/);
      return true;
    });
    const existing = { logGroupName: "arn:aws:logs:eu-west-1:111122223333:log-group:trail" };
    await assert.rejects(make({ trail: { existing } }), /write the name of the log group alone/);
  });
});

describe("The patterns of blinding calls", () => {
  it("fit into what CloudWatch Logs takes, with bucket names of the full length", () => {
    const names = ["a".repeat(63), "b".repeat(63)];
    for (const group of BLINDING_CALLS) {
      const pattern = filterPattern(group, names);
      assert.ok(pattern.length <= LONGEST_PATTERN, `${group.name}: ${pattern.length}`);
    }
  });

  it("hold every call that loosens what watches, or what keeps evidence", () => {
    const watched = (name: string): readonly string[] =>
      Object.values(BLINDING_CALLS.find((group) => group.name === name)?.calls ?? {}).flat();
    assert.ok(watched("trail").includes("PutMetricFilter"));
    assert.ok(watched("evidence").includes("PutBucketLogging"));
    assert.ok(watched("notifications").includes("Unsubscribe"));
    // Anybody's scaling policy calls these all day, and no bucket or name of this program would tell them apart.
    for (const call of ["PutRule", "PutTargets", "PutMetricAlarm"]) {
      assert.ok(!watched("notifications").includes(call), call);
    }
    for (const group of BLINDING_CALLS) {
      const pattern = filterPattern(group, ["acme"]);
      for (const [source, calls] of Object.entries(group.calls)) {
        assert.ok(pattern.includes(`($.eventSource = "${source}")`), source);
        for (const call of calls) assert.ok(pattern.includes(`($.eventName = "${call}")`), call);
      }
    }
  });

  it("name each call with its source", () => {
    const [recorder] = BLINDING_CALLS;
    assert.ok(recorder !== undefined);
    assert.match(
      filterPattern({ ...recorder, calls: { "config.amazonaws.com": ["StopConfigurationRecorder"] } }, []),
      /^\{ \(\(\$\.eventSource = "config\.amazonaws\.com"\) && \(\(\$\.eventName = "StopConfigurationRecorder"\)\)\) \}$/,
    );
  });
});

import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigRecorder, type ConfigRecorderArgs } from "../../components/config-recorder";
import { EvidenceBucket, type EvidenceBucketArgs } from "../../components/evidence-bucket";
import { RecorderRole } from "../../components/recorder-role";
import { record, type Recording, valueOf } from "../support/pulumi-mocks";

const RECORDER = "aws:cfg/recorder:Recorder";
const CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel";
const STATUS = "aws:cfg/recorderStatus:RecorderStatus";
const RETENTION = "aws:cfg/retentionConfiguration:RetentionConfiguration";
const HERE = { region: "us-east-1", homeRegion: "us-east-1" };

const make = (
  args: Partial<ConfigRecorderArgs> = {},
  bucket: EvidenceBucketArgs = {},
): Promise<Recording<ConfigRecorder>> =>
  record(() => {
    const evidence = new EvidenceBucket("evidence", bucket);
    const role = new RecorderRole("role", { evidence });
    return new ConfigRecorder("recorder", { ...HERE, evidence, role, ...args });
  });

/** What the recorder component itself registers. */
const own = (recording: Recording<unknown>): readonly (readonly [string, string])[] =>
  recording.names().filter(([type]) => type.includes(":cfg/") || type.endsWith("ConfigRecorder"));

describe("ConfigRecorder", () => {
  it("creates recorder, channel, status and retention, and nothing else", async () => {
    assert.deepEqual(own(await make()), [
      [CHANNEL, "recorder"],
      [RECORDER, "recorder"],
      [STATUS, "recorder"],
      [RETENTION, "recorder"],
      ["compliance:aws:ConfigRecorder", "recorder"],
    ]);
  });

  it("parents its children and deletes each before it is replaced, since AWS allows one a region", async () => {
    const recording = await make();
    const { urn } = recording.get("compliance:aws:ConfigRecorder", "recorder");
    for (const type of [RECORDER, CHANNEL, STATUS, RETENTION]) {
      const child = recording.get(type, "recorder");
      assert.equal(child.parent, urn);
      assert.equal(child.deleteBeforeReplace, true);
      assert.equal(child.retainOnDelete, false);
      assert.equal(child.importId, "");
      assert.equal(child.inputs["region"], "us-east-1");
    }
  });

  it("orders role, recorder, bucket policy, channel and status", async () => {
    const recording = await make();
    const recorder = recording.get(RECORDER, "recorder");
    const channel = recording.get(CHANNEL, "recorder");
    const status = recording.get(STATUS, "recorder");
    assert.ok(
      recording.isAfter(recorder, recording.get("aws:iam/serviceLinkedRole:ServiceLinkedRole", "role")),
    );
    assert.ok(recording.isAfter(channel, recorder));
    assert.ok(recording.isAfter(channel, recording.get("aws:s3/bucketPolicy:BucketPolicy", "evidence")));
    assert.ok(recording.isAfter(status, channel));
    assert.ok(recording.isAfter(recording.get(RETENTION, "recorder"), recorder));
    assert.ok(!recording.isAfter(recorder, channel));
  });

  it("records everything continuously, global types included, by default", async () => {
    const { inputs } = (await make()).get(RECORDER, "recorder");
    assert.equal(inputs["name"], "aws-config-recorder");
    assert.match(String(inputs["roleArn"]), /AWSServiceRoleForConfig$/);
    assert.deepEqual(inputs["recordingGroup"], {
      allSupported: true,
      includeGlobalResourceTypes: true,
      recordingStrategies: [{ useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" }],
    });
    assert.deepEqual(inputs["recordingMode"], { recordingFrequency: "CONTINUOUS" });
  });

  it("leaves the global types to the home region", async () => {
    const recording = await make({ region: "eu-west-1" });
    const group = recording.get(RECORDER, "recorder").inputs["recordingGroup"];
    assert.deepEqual(group, {
      allSupported: true,
      includeGlobalResourceTypes: false,
      recordingStrategies: [{ useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" }],
    });
  });

  it("delivers to bucket, prefix, key and topic once a day", async () => {
    const snsTopicArn = "arn:aws:sns:us-east-1:123456789012:config";
    const recording = await make({ snsTopicArn }, { prefix: "config" });
    assert.deepEqual(recording.get(CHANNEL, "recorder").inputs, {
      name: "aws-config-recorder",
      region: "us-east-1",
      s3BucketName: "evidence-0a1b2c3",
      s3KeyPrefix: "config",
      s3KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/evidence",
      snsTopicArn,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
    });
  });

  it("sends AWS Config no empty prefix, key or topic", async () => {
    const recording = await make({}, { bucket: { existing: { bucketName: "log-archive" } } });
    assert.deepEqual(Object.keys(recording.get(CHANNEL, "recorder").inputs).sort(), [
      "name",
      "region",
      "s3BucketName",
      "snapshotDeliveryProperties",
    ]);
  });

  it("keeps history for seven years unless told otherwise", async () => {
    const days = async (args: Partial<ConfigRecorderArgs>): Promise<unknown> =>
      (await make(args)).get(RETENTION, "recorder").inputs["retentionPeriodInDays"];
    assert.equal(await days({}), 2557);
    assert.equal(await days({ retentionDays: 30 }), 30);
  });

  it("starts the recorder, or stops it and leaves the rest", async () => {
    const started = await make();
    assert.equal(started.get(STATUS, "recorder").inputs["isEnabled"], true);
    assert.deepEqual(started.get(STATUS, "recorder").propertyDependencies["name"], ["recorder"]);
    const stopped = await make({ recording: false });
    assert.equal(stopped.get(STATUS, "recorder").inputs["isEnabled"], false);
    assert.deepEqual(own(stopped), own(started));
  });

  it("imports what it adopts by its real name and leaves it behind", async () => {
    const recording = await make({ mode: "adopt", channelName: "central" });
    assert.equal(recording.get(RECORDER, "recorder").importId, "default@us-east-1");
    assert.equal(recording.get(RECORDER, "recorder").inputs["name"], "default");
    assert.equal(recording.get(CHANNEL, "recorder").importId, "central@us-east-1");
    assert.equal(recording.get(CHANNEL, "recorder").inputs["name"], "central");
    assert.equal(recording.get(STATUS, "recorder").importId, "");
    for (const type of [RECORDER, CHANNEL, STATUS]) {
      assert.equal(recording.get(type, "recorder").retainOnDelete, true);
    }
    assert.ok(recording.resources.every(({ type }) => type !== RETENTION));
  });

  it("sets and leaves behind the retention of an adopted region only when it is given", async () => {
    const retention = (await make({ mode: "adopt", retentionDays: 400 })).get(RETENTION, "recorder");
    assert.equal(retention.inputs["retentionPeriodInDays"], 400);
    assert.equal(retention.retainOnDelete, true);
  });

  it("deploys nothing beside an existing recorder", async () => {
    const recording = await record(() => new ConfigRecorder("recorder", { ...HERE, mode: "existing" }));
    assert.deepEqual(recording.names(), [["compliance:aws:ConfigRecorder", "recorder"]]);
    assert.equal(recording.result.status, undefined);
    assert.equal(recording.result.recorderName, undefined);
  });

  it("says the recorder's name and region", async () => {
    const { result } = await make({ recorderName: "mine" });
    assert.equal(result.region, "us-east-1");
    assert.equal(await valueOf(result.recorderName ?? pulumi.output("")), "mine");
  });

  it("warns of what is probably not meant, and goes on", async () => {
    const exclude = ["AWS::EC2::NetworkInterfaces", "AWS::Config::ResourceCompliance"];
    const home = { region: "eu-central-2", homeRegion: "eu-central-2" };
    const recording = await make({ ...home, strategy: { exclude } });
    assert.equal(recording.warnings.length, 3);
    assert.match(recording.warnings[0] ?? "", /may not know .*Did you mean "AWS::EC2::NetworkInterface"\?/);
    assert.match(recording.warnings[1] ?? "", /no compliance timelines/);
    assert.match(
      recording.warnings[2] ?? "",
      /does not record IAM resources in the home region "eu-central-2"/,
    );
    assert.equal(own(recording).length, 5);
  });

  it("reports all problems in one error and creates nothing", async () => {
    let problem: unknown;
    const recording = await record(() => {
      try {
        new ConfigRecorder("recorder", { ...HERE, region: "moon", retentionDays: 29 });
      } catch (error) {
        problem = error;
      }
    });
    assert.ok(problem instanceof pulumi.ResourceError);
    assert.equal(
      problem.message,
      [
        'ConfigRecorder "recorder" has 4 problems:',
        '  "region": "moon" is not an AWS region code; write one such as "us-east-1".',
        '  "retentionDays": 29 is not a whole number of days from 30 to 2557.',
        '  "evidence": A recorder needs a bucket to deliver to; pass it, or write "existing" as "mode".',
        '  "role": A recorder needs a role; pass it, or write "existing" as "mode".',
      ].join("\n"),
    );
    assert.deepEqual(recording.names(), [["compliance:aws:ConfigRecorder", "recorder"]]);
  });
});

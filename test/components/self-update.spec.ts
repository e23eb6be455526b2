import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyText } from "../../components/documents/statement";
import { ACCOUNT, type Recording } from "../support/pulumi-mocks";
import { pipelineWith, type Statement, statementsOf } from "./pipeline-support";

const iam = (what: string): string => `arn:aws:iam::${ACCOUNT}:${what}`;
const BOUNDARY = iam("policy/acme-tools-boundary");
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

describe("Self-update", () => {
  let recording: Recording<unknown>;
  before(async () => {
    recording = await pipelineWith();
  });
  const policy = (suffix: string): Record<string, Statement> =>
    statementsOf(recording, `pipeline-self-update${suffix}`);

  it("changes the pipeline's own resources by their names, and nothing else of those kinds", () => {
    const pipeline = policy("-pipeline");
    assert.equal(
      pipeline["ChangePipeline"]?.Resource,
      `arn:aws:codepipeline:us-east-1:${ACCOUNT}:acme-tools-pipeline`,
    );
    assert.equal(
      pipeline["ChangeProjects"]?.Resource,
      `arn:aws:codebuild:us-east-1:${ACCOUNT}:project/acme-tools-*`,
    );
    for (const action of ["codepipeline:StartPipelineExecution", "codepipeline:StopPipelineExecution"]) {
      assert.ok(pipeline["ChangePipeline"].Action.includes(action), action);
    }
  });

  it("hands on a connection of the service's former name as well", () => {
    const { ChangeConnection: present, PassFormerConnection: former } = policy("-pipeline");
    assert.ok(present?.Action.includes("codeconnections:PassConnection"));
    assert.ok(former?.Action.includes("codestar-connections:PassConnection"));
    assert.equal(former?.Resource, `arn:aws:codestar-connections:us-east-1:${ACCOUNT}:connection/*`);
  });

  it("writes the state of the stack that holds the pipeline, and of no other", () => {
    for (const object of listOf(policy("-global")["WriteState"]?.Resource)) {
      assert.match(object, /^arn:aws:s3:::acme-state\/\.pulumi\/\w+\/(organization\/)?project\/stack[./]/);
    }
  });

  it("changes keys of the stack that holds the pipeline alone", () => {
    const records = policy("-records");
    const own = { StringEquals: { "aws:ResourceTag/compliance:stack": "project/stack" } };
    assert.deepEqual(records["ChangeKeys"]?.Condition, own);
    assert.deepEqual(records["ChangeFreshKeys"]?.Action, ["kms:CreateAlias", "kms:EnableKeyRotation"]);
    assert.ok(!listOf(records["ChangeUnscoped"]?.Action).includes("kms:CreateKey"));
  });

  it("is limited by a boundary, as is every role of the pipeline", () => {
    const roles = recording.resources.filter(({ type }) => type === "aws:iam/role:Role");
    assert.ok(roles.length > 8);
    for (const { name, propertyDependencies } of roles) {
      assert.deepEqual(propertyDependencies["permissionsBoundary"], ["pipeline-boundary"], name);
    }
    assert.deepEqual(policy("-global")["ChangeBoundRoles"]?.Condition, {
      StringEquals: { "iam:PermissionsBoundary": BOUNDARY },
    });
  });

  for (const [where, of] of [
    ["its own policy", (): Record<string, Statement> => policy("-pipeline")],
    ["the boundary", (): Record<string, Statement> => statementsOf(recording, "pipeline-boundary")],
  ] as const) {
    it(`is denied by ${where} to change itself, the boundary and the roles that deliver`, () => {
      const denial = of()["KeepIdentities"];
      assert.equal(denial?.Effect, "Deny");
      assert.deepEqual(denial.Resource, [
        BOUNDARY,
        iam("role/acme-tools-self-update*"),
        iam("policy/acme-tools-self-update*"),
        iam("role/project-target*"),
        iam("policy/project-target*"),
      ]);
      for (const action of ["iam:*tach*", "iam:Put*", "iam:Update*", "iam:Create*", "iam:PassRole"]) {
        assert.ok(denial.Action.includes(action), action);
      }
      assert.equal(of()["OnlyBoundRoles"]?.Effect, "Deny");
      assert.equal(of()["NeverUnbound"]?.Effect, "Deny");
    });

    it(`is denied by ${where} to change the state's bucket or key`, () => {
      assert.equal(of()["KeepStateBucket"]?.Effect, "Deny");
      assert.deepEqual(of()["KeepStateKey"]?.Resource, "arn:aws:kms:us-east-1:123456789012:key/state");
    });
  }

  it("leaves the limits to a boundary that is given", async () => {
    const bound = await pipelineWith({ permissionsBoundary: "acme" });
    assert.ok(bound.resources.every(({ name }) => name !== "pipeline-boundary"));
    for (const { type, name, inputs } of bound.resources) {
      if (type === "aws:iam/role:Role") assert.equal(inputs["permissionsBoundary"], iam("policy/acme"), name);
    }
  });

  it("lets the boundary's holders assume the targets' roles, and none in another account", async () => {
    const stacks = [{ stack: "test" }, { stack: "prod", account: "444455556666" }];
    const boundary = statementsOf(await pipelineWith({ waves: [{ stacks }] }), "pipeline-boundary");
    assert.deepEqual(boundary["PipelineTargets"]?.Condition, {
      StringEquals: { "aws:ResourceAccount": [ACCOUNT, "444455556666"] },
    });
    assert.deepEqual(boundary["PipelineTargets"].Resource, ["arn:aws:iam::*:role/project-target-*"]);
  });

  it("fits into the documents of IAM with as many stacks as a pipeline takes", async () => {
    const stacks = Array.from({ length: 49 }, (_, index) => ({
      stack: `production-${index}`,
      account: `1112222333${10 + index}`,
    }));
    const full = await pipelineWith({ waves: [{ stacks }] });
    for (const { type, name, inputs } of full.resources) {
      const length = (property: string): number => String(inputs[property]).length;
      if (type === "aws:iam/policy:Policy")
        assert.ok(length("policy") <= 6144, `${name}: ${length("policy")}`);
      if (type === "aws:iam/role:Role") assert.ok(length("assumeRolePolicy") <= 2048, name);
    }
  });

  it("is refused with a way out where a document would be longer than IAM allows", () => {
    const statement = {
      Sid: "Much",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "x".repeat(6144),
    } as const;
    assert.throws(
      () => managedPolicyText("acme-tools-boundary", [statement]),
      (error) =>
        error instanceof pulumi.RunError &&
        /^The policy "acme-tools-boundary" would have 62\d\d characters; IAM allows 6144\. Deliver fewer/.test(
          error.message,
        ),
    );
    const { length } = managedPolicyText("short", [{ ...statement, Resource: "*" }]);
    assert.ok(length < 200);
  });

  it("leaves nothing behind where the settings leave it out", async () => {
    const without = await pipelineWith({ selfUpdate: { enabled: false } });
    assert.ok(without.resources.every(({ name }) => !/self-update|boundary/.test(name)));
  });
});

import * as assert from "node:assert/strict";
import { DeliveryTarget, type DeliveryTargetArgs } from "../../components/delivery-target";
import { ACCOUNT, record, type Recording } from "../support/pulumi-mocks";
import { listOf, matching, pipelineWith, statementsOf } from "./pipeline-support";

const make = (args: Partial<DeliveryTargetArgs> = {}): Promise<Recording<DeliveryTarget>> =>
  record(
    () =>
      new DeliveryTarget("target", {
        stack: "prod",
        pipeline: { account: "111122223333", prefix: "acme-tools" },
        rolePrefix: "project-target",
        state: {
          bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/state" },
        },
        ...args,
      }),
  );

describe("Keys of a delivered stack", () => {
  const KEYS = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b2c3d`;
  const OWN_KEYS = { StringEquals: { "aws:ResourceTag/compliance:stack": "project/prod" } };
  const TAGGED = { StringEquals: { "aws:RequestTag/compliance:stack": "project/prod" } };
  const NOBODYS = { Null: { "aws:ResourceTag/compliance:stack": "true", "kms:ResourceAliases": "true" } };
  for (const [who, document, newKeys] of [
    ["deploy", "target-deploy-records", { ...TAGGED, ...NOBODYS }],
    ["the boundary", "target", NOBODYS],
  ] as const) {
    it(`lets ${who} change keys of the stack alone, and tag others only when they are made`, async () => {
      const statements = statementsOf(await make(), document);
      const conditions = (action: string): readonly unknown[] =>
        matching(statements, "Allow", action, KEYS).map((sid) => statements[sid]?.Condition);
      for (const action of [
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:UntagResource",
        "kms:UpdateKeyDescription",
      ])
        assert.deepEqual(conditions(action), [OWN_KEYS], action);
      assert.deepEqual(conditions("kms:TagResource"), [OWN_KEYS, newKeys]);
    });
  }

  it("lets deploy make no key without the tag of the stack, and move no alias of a key of somebody else", async () => {
    const statements = statementsOf(await make(), "target-deploy-records");
    const makers = Object.values(statements).filter(({ Action }) => listOf(Action).includes("kms:CreateKey"));
    assert.deepEqual(
      makers.map(({ Condition }) => Condition),
      [TAGGED],
    );
    for (const action of ["kms:DeleteAlias", "kms:UpdateAlias"])
      assert.deepEqual(matching(statements, "Allow", action, KEYS), ["ChangeKeys"], action);
    assert.deepEqual(matching(statements, "Allow", "kms:CreateAlias", KEYS), ["ChangeFreshKeys"]);
  });

  it("keeps the key of a pipeline in the same account as it is, whatever begins the pipeline's names", async () => {
    for (const prefix of ["acme-tools", "project-stack"]) {
      const recording = await make({ pipeline: { account: ACCOUNT, prefix } });
      assert.deepEqual(statementsOf(recording, "target")["KeepPipelineKeys"]?.Condition, {
        "ForAnyValue:StringLike": { "kms:ResourceAliases": [`alias/${prefix}-*`] },
      });
      const pipeline = await pipelineWith({ prefix });
      assert.equal(
        pipeline.get("aws:kms/alias:Alias", "pipeline").inputs["name"],
        `alias/${prefix}-pipeline`,
      );
    }
  });
});

import * as assert from "node:assert/strict";
import { DeliveryTarget, type DeliveryTargetArgs } from "../../components/delivery-target";
import { ACCOUNT, record, type Recording, valueOf } from "../support/pulumi-mocks";
import { bySid, listOf, matching, type Statement, statementsOf } from "./pipeline-support";

const BASE: DeliveryTargetArgs = {
  stack: "prod",
  pipeline: { account: "111122223333", prefix: "acme-tools" },
  rolePrefix: "project-target",
  state: {
    bucket: {
      bucketName: "acme-state",
      prefix: "compliance",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/state",
    },
  },
};
const make = (args: Partial<DeliveryTargetArgs> = {}): Promise<Recording<DeliveryTarget>> =>
  record(() => new DeliveryTarget("target", { ...BASE, ...args }));

const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/project-target-boundary`;

describe("DeliveryTarget", () => {
  it("makes four roles and their boundary, and nothing else", async () => {
    const recording = await make();
    const roles = recording.resources.filter(({ type }) => type === "aws:iam/role:Role");
    assert.deepEqual(
      roles.map(({ inputs }) => inputs["name"]),
      ["preview", "pull-request", "deploy", "verify"].map((purpose) => `project-target-${purpose}`),
    );
    for (const { inputs, propertyDependencies } of roles) {
      assert.deepEqual(propertyDependencies["permissionsBoundary"], ["target"], String(inputs["name"]));
    }
    const other = recording.resources.filter(
      ({ type }) => type.startsWith("aws:") && !type.startsWith("aws:iam/"),
    );
    assert.deepEqual(other, []);
    assert.equal(await valueOf(recording.result.permissionsBoundary), "project-target-boundary");
  });

  it("trusts the roles of the pipeline's own projects in its account, and nobody else", async () => {
    const recording = await make();
    const trust = (purpose: string): Statement | undefined =>
      bySid(recording.get("aws:iam/role:Role", `target-${purpose}`).inputs["assumeRolePolicy"])[
        "AllowThePipeline"
      ];
    const role = (name: string): string => `arn:aws:iam::111122223333:role/acme-tools-${name}`;
    for (const [purpose, projects] of [
      ["preview", ["preview"]],
      ["pull-request", ["pull-request"]],
      ["deploy", ["deploy"]],
      ["verify", ["verify", "metrics"]],
    ] as const) {
      assert.deepEqual(trust(purpose), {
        Sid: "AllowThePipeline",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": projects.map(role) } },
      });
    }
  });

  it("lets preview read settings and the state of its stack, and change nothing", async () => {
    const statements = statementsOf(await make(), "target-preview");
    const actions = Object.values(statements).flatMap(({ Action }) => Action);
    for (const action of actions) assert.match(action, /:(Describe|Get|List)|^kms:Decrypt$/, action);
    const objects = listOf(statements["ReadState"]?.Resource);
    assert.deepEqual(objects, [
      "arn:aws:s3:::acme-state/compliance/.pulumi/meta.yaml",
      "arn:aws:s3:::acme-state/compliance/.pulumi/stacks/project/prod.*",
      "arn:aws:s3:::acme-state/compliance/.pulumi/history/project/prod/*",
      "arn:aws:s3:::acme-state/compliance/.pulumi/backups/project/prod/*",
      "arn:aws:s3:::acme-state/compliance/.pulumi/locks/organization/project/prod/*",
    ]);
    // Objects of buckets are data: only the state is read.
    const readers = Object.values(statements).filter(({ Action }) => listOf(Action).includes("s3:GetObject"));
    assert.deepEqual(
      readers.map(({ Sid }) => Sid),
      ["ReadState"],
    );
    assert.ok(!actions.some((action) => /^(secretsmanager|ssm):/.test(action)));
  });

  it("lets a pull request read the same, with the state's key through S3 alone", async () => {
    const recording = await make();
    const reads = statementsOf(recording, "target-preview");
    const { NeverDecryptSecrets: never, ...same } = statementsOf(recording, "target-pull-request");
    assert.deepEqual(same, reads);
    // What Pulumi encrypted, the secrets of a stack, it would ask AWS KMS for itself.
    assert.deepEqual(never, {
      Sid: "NeverDecryptSecrets",
      Effect: "Deny",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringNotLike: { "kms:ViaService": "s3.*" } },
    });
  });

  it("lets deploy write the state of its stack, and of no other", async () => {
    const statements = statementsOf(await make(), "target-deploy-global");
    const writers = (key: string): readonly string[] =>
      matching(statements, "Allow", "s3:PutObject", `arn:aws:s3:::acme-state/compliance/.pulumi/${key}`);
    assert.deepEqual(writers("stacks/project/prod.json"), ["WriteState"]);
    assert.deepEqual(writers("stacks/project/dev.json"), []);
    assert.deepEqual(writers("stacks/other/prod.json"), []);
  });

  it("lets deploy touch buckets of these names in this account alone, and make one that is not there yet", async () => {
    const statements = statementsOf(await make({ names: ["acme-config*"] }), "target-deploy-global");
    const own = { StringEquals: { "aws:ResourceAccount": ACCOUNT } };
    for (const sid of ["ChangeBuckets", "ChangeObjects"])
      assert.deepEqual(statements[sid]?.Condition, own, sid);
    assert.equal(statements["ChangeNewBuckets"]?.Condition, undefined);
    // With tags, the call needs both permissions before there is an account to compare with.
    assert.deepEqual(statements["ChangeNewBuckets"]?.Action, ["s3:CreateBucket", "s3:TagResource"]);
    for (const sid of ["ChangeBuckets", "ChangeNewBuckets"]) {
      assert.deepEqual(listOf(statements[sid]?.Resource), [
        "arn:aws:s3:::project-prod-*",
        "arn:aws:s3:::acme-config*",
      ]);
    }
  });

  it("stays within the 6,144 characters of a policy with the longest names that are allowed", async () => {
    const names = ["a", "b", "c"].map((letter) => `${letter.repeat(39)}*`);
    const recording = await make({ stack: "s".repeat(40), rolePrefix: "r".repeat(51), names });
    for (const { type, name, inputs } of recording.resources) {
      if (type !== "aws:iam/policy:Policy") continue;
      const { length } = String(inputs["policy"]);
      assert.ok(length <= 6144, `${name}: ${length}`);
    }
  });

  it("lets deploy change roles only below the stack's names and only with the boundary", async () => {
    const statements = statementsOf(await make(), "target-deploy-global");
    const role = statements["ChangeBoundRoles"];
    assert.deepEqual(role?.Condition, { StringEquals: { "iam:PermissionsBoundary": BOUNDARY } });
    assert.deepEqual(listOf(role.Resource), [`arn:aws:iam::${ACCOUNT}:role/project-prod-*`]);
    assert.ok(Object.values(statements).every(({ Action }) => !listOf(Action).includes("iam:PutRolePolicy")));
  });

  describe("has a boundary that", () => {
    let boundary: Readonly<Record<string, Statement>>;
    before(async () => {
      boundary = statementsOf(await make(), "target");
    });
    const denied = (action: string, resource: string): readonly string[] =>
      matching(boundary, "Deny", action, resource);
    const iam = (what: string): string => `arn:aws:iam::${ACCOUNT}:${what}`;

    it("denies to make a role without it", () => {
      assert.ok(denied("iam:CreateRole", iam("role/project-prod-x")).includes("OnlyBoundRoles"));
      assert.deepEqual(boundary["OnlyBoundRoles"]?.Condition, {
        StringNotEquals: { "iam:PermissionsBoundary": BOUNDARY },
      });
    });

    for (const action of [
      "iam:AttachRolePolicy",
      "iam:PassRole",
      "iam:PutRolePolicy",
      "iam:UpdateAssumeRolePolicy",
    ]) {
      it(`never allows ${action} on a role of somebody else, whatever policies a role is given`, () => {
        const foreign = iam("role/OrganizationAccountAccessRole");
        assert.deepEqual(matching(boundary, "Allow", action, foreign), []);
        assert.deepEqual(matching(boundary, "Allow", action, iam("role/project-prod-trail")), [
          "OwnIdentities",
        ]);
      });
    }

    it("never allows to change a policy of somebody else", () => {
      const action = "iam:CreatePolicyVersion";
      assert.deepEqual(matching(boundary, "Allow", action, iam("policy/administrators")), []);
      assert.deepEqual(matching(boundary, "Allow", action, iam("policy/project-prod-trail")), [
        "OwnIdentities",
      ]);
    });

    for (const action of ["iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"]) {
      it(`denies ${action} on a role that is not bound, even by a name of the stack`, () => {
        assert.ok(denied(action, iam("role/project-prod-trail")).includes("OnlyBoundRoles"));
      });
    }

    it("denies to take it away, from whatever role", () => {
      assert.deepEqual(denied("iam:DeleteRolePermissionsBoundary", iam("role/project-prod-trail")), [
        "NeverUnbound",
      ]);
    });

    for (const action of [
      "iam:AttachRolePolicy",
      "iam:PutRolePolicy",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:DeleteRole",
      "iam:DetachRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:TagRole",
      "iam:PassRole",
    ]) {
      it(`denies ${action} on the roles that deliver and on those of the pipeline`, () => {
        for (const name of ["project-target-deploy", "project-target-verify", "acme-tools-self-update"]) {
          assert.ok(denied(action, iam(`role/${name}`)).includes("KeepIdentities"), name);
        }
        assert.ok(!denied(action, iam("role/project-prod-trail")).includes("KeepIdentities"));
      });
    }

    for (const action of [
      "iam:CreatePolicyVersion",
      "iam:SetDefaultPolicyVersion",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
    ]) {
      it(`denies ${action} on itself and on the policies of the roles that deliver`, () => {
        for (const name of ["project-target-boundary", "project-target-deploy-global", "acme-tools-deploy"]) {
          assert.ok(denied(action, iam(`policy/${name}`)).includes("KeepIdentities"), name);
        }
      });
    }

    for (const action of [
      "s3:DeleteBucket",
      "s3:DeleteBucketPolicy",
      "s3:PutBucketPolicy",
      "s3:PutBucketVersioning",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
    ]) {
      it(`denies ${action} on the bucket of the state`, () => {
        assert.deepEqual(denied(action, "arn:aws:s3:::acme-state"), ["KeepStateBucket"]);
        assert.deepEqual(denied(action, "arn:aws:s3:::project-prod-evidence-1"), []);
      });
    }

    it("denies to lose a version of the state", () => {
      const object = "arn:aws:s3:::acme-state/compliance/.pulumi/stacks/project/prod.json";
      assert.deepEqual(denied("s3:DeleteObjectVersion", object), ["KeepStateBucket"]);
      assert.deepEqual(denied("s3:PutObject", object), []);
    });

    for (const action of [
      "kms:ScheduleKeyDeletion",
      "kms:DisableKey",
      "kms:DisableKeyRotation",
      "kms:PutKeyPolicy",
      "kms:CreateGrant",
      "kms:UpdateAlias",
      "kms:DeleteAlias",
    ]) {
      it(`denies ${action} on the key of the state`, () => {
        assert.ok(denied(action, "arn:aws:kms:us-east-1:111122223333:key/state").includes("KeepStateKey"));
      });
    }

    it("leaves room for the state itself", () => {
      const key = "arn:aws:kms:us-east-1:111122223333:key/state";
      assert.deepEqual(matching(boundary, "Allow", "kms:Decrypt", key), ["UseKeys"]);
      assert.deepEqual(denied("kms:Decrypt", key), []);
    });
  });

  it("leaves the state to Pulumi Cloud", async () => {
    const recording = await make({
      state: {
        pulumiCloud: {
          organization: "acme",
          tokenSecretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:token-AbCdEf",
        },
      },
    });
    const text = JSON.stringify(recording.resources.map(({ inputs }) => inputs));
    assert.doesNotMatch(text, /State"|acme-state/);
  });

  it("reports all problems in one error", async () => {
    await assert.rejects(
      make({
        stack: "acme/prod",
        pipeline: { account: "1", prefix: "project-target" },
        names: ["a*", "fine-*", "x y"],
      }),
      {
        message: [
          'DeliveryTarget "target" has 5 problems:',
          '  "stack": "acme/prod" is not the short name of a stack; write NAME of "Pulumi.NAME.yaml", at most 40 letters, digits or . _ -.',
          '  "pipeline.account": "1" is not an AWS account id; write 12 digits, in quotes.',
          '  "names[0]": "a*" is not a pattern of names; it needs 4 to 40 letters, digits or . _ -, with at most one "*" at the end, as in "acme-config*".',
          '  "names[2]": "x y" is not a pattern of names; it needs 4 to 40 letters, digits or . _ -, with at most one "*" at the end, as in "acme-config*".',
          '  "rolePrefix": "project-target" begins the pipeline\'s names, too. The roles need another beginning.',
        ].join("\n"),
      },
    );
  });
});

import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EvidenceBucket } from "../../components/evidence-bucket";
import { RecorderRole, type RecorderRoleArgs, type RecorderRoleChoice } from "../../components/recorder-role";
import { ACCOUNT, record, type Recording, valueOf } from "../support/pulumi-mocks";

const COMPONENT = ["compliance:aws:RecorderRole", "role"] as const;
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:config`;

const make = (
  role?: RecorderRoleChoice,
  more: Partial<RecorderRoleArgs> = {},
): Promise<Recording<RecorderRole>> =>
  record(() => {
    const evidence = new EvidenceBucket("evidence", { prefix: "config" });
    return new RecorderRole("role", { evidence, ...(role === undefined ? {} : { role }), ...more });
  });

const own = (recording: Recording<unknown>): readonly (readonly [string, string])[] =>
  recording.names().filter(([, name]) => name.startsWith("role"));

describe("RecorderRole", () => {
  it("creates AWS's service-linked role by default", async () => {
    const recording = await make();
    const type = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
    assert.deepEqual(own(recording), [[type, "role"], COMPONENT]);
    assert.equal(recording.get(type, "role").inputs["awsServiceName"], "config.amazonaws.com");
  });

  it("finds the service-linked role of an account that has it", async () => {
    const recording = await make({ serviceLinked: "existing" });
    assert.deepEqual(own(recording), [COMPONENT]);
    const path = "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
    assert.equal(await valueOf(recording.result.arn), `arn:aws:iam::${ACCOUNT}:${path}`);
  });

  it("takes a given role as it is", async () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/config`;
    const recording = await make({ existing: { arn } });
    assert.deepEqual(own(recording), [COMPONENT]);
    assert.equal(await valueOf(recording.result.arn), arn);
  });

  it("makes a role that only AWS Config of this account assumes", async () => {
    const permissionsBoundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
    const recording = await make({ leastPrivilege: { name: "config", permissionsBoundary } });
    assert.deepEqual(own(recording), [
      ["aws:iam/policy:Policy", "role-delivery"],
      ["aws:iam/role:Role", "role"],
      ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role-delivery"],
      ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role-read"],
      COMPONENT,
    ]);
    const { inputs } = recording.get("aws:iam/role:Role", "role");
    assert.equal(inputs["name"], "config");
    assert.equal(inputs["permissionsBoundary"], permissionsBoundary);
    assert.deepEqual(JSON.parse(String(inputs["assumeRolePolicy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowConfigOfThisAccount",
          Effect: "Allow",
          Principal: { Service: "config.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        },
      ],
    });
    const read = recording.get("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role-read").inputs;
    assert.equal(read["policyArn"], "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole");
  });

  it("grants that role delivery to exactly its bucket, prefix, key and topic", async () => {
    const recording = await make({ leastPrivilege: {} }, { snsTopicArns: [TOPIC] });
    const { inputs } = recording.get("aws:iam/policy:Policy", "role-delivery");
    assert.deepEqual(JSON.parse(String(inputs["policy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "FindTheBucket",
          Effect: "Allow",
          Action: ["s3:GetBucketAcl", "s3:ListBucket"],
          Resource: "arn:aws:s3:::evidence-0a1b2c3",
        },
        {
          Sid: "Deliver",
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: `arn:aws:s3:::evidence-0a1b2c3/config/AWSLogs/${ACCOUNT}/Config/*`,
          Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
        {
          Sid: "Encrypt",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: [`arn:aws:kms:us-east-1:${ACCOUNT}:key/evidence`],
        },
        { Sid: "Notify", Effect: "Allow", Action: "sns:Publish", Resource: [TOPIC] },
      ],
    });
  });

  it("grants that role the topics that the program makes, and their keys", async () => {
    const kmsKeyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/topics`;
    const streams = new Map([
      ["us-east-1", { topicArn: pulumi.output(TOPIC), kmsKeyArn: pulumi.output(kmsKeyArn) }],
      ["eu-west-1", { topicArn: pulumi.output(`${TOPIC}-2`), kmsKeyArn: undefined }],
    ]);
    const recording = await make({ leastPrivilege: {} }, { streams });
    const { inputs } = recording.get("aws:iam/policy:Policy", "role-delivery");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Resource: unknown }[] };
    assert.deepEqual(Statement.at(-2)?.Resource, [
      `arn:aws:kms:us-east-1:${ACCOUNT}:key/evidence`,
      kmsKeyArn,
    ]);
    assert.deepEqual(Statement.at(-1)?.Resource, [TOPIC, `${TOPIC}-2`]);
  });

  const refusals: readonly (readonly [string, RecorderRoleChoice, string])[] = [
    [
      "a user in place of a role",
      { existing: { arn: `arn:aws:iam::${ACCOUNT}:user/me` } },
      "role.existing.arn",
    ],
    ["a role's name in place of its ARN", { existing: { arn: "config" } }, "role.existing.arn"],
    ["a name over 64 characters", { leastPrivilege: { name: "r".repeat(65) } }, "role.leastPrivilege.name"],
    [
      "a boundary that is no policy",
      { leastPrivilege: { permissionsBoundary: "b" } },
      "role.leastPrivilege.permissionsBoundary",
    ],
  ];
  for (const [what, role, path] of refusals) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(make(role), (error: Error) => {
        assert.ok(error instanceof pulumi.ResourceError);
        assert.match(error.message, /^RecorderRole "role" has 1 problem:/);
        assert.ok(error.message.includes(`"${path}": `), error.message);
        return true;
      });
    });
  }
});

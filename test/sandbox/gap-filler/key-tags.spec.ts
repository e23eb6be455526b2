import * as assert from "node:assert/strict";
import { awsClients } from "../local-aws/clients";
import { Identities } from "./identities";

const ROLE = "arn:aws:iam::123456789012:role/deploy";
const POLICY = encodeURIComponent(
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:PutKeyPolicy", "kms:TagResource"],
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/compliance:stack": "project/prod" } },
      },
      {
        Effect: "Allow",
        Action: ["kms:CreateKey", "kms:TagResource"],
        Resource: "*",
        Condition: {
          StringEquals: { "aws:RequestTag/compliance:stack": "project/prod" },
          Null: { "aws:ResourceTag/compliance:stack": "true", "kms:ResourceAliases": "true" },
        },
      },
    ],
  }),
);

/** A key as it is before the request. */
interface Key {
  readonly stack?: string;
  readonly alias?: string;
}

async function judged(operation: string, body: object, key: Key = {}, policy = POLICY): Promise<void> {
  const aws = awsClients("http://127.0.0.1:1", "us-east-1");
  const answers: Readonly<Record<string, object>> = {
    GetRoleCommand: { Role: {} },
    ListRolePoliciesCommand: { PolicyNames: ["own"] },
    GetRolePolicyCommand: { PolicyDocument: policy },
    ListAttachedRolePoliciesCommand: { AttachedPolicies: [] },
    AssumeRoleCommand: { Credentials: { AccessKeyId: "SESSION" } },
    ListResourceTagsCommand: {
      Tags: key.stack === undefined ? [] : [{ TagKey: "compliance:stack", TagValue: key.stack }],
    },
    ListAliasesCommand: { Aliases: key.alias === undefined ? [] : [{ AliasName: key.alias }] },
  };
  const answer =
    (_next: unknown, { commandName = "" }: { commandName?: string }) =>
    () =>
      Promise.resolve({ response: {}, output: { $metadata: {}, ...answers[commandName] } });
  aws.iam.middlewareStack.add(answer, { step: "initialize" });
  aws.sts.middlewareStack.add(answer, { step: "initialize" });
  aws.kms.middlewareStack.add(answer, { step: "initialize" });
  const identities = new Identities();
  await identities.session({ aws }, ROLE);
  const scope = { region: "us-east-1", service: "kms" };
  const request = {
    method: "POST",
    url: new URL("http://127.0.0.1/"),
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=SESSION/20260101/us-east-1/kms/aws4_request, Signature=x",
      "x-amz-target": `TrentService.${operation}`,
    },
    body: Buffer.from(JSON.stringify(body)),
  };
  await identities.judge(request, scope, { region: scope.region, aws, elsewhere: () => aws });
}

describe("the local AWS's judgement of who may change a key", () => {
  const KeyId = "0a1b2c3d";
  const tags = (stack: string): object => ({
    Tags: [{ TagKey: "compliance:stack", TagValue: stack }],
  });
  const refused = { code: "AccessDeniedException" };

  it("goes by the tag that the key has", async () => {
    await judged("PutKeyPolicy", { KeyId }, { stack: "project/prod", alias: "alias/project-prod-evidence" });
    for (const key of [{}, { stack: "project/dev" }])
      await assert.rejects(judged("PutKeyPolicy", { KeyId }, key), refused);
  });

  it("goes by the tag that a new key is to have", async () => {
    await judged("CreateKey", tags("project/prod"));
    for (const body of [{}, tags("project/dev")]) await assert.rejects(judged("CreateKey", body), refused);
  });

  it("asks for the permission to tag when a key is made with tags", async () => {
    const policy = encodeURIComponent(
      JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:CreateKey", Resource: "*" }] }),
    );
    await judged("CreateKey", {}, {}, policy);
    await assert.rejects(judged("CreateKey", tags("project/prod"), {}, policy), refused);
  });

  it("refuses to draw a key into reach that belongs to somebody else", async () => {
    const body = { KeyId, ...tags("project/prod") };
    for (const key of [{ alias: "alias/payroll" }, { stack: "project/dev" }])
      await assert.rejects(judged("TagResource", body, key), refused);
    await judged("TagResource", body, { stack: "project/prod", alias: "alias/project-prod-trail" });
  });
});

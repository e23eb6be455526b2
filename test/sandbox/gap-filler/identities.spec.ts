import * as assert from "node:assert/strict";
import { awsClients, type AwsClients } from "../local-aws/clients";
import { Identities } from "./identities";
import { askedOf } from "./requests";
import type { AwsRequest } from "./server";

const ACCOUNT = "123456789012";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const CONFIG = { region: "us-east-1", service: "config" };
const IAM = { region: "us-east-1", service: "iam" };

const document = (...statements: readonly object[]): string =>
  encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const allow = (Action: string, Resource: string, Condition = {}): object => ({
  Effect: "Allow",
  Action,
  Resource,
  Condition,
});

/** What IAM knows of the roles; everything else of AWS is out of reach. */
interface Known {
  readonly policy: string;
  readonly boundary?: string;
  readonly trust?: string;
}

function clients({ policy, boundary, trust = document() }: Known): AwsClients {
  const aws = awsClients("http://127.0.0.1:1", "us-east-1");
  const Role = {
    AssumeRolePolicyDocument: trust,
    ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: BOUNDARY } }),
  };
  const answers: Readonly<Record<string, object>> = {
    GetRoleCommand: { Role },
    ListRolePoliciesCommand: { PolicyNames: ["own"] },
    GetRolePolicyCommand: { PolicyDocument: policy },
    ListAttachedRolePoliciesCommand: { AttachedPolicies: [] },
    GetPolicyCommand: { Policy: { DefaultVersionId: "v1" } },
    GetPolicyVersionCommand: { PolicyVersion: { Document: boundary } },
    AssumeRoleCommand: { Credentials: { AccessKeyId: "SESSION", SecretAccessKey: "s", SessionToken: "t" } },
  };
  const answer =
    (_next: unknown, { commandName = "" }: { commandName?: string }) =>
    () =>
      Promise.resolve({ response: {}, output: { $metadata: {}, ...answers[commandName] } });
  aws.iam.middlewareStack.add(answer, { step: "initialize" });
  aws.sts.middlewareStack.add(answer, { step: "initialize" });
  return aws;
}

function request(
  headers: Readonly<Record<string, string>>,
  body: string,
  method = "POST",
  address = "/",
): AwsRequest {
  const authorization = "AWS4-HMAC-SHA256 Credential=SESSION/20260101/us-east-1/x/aws4_request, Signature=x";
  return {
    method,
    url: new URL(address, "http://127.0.0.1"),
    headers: { authorization, ...headers },
    body: Buffer.from(body),
  };
}
const json = (target: string, body: object): AwsRequest =>
  request({ "x-amz-target": `Service.${target}` }, JSON.stringify(body));
const form = (fields: Readonly<Record<string, string>>): AwsRequest =>
  request({ "content-type": "application/x-www-form-urlencoded" }, new URLSearchParams(fields).toString());

/** Whether a session of the role may make a request. */
async function judged(known: Known, asked: AwsRequest, scope: typeof CONFIG): Promise<void> {
  const aws = clients(known);
  const identities = new Identities();
  await identities.session({ aws }, ROLE);
  await identities.judge(asked, scope, { region: scope.region, aws, elsewhere: () => aws });
}

describe("the local AWS's judgement of who may do what", () => {
  const putRule = json("PutConfigRule", { ConfigRule: { ConfigRuleName: "rule" } });

  it("lets the literal credentials do everything", async () => {
    const aws = clients({ policy: document() });
    const asked = {
      ...putRule,
      headers: { authorization: "Credential=test/20260101/us-east-1/config/aws4_request" },
    };
    await new Identities().judge(asked, CONFIG, { region: "us-east-1", aws, elsewhere: () => aws });
  });

  it("wants the action to be allowed on the resource", async () => {
    const rules = `arn:aws:config:*:${ACCOUNT}:config-rule/*`;
    await judged({ policy: document(allow("config:PutConfigRule", rules)) }, putRule, CONFIG);
    for (const policy of [
      document(),
      document(allow("config:DeleteConfigRule", rules)),
      document(allow("config:PutConfigRule", "arn:aws:config:*:999999999999:*")),
    ]) {
      await assert.rejects(judged({ policy }, putRule, CONFIG), {
        code: "AccessDeniedException",
        status: 403,
      });
    }
  });

  it("wants the boundary to allow it, too", async () => {
    const policy = document(allow("config:*", "*"));
    await judged({ policy, boundary: document(allow("config:*", "*")) }, putRule, CONFIG);
    const other = judged({ policy, boundary: document(allow("s3:*", "*")) }, putRule, CONFIG);
    await assert.rejects(other, { code: "AccessDeniedException" });
  });

  it("knows the boundary that a new role is to have", async () => {
    const create = (fields: Readonly<Record<string, string>>): AwsRequest =>
      form({ Action: "CreateRole", RoleName: "new", ...fields });
    const condition = { StringEquals: { "iam:PermissionsBoundary": BOUNDARY } };
    const policy = document(allow("iam:CreateRole", `arn:aws:iam::${ACCOUNT}:role/new`, condition));
    await judged({ policy }, create({ PermissionsBoundary: BOUNDARY }), IAM);
    await assert.rejects(judged({ policy }, create({}), IAM), { code: "AccessDenied" });
  });

  it("wants the role that is handed on to be allowed for that service", async () => {
    const recorder = {
      ConfigurationRecorder: { name: "default", roleARN: `arn:aws:iam::${ACCOUNT}:role/recorder` },
    };
    const put = json("PutConfigurationRecorder", recorder);
    const pass = (service: string): object =>
      allow("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": service } });
    const own = allow("config:PutConfigurationRecorder", "*");
    await judged({ policy: document(own, pass("config.amazonaws.com")) }, put, CONFIG);
    await assert.rejects(
      judged({ policy: document(own, pass("lambda.amazonaws.com")) }, put, CONFIG),
      /iam:PassRole/,
    );
  });

  it("wants the trust of a role that is assumed", async () => {
    const assume = form({ Action: "AssumeRole", RoleArn: `arn:aws:iam::${ACCOUNT}:role/target` });
    const policy = document(allow("sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/target`));
    const trusting = (arn: string): string =>
      document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": arn } },
      });
    const sts = { region: "us-east-1", service: "sts" };
    await judged({ policy, trust: trusting(ROLE) }, assume, sts);
    await assert.rejects(judged({ policy, trust: trusting(`${ROLE}-2`) }, assume, sts), {
      code: "AccessDenied",
    });
  });

  it("reads action and resource of a request in the protocol of each service", () => {
    const of = (asked: AwsRequest, service: string) => {
      const { action, resources } = askedOf(asked, { region: "us-east-1", service }) ?? {};
      return [action, resources?.map(([first]) => first)];
    };
    const plain = (method: string, address: string): AwsRequest => request({}, "", method, address);
    assert.deepEqual(of(plain("PUT", "/bucket?versioning"), "s3"), [
      "s3:PutBucketVersioning",
      ["arn:aws:s3:::bucket"],
    ]);
    assert.deepEqual(of(plain("GET", "/bucket/a/b.json"), "s3"), [
      "s3:GetObject",
      ["arn:aws:s3:::bucket/a/b.json"],
    ]);
    assert.deepEqual(of(plain("DELETE", "/bucket/a?versionId=1"), "s3"), [
      "s3:DeleteObjectVersion",
      ["arn:aws:s3:::bucket/a"],
    ]);
    assert.deepEqual(
      of(
        form({ Action: "DeleteAlarms", "AlarmNames.member.1": "a", "AlarmNames.member.2": "b" }),
        "monitoring",
      ),
      [
        "cloudwatch:DeleteAlarms",
        [
          `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:a`,
          `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:b`,
        ],
      ],
    );
    assert.deepEqual(of(plain("POST", "/create-ms-teams-channel-configuration"), "chatbot"), [
      "chatbot:CreateMicrosoftTeamsChannelConfiguration",
      ["*"],
    ]);
    assert.equal(
      askedOf(form({ Action: "GetCallerIdentity" }), { region: "us-east-1", service: "sts" }),
      undefined,
    );
  });
});

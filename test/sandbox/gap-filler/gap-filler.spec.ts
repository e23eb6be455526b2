import * as assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  PutConfigRuleCommand,
  PutConfigurationRecorderCommand,
  type ConfigurationRecorder,
  type ConfigRule,
} from "@aws-sdk/client-config-service";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { bucketPolicyGuard, documentOperations, formGuard } from "./documents";
import { recorderOperations } from "./recorders";
import { ruleOperations } from "./rules";
import { GapFiller, type JsonHandler } from "./server";

const ROLE = "arn:aws:iam::123456789012:role/recorder";
const RULES = new Map([
  ["CHANGE_ONLY", { "Trigger type": "Configuration changes" }],
  ["PERIODIC", { "Trigger type": "Periodic" }],
]);

/** Stands for moto: remembers the recorder as moto does, without its recording mode. */
function fakeMoto(): http.Server {
  let recorders: unknown[] = [];
  return http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const target = String(request.headers["x-amz-target"]);
      const answers: Record<string, () => unknown> = {
        "StarlingDoveService.PutConfigurationRecorder": () => {
          recorders = [{ name: "default", roleARN: ROLE }];
          return {};
        },
        "StarlingDoveService.DescribeConfigurationRecorders": () => ({ ConfigurationRecorders: recorders }),
        "TrentService.CreateKey": () => ({ KeyMetadata: { KeyId: "key" } }),
      };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(answers[target]?.() ?? {}));
    });
  });
}

describe("the gap filler", () => {
  const moto = fakeMoto();
  let gaps: GapFiller;
  let config: ConfigServiceClient;
  let settings: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };

  before(async () => {
    await new Promise<void>((resolve) => moto.listen(0, "127.0.0.1", resolve));
    const operations: Record<string, JsonHandler> = documentOperations();
    for (const [name, handler] of Object.entries({
      ...recorderOperations(),
      ...ruleOperations(RULES, { put: ({ forward }) => forward() }, () => undefined),
    })) {
      operations[`StarlingDoveService.${name}`] = handler;
    }
    gaps = new GapFiller(
      () => ({ hands: undefined, operations, guards: [bucketPolicyGuard, formGuard] }),
      portOf(moto),
    );
    await gaps.listen();
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    settings = { endpoint: gaps.endpoint, region: "us-east-1", credentials };
    config = new ConfigServiceClient(settings);
  });

  after(async () => {
    config.destroy();
    await gaps.close();
    moto.closeAllConnections();
    moto.close();
  });

  const putRecorder = (recorder: ConfigurationRecorder): Promise<unknown> =>
    config.send(
      new PutConfigurationRecorderCommand({
        ConfigurationRecorder: { name: "default", roleARN: ROLE, ...recorder },
      }),
    );
  const putRule = (rule: Partial<ConfigRule>): Promise<unknown> => {
    const Source = { Owner: "AWS" as const, SourceIdentifier: "CHANGE_ONLY" };
    return config.send(new PutConfigRuleCommand({ ConfigRule: { ConfigRuleName: "rule", Source, ...rule } }));
  };

  it("refuses a rule while there is no recorder", async () => {
    await assert.rejects(putRule({}), { name: "NoAvailableConfigurationRecorderException" });
  });

  it("keeps the recording mode that moto forgets, and shows continuous recording for none", async () => {
    const override = { resourceTypes: ["AWS::EC2::Volume" as const], recordingFrequency: "DAILY" as const };
    const mode = { recordingFrequency: "CONTINUOUS" as const, recordingModeOverrides: [override] };
    for (const recordingMode of [mode, undefined]) {
      await putRecorder(recordingMode ? { recordingMode } : {});
      const { ConfigurationRecorders } = await config.send(new DescribeConfigurationRecordersCommand({}));
      const expected = recordingMode ?? { recordingFrequency: "CONTINUOUS", recordingModeOverrides: [] };
      assert.deepEqual(ConfigurationRecorders?.[0]?.recordingMode, expected);
    }
  });

  it("refuses two overrides and daily recording of types that have none", async () => {
    const override = { resourceTypes: ["AWS::EC2::Volume" as const], recordingFrequency: "DAILY" as const };
    const two = { recordingFrequency: "DAILY" as const, recordingModeOverrides: [override, override] };
    await assert.rejects(putRecorder({ recordingMode: two }), { name: "ValidationException" });
    const never = { ...override, resourceTypes: ["AWS::Config::ResourceCompliance" as const] };
    const one = { recordingFrequency: "CONTINUOUS" as const, recordingModeOverrides: [never] };
    await assert.rejects(putRecorder({ recordingMode: one }), { name: "InvalidRecordingGroupException" });
  });

  it("refuses a recorder without a role and one with the name of a service-linked recorder", async () => {
    await assert.rejects(putRecorder({ roleARN: "" }), { name: "InvalidRoleException" });
    const name = "AWSConfigurationRecorderForConformancePacks";
    await assert.rejects(putRecorder({ name }), { name: "UnmodifiableEntityException" });
  });

  it("refuses a frequency on a rule that only changes trigger", async () => {
    await assert.rejects(
      putRule({ MaximumExecutionFrequency: "One_Hour" }),
      /not allowed because only a change/,
    );
    const Source = { Owner: "AWS" as const, SourceIdentifier: "PERIODIC" };
    await putRule({ Source, MaximumExecutionFrequency: "One_Hour" });
  });

  it("refuses parameters that are blank, not text, or too long", async () => {
    for (const InputParameters of ['{"a":" "}', '{"a":10}']) {
      await assert.rejects(
        putRule({ InputParameters }),
        /Blank spaces are not acceptable for input parameter: a/,
      );
    }
    const InputParameters = JSON.stringify({ a: "x".repeat(1024) });
    await assert.rejects(putRule({ InputParameters }), { name: "ValidationException" });
    await putRule({ InputParameters: '{"a":"1"}' });
  });

  it("refuses a key policy that locks its author out", async () => {
    const kms = new KMSClient(settings);
    const policy = (Action: string): string =>
      JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { AWS: "123456789012" }, Action, Resource: "*" }],
      });
    await kms.send(new CreateKeyCommand({ Policy: policy("kms:*") }));
    await assert.rejects(
      kms.send(new CreateKeyCommand({ Policy: policy("kms:Encrypt") })),
      /update the key policy/,
    );
    await assert.rejects(kms.send(new CreateKeyCommand({ Policy: "no" })), {
      name: "MalformedPolicyDocumentException",
    });
    kms.destroy();
  });

  it("refuses a bucket policy that is not JSON or names another bucket", async () => {
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const put = (Policy: string): Promise<unknown> =>
      s3.send(new PutBucketPolicyCommand({ Bucket: "evidence", Policy }));
    await assert.rejects(put("no"), { name: "MalformedPolicy" });
    const other = {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::other/*",
    };
    await assert.rejects(put(JSON.stringify({ Statement: [other] })), /invalid resource/);
    s3.destroy();
  });

  it("refuses a trust policy that names a resource", async () => {
    const iam = new IAMClient(settings);
    const trust = { Effect: "Allow", Principal: { Service: "x" }, Action: "sts:AssumeRole", Resource: "*" };
    const AssumeRolePolicyDocument = JSON.stringify({ Statement: [trust] });
    const create = new CreateRoleCommand({ RoleName: "role", AssumeRolePolicyDocument });
    await assert.rejects(iam.send(create), /prohibited field Resource/);
    iam.destroy();
  });
});

function portOf(server: http.Server): number {
  const address: AddressInfo | string | null = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return address.port;
}

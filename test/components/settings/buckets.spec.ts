import * as assert from "node:assert/strict";
import { problemsOf } from "./problems-of";

type Config = Readonly<Record<string, unknown>>;

const STATE = { bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/k" } };
const BASE: Config = {
  parts: ["detection", "trail", "pipeline", "target"],
  selection: { controls: ["rds-multi-az-support"] },
  state: STATE,
  target: { stack: "prod" },
};
const pipeline = (own: object) => ({
  pipeline: {
    source: { codeCommit: { repositoryName: "compliance" } },
    waves: [{ stacks: [{ stack: "prod" }] }],
    ...own,
  },
});
const evidence = (bucket: object) => ({ evidence: { bucket } });
const trail = (bucketName: string) => ({ trail: { create: { bucketName } } });
const source = (bucketName: string) => pipeline({ source: { s3: { bucketName, objectKey: "s.zip" } } });

describe("The settings' buckets", () => {
  it("may all have names of their own", async () => {
    const buckets = { ...evidence({ create: { bucketName: "acme" } }), ...trail("acme-trail") };
    assert.deepEqual(await problemsOf({ ...BASE, ...buckets, ...source("acme-source") }), []);
  });

  const refused: readonly (readonly [string, Config, RegExp])[] = [
    [
      "evidence and trail",
      { ...evidence({ create: { bucketName: "acme-same" } }), ...trail("acme-same") },
      /^"compliance:trail\.create\.bucketName": It would be "acme-same", the bucket of the evidence\. Choose another/,
    ],
    [
      "the trail and the access logs of the evidence",
      { ...evidence({ create: { bucketName: "acme" } }), ...trail("acme-access-logs") },
      /^"compliance:trail\.create\.bucketName": .* of the access logs of the evidence/,
    ],
    [
      "the access logs of the trail and evidence that exists",
      { ...evidence({ existing: { bucketName: "acme-access-logs" } }), ...trail("acme") },
      /^"compliance:trail\.create\.bucketName": The bucket of the access logs of the trail would be/,
    ],
    [
      "source and evidence",
      { ...evidence({ existing: { bucketName: "acme" } }), ...source("acme") },
      /^"compliance:pipeline\.source\.s3\.bucketName": .*the bucket of the evidence/,
    ],
    [
      "state and trail",
      trail("acme-state"),
      /^"compliance:state\.bucket\.bucketName": .*the bucket of the trail/,
    ],
    [
      "artefacts and trail",
      { ...trail("acme"), ...pipeline({ artifacts: { create: { bucketName: "acme" } } }) },
      /^"compliance:pipeline\.artifacts\.create\.bucketName": .*the bucket of the trail/,
    ],
    [
      "source and state",
      source("acme-state"),
      /^"compliance:pipeline\.source\.s3\.bucketName": .*the bucket of the state/,
    ],
  ];
  for (const [what, config, message] of refused) {
    it(`are not one for ${what}`, async () => {
      const problems = await problemsOf({ ...BASE, ...pipeline({}), ...config });
      // Two buckets with access logs collide in these, too.
      assert.match(problems[0] ?? "", message);
      assert.equal(
        new Set(problems.map((line) => line.slice(0, line.indexOf(": ")))).size,
        1,
        problems.join("\n"),
      );
    });
  }
});

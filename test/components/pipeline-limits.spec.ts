import * as assert from "node:assert/strict";
import type { SourceChoice, StateChoice } from "../../components/pipeline-choices";
import { pipelineProblems } from "../../components/pipeline-limits";
import { LONGEST_PREFIX } from "../../components/pipeline-names";
import { assertOne, THIN } from "./pipeline-support";

const pipeline = (args: Partial<typeof THIN>): ReturnType<typeof pipelineProblems> =>
  pipelineProblems({ ...THIN, ...args }, "dev");

describe("The limits of a pipeline", () => {
  it("let a good one pass", () => {
    assert.deepEqual(pipeline({}), []);
  });

  const stacks = (count: number): { readonly stack: string }[] =>
    Array.from({ length: count }, (_, index) => ({ stack: `s${index}` }));
  const waves = (count: number): { readonly stacks: { readonly stack: string }[] }[] =>
    stacks(count).map((stack) => ({ stacks: [stack] }));
  const connection = (name?: string): SourceChoice => ({
    connection: {
      repository: "acme/compliance",
      branch: "main",
      provider: "GitHub",
      connection: { create: { name } },
    },
  });

  it("take as much as CodePipeline does", () => {
    assert.deepEqual(pipeline({ waves: waves(22) }), []);
    assert.deepEqual(pipeline({ waves: [{ stacks: stacks(49) }] }), []);
    assert.deepEqual(pipeline({ prefix: "p".repeat(LONGEST_PREFIX) }), []);
    assert.deepEqual(pipeline({ source: connection("n".repeat(32)) }), []);
  });

  const refused: readonly (readonly [string, Partial<typeof THIN>, RegExp])[] = [
    ["no wave", { waves: [] }, /^waves: 0 waves are given; 1 to 22/],
    ["more waves than stages", { waves: waves(23) }, /^waves: 23 waves/],
    ["a wave without stacks", { waves: [{ stacks: [] }] }, /^waves\[0\]\.stacks: It holds no stack/],
    ["more stacks than actions", { waves: [{ stacks: stacks(50) }] }, /^waves: 50 stacks are given; 49/],
    [
      "a stack in two waves",
      { waves: [...waves(1), ...waves(1)] },
      /^waves\[1\]\.stacks\[0\]\.stack: "s0" is listed twice/,
    ],
    [
      "the pipeline's own stack",
      { waves: [{ stacks: [{ stack: "dev" }] }] },
      /^waves\[0\].*an update of a running pipeline makes that execution fail\. Name another stack; self-update/,
    ],
    [
      "a full name of a stack",
      { waves: [{ stacks: [{ stack: "acme/project/prod" }] }] },
      /^waves\[0\]\.stacks\[0\]\.stack: .*is not the short name/,
    ],
    [
      "a stack whose artefact has too long a name",
      { verify: { schedule: "never" }, waves: [{ stacks: [{ stack: "-".repeat(31) }] }] },
      /is too long: its artefact would be named/,
    ],
    [
      "a stack whose rule has too long a name",
      { waves: [{ stacks: [{ stack: "s".repeat(60) }] }] },
      /The rule ".*" would have 79 characters; 64 are allowed\. Write a shorter "prefix", or "verify\.schedule: never"/,
    ],
    [
      "an account that is none",
      { waves: [{ stacks: [{ stack: "prod", account: "1234" }] }] },
      /^waves\[0\]\.stacks\[0\]\.account: "1234" is not an AWS account id/,
    ],
    [
      "too long a beginning of roles",
      { waves: [{ stacks: [{ stack: "prod", rolePrefix: "a".repeat(52) }] }] },
      /rolePrefix: "a{52}" cannot begin the name of a role; it needs 1 to 51 letters/,
    ],
    [
      "a beginning of roles that is none",
      { waves: [{ stacks: [{ stack: "prod", rolePrefix: "a b" }] }] },
      /rolePrefix: "a b" cannot begin the name of a role/,
    ],
    ["too long a prefix", { prefix: "p".repeat(LONGEST_PREFIX + 1) }, /^prefix: .*needs 1 to 48 letters/],
    [
      "a connection whose default name is too long",
      { prefix: "p".repeat(40), source: connection() },
      /^source\.connection\.create\.name: .*has 40 characters; 1 to 32 are allowed\. Write a shorter one here/,
    ],
    ["no tests", { build: { enabled: false } }, /^build\.enabled: A pipeline without tests/],
    ["an approval that nobody can give", { approve: { timeoutMinutes: 4 } }, /^approve\.timeoutMinutes: 4/],
    ["an approval for months", { approve: { timeoutMinutes: 86_401 } }, /^approve\.timeoutMinutes: 86401/],
    ["too old a preview", { deploy: { maxAgeMinutes: 43_201 } }, /^deploy\.maxAgeMinutes: 43201/],
    ["a retention that does not exist", { logRetentionDays: 10 }, /^logRetentionDays: 10/],
    ["a key of another region", { kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/k" }, /^kmsKeyArn: /],
    [
      "artefacts among the state",
      { artifacts: { existing: { bucketName: "acme-state" } } },
      /^artifacts\.existing\.bucketName: .*bucket of the state/,
    ],
    [
      "artefacts whose access logs would be the state",
      { artifacts: { create: { bucketName: "acme" } }, state: bucket("acme-access-logs") },
      /^artifacts\.create\.bucketName: .* "acme-access-logs", the bucket of the state/,
    ],
    [
      "a bucket's name that its suffix makes too long",
      { artifacts: { create: { bucketName: "b".repeat(52) } } },
      /^artifacts\.create\.bucketName: .*3 to 51/,
    ],
    [
      "artefacts for no time",
      { artifacts: { create: { expireDays: 0 } } },
      /^artifacts\.create\.expireDays: 0/,
    ],
    [
      "source that would be state",
      { source: { s3: { bucketName: "acme-state", objectKey: "s.zip" } } },
      /^source\.s3\.bucketName: .*the bucket of the state/,
    ],
  ];
  for (const [what, args, expected] of refused) {
    it(`refuse ${what}`, () => assertOne(pipeline(args), expected));
  }

  function bucket(bucketName: string): StateChoice {
    return { bucket: { bucketName, kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/k" } };
  }
});

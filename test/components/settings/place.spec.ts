import * as assert from "node:assert/strict";
import { problemsOf } from "./problems-of";

const SELECTION = { controls: ["rds-multi-az-support"] };
const ONLY = { selection: SELECTION, parts: ["detection"] };

describe("The settings' regions and accounts", () => {
  it("are of one partition", async () => {
    const problems = await problemsOf({ ...ONLY, regions: ["us-east-1", "cn-north-1", "us-gov-west-1"] });
    assert.equal(problems.length, 2, problems.join("\n"));
    assert.match(
      problems[0] ?? "",
      /^"compliance:regions\[1\]": "cn-north-1" is in the partition "aws-cn", "us-east-1" in "aws"\. .*a stack of its own/,
    );
    assert.match(
      problems[1] ?? "",
      /^"compliance:regions\[2\]": "us-gov-west-1" is in the partition "aws-us-gov"/,
    );
    assert.deepEqual(await problemsOf({ ...ONLY, regions: ["cn-north-1", "cn-northwest-1"] }), []);
  });

  it("keep ARNs of the partition out of roles of another", async () => {
    const role = { existing: { arn: "arn:aws-cn:iam::111122223333:role/x" } };
    const problems = await problemsOf({ ...ONLY, recorder: { role } });
    assert.equal(problems.length, 1, problems.join("\n"));
    assert.match(problems[0] ?? "", /^"compliance:recorder\.role\.existing\.arn": .*"aws-cn"/);
  });

  const unquoted: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["evidence.sourceAccounts[0]", { ...ONLY, evidence: { sourceAccounts: [444455556666] } }],
    ["target.pipeline.account", target({ stack: "prod", pipeline: { account: 444455556666 } })],
    [
      "pipeline.waves[0].stacks[0].account",
      pipeline([{ stacks: [{ stack: "prod", account: 444455556666 }] }]),
    ],
  ];
  for (const [path, config] of unquoted) {
    it(`say that the account of ${path} needs quotes`, async () => {
      assert.deepEqual(await problemsOf(config), [
        `"compliance:${path}": 444455556666 is not an AWS account id; write 12 digits, in quotes.`,
      ]);
    });
  }

  it("say that any other number needs quotes where a text stands", async () => {
    const [problem = ""] = await problemsOf({ ...ONLY, evidence: { prefix: 2026 } });
    assert.match(
      problem,
      /^"compliance:evidence\.prefix": The number 2026 is not a text\. Write it in quotes\.$/,
    );
  });

  it("say who publishes to a topic of another region", async () => {
    const alertsTopicArn = "arn:aws:sns:eu-west-1:111122223333:t";
    const problems = await problemsOf({ selection: SELECTION, parts: ["trail"], trail: { alertsTopicArn } });
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? "",
      /^"compliance:trail\.alertsTopicArn": .*CloudWatch publishes only to topics/,
    );
  });

  function state() {
    return { bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/k" } };
  }
  function target(own: object) {
    return { selection: SELECTION, parts: ["target"], state: state(), target: own };
  }
  function pipeline(waves: readonly object[]) {
    const source = { codeCommit: { repositoryName: "compliance" } };
    return { selection: SELECTION, parts: ["pipeline"], state: state(), pipeline: { source, waves } };
  }
});

import * as assert from "node:assert/strict";
import type { EvidenceBucketArgs } from "../../components/evidence-bucket";
import { evidenceProblems } from "../../components/evidence-limits";

describe("evidenceProblems", () => {
  it("accepts no arguments and full ones", () => {
    assert.deepEqual(evidenceProblems({}), []);
    const kmsKeyArn = "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/k";
    const create = {
      bucketName: "acme.config-1",
      kmsKeyArn,
      retain: false,
      expireDays: 1,
      noncurrentDays: 36_500,
    };
    const tags = { "cost centre": "a/b" };
    assert.deepEqual(
      evidenceProblems({ bucket: { create }, prefix: "a/b_c", region: "us-gov-west-1", tags }),
      [],
    );
  });

  const refusals: readonly (readonly [string, EvidenceBucketArgs, string, RegExp])[] = [
    [
      "a name that S3 does not allow",
      { bucket: { create: { bucketName: "Acme_Config" } } },
      "bucket.create.bucketName",
      /not a bucket name/,
    ],
    [
      "a name too long for its log bucket",
      { bucket: { create: { bucketName: "a".repeat(52) } } },
      "bucket.create.bucketName",
      /3 to 51/,
    ],
    [
      "an ARN in place of a name",
      { bucket: { existing: { bucketName: "arn:aws:s3:::logs" } } },
      "bucket.existing.bucketName",
      /is an ARN.*"logs"/,
    ],
    [
      "a key alias",
      { bucket: { create: { kmsKeyArn: "alias/evidence" } } },
      "bucket.create.kmsKeyArn",
      /not the ARN of a KMS key/,
    ],
    [
      "a key of another region",
      { region: "us-east-1", bucket: { create: { kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/k" } } },
      "bucket.create.kmsKeyArn",
      /is in "eu-west-1".*"us-east-1"/,
    ],
    [
      "no days",
      { bucket: { create: { expireDays: 0 } } },
      "bucket.create.expireDays",
      /0 is not a whole number of days from 1/,
    ],
    [
      "half a day",
      { bucket: { create: { noncurrentDays: 1.5 } } },
      "bucket.create.noncurrentDays",
      /1.5 is not a whole number/,
    ],
    [
      "too many days",
      { bucket: { create: { accessLogDays: 36_501 } } },
      "bucket.create.accessLogDays",
      /36501/,
    ],
    ["an empty prefix", { prefix: "" }, "prefix", /leave it out/],
    ["a prefix with a trailing slash", { prefix: "config/" }, "prefix", /single slashes/],
    ["a region that is none", { region: "europe" }, "region", /not an AWS region code/],
    ["an account that is none", { sourceAccounts: ["1234"] }, "sourceAccounts[0]", /12 digits/],
    [
      "an account given twice",
      { sourceAccounts: ["111122223333", "111122223333"] },
      "sourceAccounts[1]",
      /listed twice/,
    ],
    [
      "too many accounts",
      { sourceAccounts: Array.from({ length: 101 }, (_, i) => String(100_000_000_000 + i)) },
      "sourceAccounts",
      /at most 100/,
    ],
    ["a reserved tag", { tags: { "aws:owner": "me" } }, 'tags["aws:owner"]', /not a valid tag key/],
  ];
  for (const [what, args, path, message] of refusals) {
    it(`refuses ${what}`, () => {
      const problems = evidenceProblems(args);
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
      assert.match(problems[0]?.message ?? "", message);
    });
  }
});

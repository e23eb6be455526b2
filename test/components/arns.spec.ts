import * as assert from "node:assert/strict";
import { arnProblem, keyProblems, topicProblems } from "../../components/arns";
import { assertOne } from "./pipeline-support";

const REGION = "us-east-1";
const ACCOUNT = "111122223333";

describe("The ARN of a setting", () => {
  const good: readonly (readonly [Parameters<typeof arnProblem>[1], string, string?])[] = [
    ["topic", `arn:aws:sns:${REGION}:${ACCOUNT}:alerts`],
    ["topic", `arn:aws-cn:sns:cn-north-1:${ACCOUNT}:alerts`, "cn-north-1"],
    ["key", `arn:aws:kms:${REGION}:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`],
    ["key", `arn:aws-us-gov:kms:us-gov-west-1:${ACCOUNT}:key/k`, "us-gov-east-1"],
    ["queue", `arn:aws:sqs:eu-west-1:${ACCOUNT}:siem`],
    ["function", `arn:aws:lambda:${REGION}:${ACCOUNT}:function:tell:live`],
    ["secret", `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:team/token-AbCdEf`],
    // A connection serves every region.
    ["connection", `arn:aws:codestar-connections:eu-west-1:${ACCOUNT}:connection/c`],
    ["role", `arn:aws:iam::${ACCOUNT}:role/a/b`],
    ["policy", `arn:aws:iam::${ACCOUNT}:policy/p`],
    ["policy", "arn:aws:iam::aws:policy/PowerUserAccess"],
  ];
  for (const [kind, arn, region = REGION] of good) {
    it(`may be ${arn}`, () => assert.equal(arnProblem(arn, kind, region), undefined));
  }

  const refused: readonly (readonly [string, Parameters<typeof arnProblem>[1], string, RegExp])[] = [
    ["something else", "topic", `arn:aws:sqs:${REGION}:${ACCOUNT}:q`, /not the ARN of an SNS topic; write/],
    [
      "a subscription",
      "topic",
      `arn:aws:sns:${REGION}:${ACCOUNT}:t:0-1`,
      /not the ARN of an SNS topic; write/,
    ],
    [
      "more parts than it has",
      "topic",
      "arn:aws:sns:us-east-1:12:x:y:z",
      /not the ARN of an SNS topic; write/,
    ],
    ["no region", "topic", `arn:aws:sns::${ACCOUNT}:t`, /not the ARN of an SNS topic; write/],
    ["a role in a region", "role", `arn:aws:iam:${REGION}:${ACCOUNT}:role/r`, /not the ARN of an IAM role/],
    ["an alias", "key", `arn:aws:kms:${REGION}:${ACCOUNT}:alias/k`, /such as "arn:aws:kms:.*:key\/KEY-ID"/],
    [
      "an account of two digits",
      "key",
      `arn:aws:kms:${REGION}:12:key/k`,
      /the account "12" in place of 12 digits/,
    ],
    ["a role of AWS itself", "role", "arn:aws:iam::aws:role/x", /the account "aws" in place/],
    ["no account", "queue", `arn:aws:sqs:${REGION}::q`, /no account in place of 12 digits/],
    ["a role of an account that is none", "role", "arn:aws:iam::1:role/x", /the account "1" in place/],
    [
      "a role of another partition",
      "role",
      `arn:aws-cn:iam::${ACCOUNT}:role/x`,
      /of the partition "aws-cn", but "us-east-1" is in "aws"; write one such as "arn:aws:iam::/,
    ],
    [
      "a region of another partition",
      "queue",
      `arn:aws:sqs:cn-north-1:${ACCOUNT}:q`,
      /"cn-north-1" is in "aws-cn"/,
    ],
    [
      "a connection of another partition",
      "connection",
      `arn:aws-us-gov:codeconnections:us-gov-west-1:${ACCOUNT}:connection/c`,
      /"aws-us-gov"/,
    ],
  ];
  for (const [what, kind, arn, message] of refused) {
    it(`is refused when it is ${what}`, () => assert.match(arnProblem(arn, kind, REGION) ?? "", message));
  }

  it("is not shown where a secret may stand in its place", () => {
    for (const given of ["pul-0123456789", "arn:aws:secretsmanager:us-east-1:12:secret:hunter2"]) {
      const problem = arnProblem(given, "secret", REGION) ?? "";
      assert.match(problem, /^It is not the ARN of a secret/);
      assert.doesNotMatch(problem, /pul-|hunter2/);
    }
  });

  it("is of the region whose services publish to a topic, and no FIFO topic", () => {
    const topic = (region: string, name: string) => `arn:aws:sns:${region}:${ACCOUNT}:${name}`;
    assert.deepEqual(topicProblems("t", topic(REGION, "t"), REGION, "CloudWatch"), []);
    for (const publisher of ["AWS Config", "CloudWatch", "EventBridge"] as const) {
      const check = (arn: string) => topicProblems("t", arn, REGION, publisher);
      const own = new RegExp(`^t: .*"eu-west-1"; ${publisher} publishes only to topics of its own region`);
      assertOne(check(topic("eu-west-1", "t")), own);
      assertOne(
        check(topic(REGION, "t.fifo")),
        new RegExp(`^t: .*FIFO topic; ${publisher} publishes to standard`),
      );
    }
  });

  it("is of the region of what a key encrypts", () => {
    const key = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/k`;
    assert.deepEqual(keyProblems("k", key(REGION), undefined), []);
    assertOne(keyProblems("k", key("eu-west-1"), REGION), /^k: The key is in "eu-west-1", but the bucket/);
  });
});

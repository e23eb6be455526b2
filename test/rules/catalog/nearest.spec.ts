import * as assert from "node:assert/strict";
import { didYouMean, frameworks, nearest } from "../../../rules";

const FRAMEWORKS = frameworks().map(({ id }) => id);

describe("The nearest valid name", () => {
  it("suggests the nearest valid name, and nothing for a far one", () => {
    assert.equal(
      nearest("s3-bucket-versionning", ["s3-bucket-versioning", "rds-multi-az-support"]),
      "s3-bucket-versioning",
    );
    assert.equal(nearest("something else entirely", ["s3-bucket-versioning"]), undefined);
  });
});

describe("The question after a wrong name", () => {
  const asked: readonly (readonly [
    title: string,
    given: string,
    valid: readonly string[],
    question: string | undefined,
  ])[] = [
    [
      "lists the names that begin with what was written, before a nearer one",
      "CIS",
      ["nis2", "cis-aws-1.2.0", "cis-aws-3.0.0", "cis-csc-7.1"],
      'Did you mean "cis-aws-1.2.0", "cis-aws-3.0.0" or "cis-csc-7.1"?',
    ],
    [
      "names the one alone that lacks a letter or two",
      "AWS::EC2::Volum",
      ["AWS::EC2::Volume", "AWS::EC2::VolumeAttachment"],
      'Did you mean "AWS::EC2::Volume"?',
    ],
    [
      "corrects a slip before it looks inside names",
      "prefx",
      ["prefix", "the-prefx"],
      'Did you mean "prefix"?',
    ],
    [
      "lists the names that contain what was written where none is near",
      "mfa",
      ["iam-user-mfa-enabled", "root-account-mfa-enabled", "rds-multi-az-support"],
      'Did you mean "iam-user-mfa-enabled" or "root-account-mfa-enabled"?',
    ],
    ["names each once", "dash", ["dashboard-name", "dashboard-name"], 'Did you mean "dashboard-name"?'],
    [
      "counts those that would fill the line",
      "rule",
      Array.from({ length: 12 }, (_, index) => `rule-number-${index}`),
      `Did you mean ${[0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => `"rule-number-${index}"`).join(", ")} or one of 3 more?`,
    ],
    ["is not asked of a far name", "something else entirely", ["s3-bucket-versioning"], undefined],
    ["is not asked of nothing, which every name begins with", "", ["s3-bucket-versioning"], undefined],
    ["is not asked of one letter", "s", ["s3-bucket-versioning"], undefined],
  ];
  for (const [title, given, valid, question] of asked) {
    it(title, () => {
      assert.equal(didYouMean(given, valid), question);
    });
  }

  it("means the benchmarks of CIS by their beginning", () => {
    const question = didYouMean("cis", FRAMEWORKS) ?? "";
    for (const id of FRAMEWORKS.filter((name) => name.startsWith("cis-aws-"))) {
      assert.ok(question.includes(`"${id}"`), id);
    }
    assert.ok(!question.includes("nis2"));
  });
});

import * as assert from "node:assert/strict";
import type { ConnectionSource, SourceChoice } from "../../components/pipeline-choices";
import { sourceProblems } from "../../components/source-limits";
import { assertOne } from "./pipeline-support";

describe("The limits of a source", () => {
  const at = (own: Partial<ConnectionSource>): SourceChoice => ({
    connection: {
      repository: "acme/compliance",
      branch: "main",
      provider: "GitHub",
      connection: { create: {} },
      ...own,
    },
  });
  const filter = (count: number): { readonly includes: readonly string[] } => ({
    includes: Array.from({ length: count }, () => "x".repeat(255)),
  });
  it("let good ones pass", () => {
    const triggers = [{ branches: filter(8), paths: filter(8) }, {}, {}];
    assert.deepEqual(sourceProblems(at({ triggers, branch: "feature/x-1" }), "us-east-1"), []);
    assert.deepEqual(sourceProblems(at({ provider: "GitLab", repository: "a/b/c" }), "us-east-1"), []);
    assert.deepEqual(
      sourceProblems({ s3: { bucketName: "acme-source", objectKey: "a/b.zip" } }, "us-east-1"),
      [],
    );
  });
  const arn = (text: string): ConnectionSource["connection"] => ({ existing: { arn: text } });
  const refused: readonly (readonly [string, SourceChoice, RegExp])[] = [
    [
      "a repository without owner",
      at({ repository: "compliance" }),
      /^connection\.repository: .*write "owner\/name"/,
    ],
    [
      "the address of a repository",
      at({ repository: "https://github.com/a/b" }),
      /^connection\.repository: /,
    ],
    ["a group inside a group at GitHub", at({ repository: "a/b/c" }), /^connection\.repository: /],
    ["the end of an address", at({ repository: "a/b.git" }), /^connection\.repository: .*without .*"\.git"/],
    [
      "a connection of another partition",
      at({ connection: arn("arn:aws-cn:codeconnections:cn-north-1:123456789012:connection/c") }),
      /^connection\.existing\.arn: .*partition "aws-cn"/,
    ],
    ["a pattern of branches", at({ branch: "release/*" }), /^connection\.branch: .*write one branch/],
    ["a branch that Git refuses", at({ branch: "a..b" }), /^connection\.branch: /],
    [
      "an unknown connection",
      at({ connection: arn("github") }),
      /^connection\.existing\.arn: "github" is not the ARN/,
    ],
    [
      "an ARN of something else",
      at({ connection: arn("arn:aws:codecommit:us-east-1:123456789012:compliance") }),
      /^connection\.existing\.arn: /,
    ],
    [
      "four filters",
      at({ triggers: [{}, {}, {}, {}] }),
      /^connection\.triggers: 4 filters are given; .* allows 3/,
    ],
    [
      "a filter of nothing",
      at({ triggers: [{ paths: {} }] }),
      /^connection\.triggers\[0\]\.paths: It holds no pattern/,
    ],
    [
      "nine patterns",
      at({ triggers: [{ paths: filter(9) }] }),
      /^connection\.triggers\[0\]\.paths\.includes: 9/,
    ],
    [
      "too long a pattern",
      at({ triggers: [{ branches: { excludes: ["x".repeat(256)] } }] }),
      /^connection\.triggers\[0\]\.branches\.excludes\[0\]: The pattern has 256/,
    ],
    [
      "a repository with the end of an address",
      { codeCommit: { repositoryName: "compliance.git", branch: "main" } },
      /^codeCommit\.repositoryName: /,
    ],
    [
      "an object that is no archive",
      { s3: { bucketName: "acme", objectKey: "main.tar" } },
      /^s3\.objectKey: /,
    ],
  ];
  for (const [what, source, expected] of refused) {
    it(`refuse ${what}`, () => assertOne(sourceProblems(source, "us-east-1"), expected));
  }
});

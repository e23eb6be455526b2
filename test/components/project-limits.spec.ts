import * as assert from "node:assert/strict";
import type { ProjectChoices } from "../../components/pipeline-choices";
import { projectProblems } from "../../components/project-limits";
import { assertOne, lines, SECRET } from "./pipeline-support";

describe("The limits of a project", () => {
  it("let good ones pass", () => {
    const environment = { NODE_OPTIONS: "--max-old-space-size=4096", STAGE: "prod", EMPTY: "" };
    const choices = { timeoutMinutes: 2160, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1" };
    assert.deepEqual(
      projectProblems({ ...choices, environment, secrets: { NPM_TOKEN: SECRET } }, "us-east-1"),
      [],
    );
  });
  const refused: readonly (readonly [string, ProjectChoices, RegExp])[] = [
    ["too short a time", { timeoutMinutes: 4 }, /^timeoutMinutes: 4 is not .* from 5 to 2160/],
    ["a machine that does not exist", { computeType: "HUGE" }, /^computeType: "HUGE" is not one of/],
    ["a kind of machine that cannot run it", { environmentType: "WINDOWS_CONTAINER" }, /^environmentType: /],
    ["an image with spaces", { image: "my image" }, /^image: "my image" is not a Docker image/],
    ["a variable that is none", { environment: { "A-B": "x" } }, /^environment\.A-B: "A-B" is not the name/],
    [
      "a variable of the pipeline",
      { environment: { COMPLIANCE_STACK: "x" } },
      /sets this variable by itself/,
    ],
    ["a token given as a secret of its own", { secrets: { A: "ghp_x" } }, /^secrets\.A: It is not the ARN/],
    [
      "a variable given twice",
      { environment: { A: "x" }, secrets: { A: SECRET } },
      /^secrets\.A: It is in "environment"/,
    ],
  ];
  for (const [what, choices, expected] of refused) {
    it(`refuse ${what}`, () => assertOne(projectProblems(choices, "us-east-1"), expected));
  }

  const secrets: readonly (readonly [string, string])[] = [
    ["AWS_SECRET_ACCESS_KEY", "x"],
    ["AWS_ACCESS_KEY_ID", "x"],
    ["GITHUB_TOKEN", "x"],
    ["DB_PASSWORD", "x"],
    ["PULUMI_CONFIG_PASSPHRASE", "x"],
    ["npm_private_key", "x"],
    ["A", "AKIAIOSFODNN7EXAMPLE"],
    ["A", `pul-${"0123456789".repeat(4)}`],
    ["A", `ghp_${"a".repeat(36)}`],
    ["A", "github_pat_11AAAA"],
    ["A", "glpat-abcdefghijkl"],
    ["A", "-----BEGIN PRIVATE KEY-----"],
  ];
  for (const [name, value] of secrets) {
    it(`refuse ${name}=${value.slice(0, 8)}... in plain sight, and do not show it`, () => {
      const problems = projectProblems({ environment: { [name]: value } }, "us-east-1");
      assertOne(
        problems,
        /looks like a secret.*Put the value into Secrets Manager and write its ARN below "secrets"/,
      );
      if (value.length > 1) assert.ok(!lines(problems).join().includes(value));
    });
  }
});

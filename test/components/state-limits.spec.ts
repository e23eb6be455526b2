import * as assert from "node:assert/strict";
import type { StateChoice } from "../../components/pipeline-choices";
import { stateProblems } from "../../components/state-limits";
import { assertOne, lines, SECRET } from "./pipeline-support";

describe("The limits of a state", () => {
  const state = (own: object): StateChoice => ({
    bucket: { bucketName: "acme", kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/k", ...own },
  });
  const cloud = (own: object): StateChoice => ({
    pulumiCloud: { organization: "acme", tokenSecretArn: SECRET, ...own },
  });
  it("let good ones pass", () => {
    assert.deepEqual(stateProblems(state({ prefix: "a/b", region: "us-east-1" }), "eu-west-1"), []);
    assert.deepEqual(stateProblems(cloud({ readTokenSecretArn: `${SECRET}2` }), "us-east-1"), []);
  });
  const refused: readonly (readonly [string, StateChoice, RegExp])[] = [
    ["a key of another region", state({ region: "eu-west-1" }), /^bucket\.kmsKeyArn: The key is in/],
    ["a prefix with a slash at its end", state({ prefix: "a/" }), /^bucket\.prefix: /],
    ["an organisation that is none", cloud({ organization: "a b" }), /^pulumiCloud\.organization: /],
    ["one token for everything", cloud({ readTokenSecretArn: SECRET }), /would get the token that delivers/],
  ];
  it("compare the key with the region of the pipeline, where that is known", () => {
    assertOne(stateProblems(state({}), "eu-west-1"), /^bucket\.kmsKeyArn: The key is in "us-east-1"/);
    assert.deepEqual(stateProblems(state({}), undefined), []);
  });
  for (const [what, choice, expected] of refused) {
    it(`refuse ${what}`, () => assertOne(stateProblems(choice, "us-east-1"), expected));
  }
  it("never show what may be a token", () => {
    const problems = lines(stateProblems(cloud({ tokenSecretArn: "pul-0123456789" }), undefined));
    assert.match(problems.join(), /^pulumiCloud\.tokenSecretArn: It is not the ARN of a secret/);
    assert.doesNotMatch(problems.join(), /pul-/);
  });
});

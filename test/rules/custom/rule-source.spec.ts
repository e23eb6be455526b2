import * as assert from "node:assert/strict";
import { managedRules } from "../../../rules";
import { isFunctionOf, managedIdentifier, RENAMED } from "../../../rules/custom/rule-source";

const RULE = "arn:aws:config:eu-west-1:111122223333:config-rule/config-rule-abc";

describe("the code that a rule runs", () => {
  it("is AWS's of that name, for every rule of the catalogue", () => {
    const rules = managedRules();
    assert.deepEqual(
      rules.map(({ name }) => managedIdentifier(name)),
      rules.map(({ identifier }) => identifier),
    );
    const names = new Set(rules.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(RENAMED).filter((name) => !names.has(name)),
      [],
    );
  });

  for (const [arn, expected] of [
    ["arn:aws:lambda:eu-west-1:111122223333:function:acme-prod-topics-shared", true],
    ["arn:aws-cn:lambda:eu-west-1:111122223333:function:acme-prod-topics-shared", true],
    [`arn:aws:lambda:eu-west-1:111122223333:function:${"a".repeat(55)}-0123abcd`, true],
    [`arn:aws:lambda:eu-west-1:111122223333:function:${"a".repeat(54)}-0123abcd`, false],
    ["arn:aws:lambda:eu-west-1:111122223333:function:topics-shared-not", false],
    ["arn:aws:lambda:eu-central-1:111122223333:function:acme-prod-topics-shared", false],
    ["arn:aws:lambda:eu-west-1:999999999999:function:acme-prod-topics-shared", false],
    ["arn:aws:sns:eu-west-1:111122223333:acme-prod-topics-shared", false],
    ["", false],
  ] as const) {
    it(`is ${expected ? "" : "not "}the function of the control in ${arn}`, () =>
      assert.equal(isFunctionOf("topics-shared", arn, RULE), expected));
  }

  it("is the function in any place where the rule's own is not known", () => {
    const arn = "arn:aws:lambda:eu-west-1:111122223333:function:acme-prod-topics-shared";
    assert.equal(isFunctionOf("topics-shared", arn), true);
    assert.equal(isFunctionOf("topics-shared", undefined), false);
  });
});

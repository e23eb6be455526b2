import * as assert from "node:assert/strict";
import type { ConfigRule } from "../../rules";
import { inputParameters, type RuleChoices, ruleProblems } from "../../components/rule-limits";

const good: ConfigRule = {
  name: "a-rule",
  owner: "AWS",
  identifier: "A_RULE",
  parameters: {},
  resourceTypes: [],
};
const one = (more: Partial<ConfigRule>): RuleChoices => ({ rules: [{ ...good, ...more }] });
const many = (count: number): RuleChoices => ({
  rules: Array.from({ length: count }, (_, index) => ({ ...good, name: `rule-${index}` })),
});
const types = (count: number): readonly string[] => Array.from({ length: count }, () => "AWS::S3::Bucket");
/** One parameter whose JSON text has exactly so many characters. */
const sized = (characters: number) => ({ parameters: { p: "x".repeat(characters - '{"p":""}'.length) } });

describe("ruleProblems", () => {
  const accepted: readonly (readonly [string, RuleChoices])[] = [
    ["1,000 rules", many(1000)],
    ["a name of 128 characters", one({ name: "r".repeat(128) })],
    ["a description of 256 characters", one({ description: "d".repeat(256) })],
    ["1,024 characters of parameters", one(sized(1024))],
    ["100 types in scope", one({ resourceTypes: types(100) })],
    ["every frequency", one({ frequency: "One_Hour" })],
    [
      "49 tags",
      { rules: [good], tags: Object.fromEntries(types(49).map((value, index) => [`k${index}`, value])) },
    ],
  ];
  for (const [what, choices] of accepted) {
    it(`accepts ${what}`, () => assert.deepEqual(ruleProblems(choices), []));
  }

  const untyped = (text: string): Partial<ConfigRule> => JSON.parse(text) as Partial<ConfigRule>;
  const tags = Object.fromEntries(types(50).map((value, index) => [`k${index}`, value]));
  const refused: readonly (readonly [string, RuleChoices, string, RegExp])[] = [
    ["1,001 rules", many(1001), "rules", /allows 1000/],
    ["a custom control", one({ owner: "CUSTOM_LAMBDA" }), "rules[0].name", /"a-rule" is a custom control/],
    ["a name of 129 characters", one({ name: "r".repeat(129) }), "rules[0].name", /1 to 128/],
    ["a name with a space", one({ name: "a rule" }), "rules[0].name", /not a rule name/],
    ["a name twice", { rules: [good, good] }, "rules[1].name", /name of two rules/],
    [
      "an identifier in lower case",
      one({ identifier: "a-rule" }),
      "rules[0].identifier",
      /S3_BUCKET_VERSIONING_ENABLED/,
    ],
    [
      "a description of 257 characters",
      one({ description: "d".repeat(257) }),
      "rules[0].description",
      /256 are allowed/,
    ],
    ["1,025 characters of parameters", one(sized(1025)), "rules[0].parameters", /allows 1024/],
    ["a blank parameter", one({ parameters: { days: " " } }), "rules[0].parameters.days", /blank/],
    ["101 types in scope", one({ resourceTypes: types(101) }), "rules[0].resourceTypes", /allows 100/],
    [
      "the account in scope",
      one({ resourceTypes: ["AWS::::Account"] }),
      "rules[0].resourceTypes",
      /can trigger a rule/,
    ],
    ["an unknown frequency", one(untyped('{"frequency":"Hourly"}')), "rules[0].frequency", /"One_Hour"/],
    ["a batch of none", { rules: [good], batchSize: 0 }, "batchSize", /from 1 to 1000/],
    ["50 tags", { rules: [good], tags }, "tags", /at most 49/],
    [
      "the tag that keys are known by",
      { rules: [good], tags: { "Compliance:Stack": "other/prod" } },
      'tags["Compliance:Stack"]',
      /the program sets it/,
    ],
    [
      "a tag value of 257 characters",
      { rules: [good], tags: { k: "v".repeat(257) } },
      'tags["k"]',
      /at most 256/,
    ],
  ];
  for (const [what, choices, path, message] of refused) {
    it(`refuses ${what}`, () => {
      const problems = ruleProblems(choices);
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
      assert.match(problems[0]?.message ?? "", message);
    });
  }
});

describe("inputParameters", () => {
  it("is JSON text, or nothing where there are no parameters", () => {
    assert.equal(inputParameters(good), undefined);
    assert.equal(inputParameters({ ...good, parameters: { days: "90" } }), '{"days":"90"}');
  });
});

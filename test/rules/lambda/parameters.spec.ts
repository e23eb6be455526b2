import * as assert from "node:assert/strict";
import { parameterTexts, typedValues } from "../../../rules/custom/parameters";
import { ACCOUNT, changed, control, evaluation, rig, scheduled, SECONDS } from "./support";

const typed = (texts: Readonly<Record<string, string>>): unknown => typedValues(control.parameters, texts);
const NONE = { ratio: undefined, strict: undefined, names: undefined, mode: undefined };

describe("the parameters of a custom rule", () => {
  describe("as AWS Config sends them", () => {
    for (const text of [undefined, null, "", "{}"]) {
      it(`are none for ${JSON.stringify(text)}`, () =>
        assert.deepEqual(parameterTexts(text), { ok: true, values: {} }));
    }

    it("are texts by name", () =>
      assert.deepEqual(parameterTexts('{"a":"1"}'), { ok: true, values: { a: "1" } }));

    const wrong: readonly (readonly [unknown, RegExp])[] = [
      ["{", /not JSON/],
      ["[]", /no JSON object/],
      ["null", /no JSON object/],
      ['"a"', /no JSON object/],
      [{ a: "1" }, /no text/],
      ['{"a":1}', /^"a" is no text; write its value in quotation marks$/],
      ['{"a":{"b":"c"}}', /^"a" is no text/],
    ];
    for (const [text, problem] of wrong) {
      it(`are refused as ${JSON.stringify(text)}`, () => {
        const parsed = parameterTexts(text);
        assert.ok(!parsed.ok);
        assert.match(parsed.problems.join(), problem);
      });
    }
  });

  describe("as the predicate gets them", () => {
    it("have the declared types", () =>
      assert.deepEqual(
        typed({ maximum: "7", ratio: "1.5e1", strict: "True", names: " a, b ,,c", mode: "two" }),
        {
          ok: true,
          values: { maximum: 7, ratio: 15, strict: true, names: ["a", "b", "c"], mode: "two" },
        },
      ));

    it("have their defaults, or are undefined", () =>
      assert.deepEqual(typed({}), { ok: true, values: { maximum: 10, ...NONE } }));

    const wrong: readonly (readonly [string, string, string])[] = [
      ["maximum", "7.5", "a whole number from 1 to 1000"],
      ["maximum", "0", "a whole number from 1 to 1000"],
      ["maximum", "1001", "a whole number from 1 to 1000"],
      ["maximum", "9007199254740993", "a whole number from 1 to 1000"],
      ["maximum", "seven", "a whole number from 1 to 1000"],
      ["maximum", " ", "a whole number from 1 to 1000"],
      ["maximum", "0x10", "a whole number from 1 to 1000"],
      ["ratio", "Infinity", "a number"],
      ["ratio", "1e999", "a number"],
      ["ratio", ".", "a number"],
      ["strict", "yes", "true or false"],
      ["names", "a,B", "values separated by commas, each matching [a-z]+"],
      ["names", ",", "values separated by commas, each matching [a-z]+"],
      ["mode", "three", "one of one, two"],
    ];
    for (const [name, text, allowed] of wrong) {
      it(`are refused: ${name} "${text}"`, () =>
        assert.deepEqual(typed({ [name]: text }), {
          ok: false,
          problems: [`"${name}" is "${text}"; set it to ${allowed}`],
        }));
    }

    it("are refused all together, with the names that are allowed", () =>
      assert.deepEqual(typed({ maximun: "7", strict: "yes" }), {
        ok: false,
        problems: [
          '"maximun" is no parameter of the rule; allowed are maximum, ratio, strict, names, mode',
          '"strict" is "yes"; set it to true or false',
        ],
      }));

    it("are refused where one that is needed is missing", () =>
      assert.deepEqual(typedValues({ days: { type: "int", description: "Days." } }, {}), {
        ok: false,
        problems: ['"days" has no value; set it to a whole number'],
      }));

    it("are not taken from an object's own names", () => {
      const parsed = typedValues(
        {},
        JSON.parse('{"__proto__":"1","constructor":"2"}') as Record<string, string>,
      );
      assert.ok(!parsed.ok);
      assert.equal(parsed.problems.length, 2);
    });
  });

  describe("in a function", () => {
    const fn = rig();

    it("reach the predicate", async () => {
      await fn.run(changed({ configuration: { size: 50 } }, { ruleParameters: '{"maximum":"50"}' }));
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT")]);
    });

    for (const [what, ruleParameters, message] of [
      ["not JSON", "maximum=5", /are not JSON/],
      ["unknown", '{"size":"5"}', /"size" is no parameter of the rule; allowed are maximum,/],
      [
        "of the wrong type",
        '{"maximum":"five"}',
        /"maximum" is "five"; set it to a whole number from 1 to 1000/,
      ],
      ["no text", '{"maximum":5}', /"maximum" is no text/],
    ] as const) {
      it(`that are ${what} are shown in AWS Config, thrown, and leave the resource's result as it is`, async () => {
        for (const event of [changed({}, { ruleParameters }), scheduled({}, { ruleParameters })]) {
          fn.aws.reset();
          await assert.rejects(fn.run(event), { name: "InvalidParameterValueException", message });
          const [sent, ...others] = fn.evaluations();
          assert.deepEqual(others, []);
          assert.equal(sent?.["ComplianceResourceType"], "AWS::::Account");
          assert.equal(sent["ComplianceResourceId"], ACCOUNT);
          assert.equal(sent["ComplianceType"], "NOT_APPLICABLE");
          assert.equal(sent["OrderingTimestamp"], SECONDS);
          assert.match(String(sent["Annotation"]), message);
          assert.equal(fn.lines.at(-1)?.["blame"], "caller");
        }
      });
    }

    it("are thrown for even when AWS Config cannot be told", async () => {
      fn.aws.answer("PutEvaluations", () => {
        throw new Error("refused");
      });
      await assert.rejects(fn.run(changed({}, { ruleParameters: "{" })), {
        name: "InvalidParameterValueException",
      });
      assert.deepEqual(
        fn.lines.map(({ event }) => event),
        ["untold", "failed"],
      );
    });
  });
});

import * as assert from "node:assert/strict";
import { evaluate, resolveSelection, ResourceGraph } from "../../../rules";
import { typedValues } from "../../../rules/custom/parameters";
import { control, preventivePolicy } from "../../../rules/custom/tagging-value-pattern";

/** What one resource alone does not show. The parity test has the other verdicts. */

const PROVIDER = "urn:pulumi:dev::case::pulumi:providers:aws::main";
const SECRET = "4dabf18193072939515e22adb298388d";
const parameters = { tagKey: "team", valuePattern: "[a-z]+", required: true };

function findings(defaultTags: unknown, tags?: unknown) {
  const graph = new ResourceGraph([
    { urn: PROVIDER, type: "pulumi:providers:aws", inputs: { defaultTags } },
    {
      urn: "urn:pulumi:dev::case::aws:sqs/queue:Queue::orders",
      type: "aws:sqs/queue:Queue",
      inputs: tags === undefined ? {} : { tags },
      provider: `${PROVIDER}::id`,
    },
  ]);
  const evaluated = { id: "TAGGING_VALUE_PATTERN", policy: preventivePolicy, parameters };
  const { findings: found, errors } = evaluate(graph, [evaluated]);
  assert.deepEqual(errors, []);
  return found;
}

describe("the parameters of tagging-value-pattern", () => {
  for (const [valuePattern, problem] of [
    ["[", "is not a regular expression"],
    ["(a+)+", "repeats a group whose content varies"],
    ["(?=a).", "looks ahead or behind"],
  ] as const) {
    const clause = `"valuePattern" is "${valuePattern}", which ${problem}; set it to a short regular expression, e.g. cc-[0-9]{4}`;
    const texts = { tagKey: "team", valuePattern };

    it(`are refused with ${valuePattern} in a rule`, () =>
      assert.deepEqual(typedValues(control.parameters, texts), { ok: false, problems: [clause] }));

    it(`are refused with ${valuePattern} in a selection, with the place`, () => {
      const parameters = { "tagging-value-pattern": texts };
      const { problems } = resolveSelection(
        { controls: ["tagging-value-pattern"], parameters },
        { today: "2026-03-04" },
      );
      assert.deepEqual(problems, [
        { path: "parameters.tagging-value-pattern", message: `In the parameters ${clause}.` },
      ]);
    });
  }
});

describe("the policy tagging-value-pattern", () => {
  it("counts the default tags of the provider", () => {
    assert.equal(findings('{"tags":{"team":"shop"}}')[0]?.verdict, "COMPLIANT");
    assert.equal(findings('{"tags":{"team":"42"}}')[0]?.verdict, "NON_COMPLIANT");
  });

  it("lets the tags of the resource win", () =>
    assert.equal(findings('{"tags":{"team":"42"}}', { team: "shop" })[0]?.verdict, "COMPLIANT"));

  it("shows no secret", () => {
    const secret = { [SECRET]: "1b47061264138c4ac30d75fd1eb44270", value: "hidden-42" };
    for (const found of [findings({ tags: { team: secret } }), findings({}, { team: secret })]) {
      assert.equal(found[0]?.verdict, "NON_COMPLIANT");
      assert.ok(!JSON.stringify(found).includes("hidden-42"));
    }
  });
});

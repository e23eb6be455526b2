import * as assert from "node:assert/strict";
import { evaluate, evaluated, findRule, ResourceGraph, spellingsOf } from "../../../rules";
import type { Finding, ResourceFacts } from "../../../rules";
import { caseFacts, cases } from "../../../rules/cases";
import type { Case } from "../../../rules/cases";

/** It has other names for its properties, and cases of its own. */
const BUCKET = "aws:s3/bucket:Bucket";

/** What a control says of a stack, without the type that was declared. */
function verdicts(identifier: string, example: Case, facts: readonly ResourceFacts[]): readonly unknown[] {
  const rule = findRule(identifier);
  assert.ok(rule, identifier);
  const control = evaluated(rule, example.parameters ?? {}, example.strict ?? false);
  assert.ok(control, identifier);
  const { findings, errors } = evaluate(new ResourceGraph(facts), [control]);
  assert.deepEqual(errors, []);
  return findings.map(({ urn, verdict, property }: Finding) => [urn, verdict, property]);
}

describe("the names under which one AWS thing can be declared", () => {
  const types = new Set(
    [...cases.values()].flat().flatMap(({ stack }) => caseFacts(stack).map(({ type }) => type)),
  );
  const spellings = [...types].flatMap((type) =>
    type === BUCKET
      ? []
      : spellingsOf(type).flatMap((other) => (other === type ? [] : [[type, other] as const])),
  );

  it("are many", () => {
    assert.ok(spellings.length >= 20, String(spellings.length));
  });

  for (const [type, other] of spellings) {
    it(`changes no verdict of any case: ${other}`, () => {
      let judged = 0;
      for (const [identifier, examples] of cases) {
        for (const example of examples) {
          const facts = caseFacts(example.stack);
          if (!facts.some((one) => one.type === type)) continue;
          const renamed = facts.map((one) => (one.type === type ? { ...one, type: other } : one));
          assert.deepEqual(
            verdicts(identifier, example, renamed),
            verdicts(identifier, example, facts),
            `${identifier}: ${example.title}`,
          );
          judged++;
        }
      }
      assert.ok(judged > 0);
    });
  }
});

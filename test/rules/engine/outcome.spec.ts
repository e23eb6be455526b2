import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  all,
  any,
  compliant,
  given,
  not,
  notApplicable,
  undecided,
  unless,
  violation,
  when,
} from "../../../rules";
import type { Outcome, Verdict } from "../../../rules";

const reason = { found: "it is so", fix: "change it" };
const of: Readonly<Record<Verdict, Outcome>> = {
  COMPLIANT: compliant(),
  NON_COMPLIANT: violation(reason),
  NOT_APPLICABLE: notApplicable(),
  UNDECIDED: undecided(reason),
};
const verdicts = Object.keys(of) as Verdict[];
const outcome = fc.constantFrom(...verdicts.map((verdict) => of[verdict]));

describe("conditions", () => {
  const table: [Verdict, Verdict, Verdict, Verdict][] = [
    // left, right, all, any
    ["COMPLIANT", "COMPLIANT", "COMPLIANT", "COMPLIANT"],
    ["COMPLIANT", "NON_COMPLIANT", "NON_COMPLIANT", "COMPLIANT"],
    ["COMPLIANT", "UNDECIDED", "UNDECIDED", "COMPLIANT"],
    ["COMPLIANT", "NOT_APPLICABLE", "COMPLIANT", "COMPLIANT"],
    ["NON_COMPLIANT", "UNDECIDED", "NON_COMPLIANT", "UNDECIDED"],
    ["NON_COMPLIANT", "NOT_APPLICABLE", "NON_COMPLIANT", "NON_COMPLIANT"],
    ["UNDECIDED", "NOT_APPLICABLE", "UNDECIDED", "UNDECIDED"],
    ["NOT_APPLICABLE", "NOT_APPLICABLE", "NOT_APPLICABLE", "NOT_APPLICABLE"],
  ];
  for (const [left, right, both, one] of table) {
    it(`${left} and ${right} are ${both}; one of them is ${one}`, () => {
      assert.equal(all(of[left], of[right]).verdict, both);
      assert.equal(any(of[left], of[right]).verdict, one);
    });
  }

  it("do not depend on their order", () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 5 }), (outcomes) => {
        const reversed = [...outcomes].reverse();
        assert.equal(all(...outcomes).verdict, all(...reversed).verdict);
        assert.equal(any(...outcomes).verdict, any(...reversed).verdict);
      }),
    );
  });

  it("give a reason for every violation and everything undecided", () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 5 }), (outcomes) => {
        for (const result of [all(...outcomes), any(...outcomes)]) {
          const explained = result.verdict === "NON_COMPLIANT" || result.verdict === "UNDECIDED";
          assert.equal(result.reasons.length > 0, explained);
        }
      }),
    );
  });

  it("turn around, apply where something holds, and apply where it does not", () => {
    assert.equal(not(compliant(), reason).verdict, "NON_COMPLIANT");
    assert.equal(not(violation(reason), reason).verdict, "COMPLIANT");
    assert.equal(not(undecided(reason), reason).verdict, "UNDECIDED");
    assert.equal(when(violation(reason), compliant).verdict, "NOT_APPLICABLE");
    assert.equal(when(undecided(reason), compliant).verdict, "UNDECIDED");
    assert.equal(unless(compliant(), compliant).verdict, "NOT_APPLICABLE");
    assert.equal(unless(violation(reason), compliant).verdict, "COMPLIANT");
  });

  it("do not apply without the parameter that asks for them", () => {
    assert.equal(given(undefined, compliant).verdict, "NOT_APPLICABLE");
    assert.equal(given("", () => violation(reason)).verdict, "NON_COMPLIANT");
  });
});

import * as assert from "node:assert/strict";
import { safePattern } from "../../../rules/custom/safe-pattern";

const REFUSED: readonly (readonly [pattern: string, problem: string])[] = [
  ["[a-", "is not a regular expression"],
  ["a)|(b", "is not a regular expression"],
  ["a".repeat(257), "is longer than 256 characters"],
  ["(a+)+", "repeats a group whose content varies"],
  ["(?:a|aa)*b", "repeats a group whose content varies"],
  ["((a?))*", "repeats a group whose content varies"],
  ["(?<x>a|b){2,9}", "repeats a group whose content varies"],
  ["(?=a).", "looks ahead or behind"],
  ["(?<!a).", "looks ahead or behind"],
  ["(a)\\1", "refers back to a group"],
  ["(?<x>a)\\k<x>", "refers back to a group"],
  [".*.*.*.*.*x", "has too many alternatives and repetitions"],
  ["a?".repeat(40), "has too many alternatives and repetitions"],
  ["(?:a|a)".repeat(25), "has too many alternatives and repetitions"],
];

const TAKEN: readonly (readonly [pattern: string, yes: string, no: string])[] = [
  ["prod|test", "prod", "production"],
  ["[^@|(+*]+@example\\.com", "a.b@example.com", "@example.com"],
  ["(web|api|job)-[a-z]+-[a-z]+-[0-9]+", "api-shop-eu-1", "api-shop-1"],
  ["(ab){2}", "abab", "ab"],
  ["(ab)+", "ababab", "aba"],
  ["x(-[a-z]+)?", "x-y", "x-"],
  ["\\(\\d{3}\\)", "(123)", "123"],
  ["\\p{Lu}.*", "Ärger", "ärger"],
];

describe("safePattern", () => {
  for (const [pattern, problem] of REFUSED) {
    it(`refuses ${pattern.slice(0, 20)}: ${problem}`, () =>
      assert.deepEqual(safePattern(pattern), { ok: false, problem }));
  }
  for (const [pattern, yes, no] of TAKEN) {
    it(`takes ${pattern} for whole texts`, () => {
      const safe = safePattern(pattern);
      assert.ok(safe.ok);
      assert.deepEqual([safe.matches(yes), safe.matches(no)], [true, false]);
    });
  }
  it("matches no text that is longer than a tag can be", () => {
    const safe = safePattern(".*");
    assert.ok(safe.ok && safe.matches("a".repeat(256)) && !safe.matches("a".repeat(257)));
  });
});

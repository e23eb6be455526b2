import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { errorOffset } from "../../../cli/sources/json-error";

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("errorOffset", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["nonsense", 0],
    ['{"a": [}', 7],
    ['{"a": 1 "b": 2}', 8],
    ['{"a": 1,}', 8],
    ["[1, 2,, 3]", 6],
    ['{"a" 1}', 5],
    ["[1] 2", 4],
    ["[01]", 2],
    ['["a\nb"]', 1],
  ];
  for (const [text, offset] of cases) {
    it(`finds the wrong character of ${JSON.stringify(text)}`, () => {
      assert.equal(errorOffset(text), offset);
    });
  }

  it("says the end for every text that was cut off", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
        const cut = text.slice(0, Math.floor(text.length * share));
        fc.pre(!parses(cut));
        assert.equal(errorOffset(cut), cut.length);
      }),
    );
  });
});

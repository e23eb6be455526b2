import * as assert from "node:assert/strict";
import { tolerantUnknown, UNKNOWN_TEXT, withUnknownTexts } from "../../../cli/recorder/unknown";

interface Anything {
  readonly [name: string]: Anything;
}

describe("tolerantUnknown", () => {
  // Programs treat it as whatever they expect, which no type can say.
  const unknown = tolerantUnknown() as Anything &
    Iterable<unknown> & { map(f: (item: unknown) => unknown): unknown[] };

  it("has unknown properties of any depth, and is an object, for functions would be dropped", () => {
    assert.equal(unknown["a"]?.["b"]?.["c"], unknown);
    assert.equal(typeof unknown, "object");
  });

  it("can be awaited, looped over and mapped", async () => {
    assert.equal(await Promise.resolve(unknown), unknown);
    assert.deepEqual([...unknown].length, 1);
    assert.deepEqual(
      unknown.map(() => 1),
      [1],
    );
  });

  it("leaves a mark in texts and JSON, and is no number", () => {
    assert.equal(`in ${unknown as unknown as string}`, `in ${UNKNOWN_TEXT}`);
    assert.equal(JSON.stringify({ unknown }), JSON.stringify({ unknown: UNKNOWN_TEXT }));
    assert.equal(Number.isNaN(Number(unknown)), true);
  });
});

describe("withUnknownTexts", () => {
  it("makes every text with the mark unknown as a whole, and leaves the rest", () => {
    const given = { list: [`arn:${UNKNOWN_TEXT}:x`, "known", 1], map: { deep: `${UNKNOWN_TEXT}!` } };
    assert.deepEqual(withUnknownTexts(given), {
      list: [UNKNOWN_TEXT, "known", 1],
      map: { deep: UNKNOWN_TEXT },
    });
  });
});

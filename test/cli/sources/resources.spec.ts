import * as assert from "node:assert/strict";
import { UsageError } from "../../../cli/errors";
import { resourceFacts } from "../../../cli/sources/resources";
import { volume } from "../support";

type Part = Readonly<Record<string, unknown>>;

const factsOf = (more: Part): ReturnType<typeof resourceFacts> =>
  resourceFacts({ ...volume("v", true), ...more }, "a.json", "resources[0]");

describe("a resource of a document", () => {
  it("is judged unless it says outright that it is no subject", () => {
    for (const [more, passive] of [
      [{}, false],
      [{ custom: undefined }, false],
      [{ custom: null }, false],
      [{ custom: false }, true],
      [{ external: true }, true],
      [{ external: false, delete: false, pendingReplacement: null }, false],
      [{ delete: true }, true],
      [{ pendingReplacement: true }, true],
      [{ type: "pulumi:providers:aws" }, true],
    ] as const) {
      assert.equal(factsOf(more).passive, passive, JSON.stringify(more));
    }
  });

  it("has the lists that it holds; absent ones and null are empty", () => {
    const { dependencies, propertyDependencies } = factsOf({
      dependencies: ["a"],
      propertyDependencies: { tags: ["b"], size: [], encrypted: null },
    });
    assert.deepEqual([dependencies, propertyDependencies], [["a"], { tags: ["b"] }]);
    assert.deepEqual(factsOf({}).dependencies, []);
    assert.deepEqual(factsOf({ dependencies: null, propertyDependencies: null }).propertyDependencies, {});
  });

  for (const [more, message] of [
    [{ custom: "false" }, /"resources\[0\]\.custom" is neither true nor false/],
    [{ external: 1 }, /"resources\[0\]\.external" is neither true nor false/],
    [{ delete: "true" }, /"resources\[0\]\.delete" is neither true nor false/],
    [{ pendingReplacement: {} }, /"resources\[0\]\.pendingReplacement" is neither true nor false/],
    [{ dependencies: "urn" }, /"resources\[0\]\.dependencies" is not a list/],
    [{ dependencies: [null] }, /"resources\[0\]\.dependencies\[0\]" is not a text/],
    [{ propertyDependencies: { tags: "urn" } }, /"resources\[0\]\.propertyDependencies\.tags" is not a list/],
    [
      { propertyDependencies: { tags: ["urn", 1] } },
      /"resources\[0\]\.propertyDependencies\.tags\[1\]" is not a text/,
    ],
    [{ propertyDependencies: [] }, /"resources\[0\]\.propertyDependencies" is not an object/],
  ] as const) {
    it(`is refused with its place for ${JSON.stringify(more)}`, () => {
      assert.throws(
        () => factsOf(more),
        (error) => error instanceof UsageError && error.place === "a.json" && message.test(error.message),
      );
    });
  }
});

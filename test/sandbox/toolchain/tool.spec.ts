import * as assert from "node:assert/strict";
import { compareVersions } from "./tool";

describe("the order of tool versions", () => {
  it("compares numbers as numbers", () => {
    const versions = ["v3.60.0", "3.274.1", "3.248.0", "v3.274.0", "3.7.12"];
    const newestFirst = versions.sort((a, b) => compareVersions(b, a));
    assert.deepEqual(newestFirst, ["3.274.1", "v3.274.0", "3.248.0", "v3.60.0", "3.7.12"]);
  });

  it("takes a pre-release for older than its release", () => {
    assert.ok(compareVersions("3.274.1-alpha.1", "3.274.1") < 0);
    assert.equal(compareVersions("3.274.1", "v3.274.1"), 0);
  });
});

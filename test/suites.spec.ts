import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** What a configuration of mocha says. */
function configured(name: string): Readonly<Record<string, unknown>> {
  const read: unknown = JSON.parse(readFileSync(join(root, name), "utf8"));
  assert.ok(typeof read === "object" && read !== null);
  return { ...read };
}

describe("the suites", () => {
  const suites = readdirSync(root).filter((name) => name.startsWith(".mocharc"));
  const tests = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^describe\(/m.test(file.endsWith(".ts") ? readFileSync(join(__dirname, file), "utf8") : ""),
  );

  it("run every file with tests, each in one of them", () => {
    const kinds = suites.flatMap((suite) => configured(suite)["spec"]).sort();
    assert.deepEqual(kinds, ["test/**/*.e2e.ts", "test/**/*.shell.ts", "test/**/*.spec.ts"]);
    assert.deepEqual(
      tests.filter((file) => !/\.(spec|e2e|shell)\.ts$/.test(file)),
      [],
    );
  });

  // A limit is for what hangs. What a busy machine only does slowly must not fail by it.
  it("give every test the same ten minutes", () => {
    for (const suite of suites) assert.equal(configured(suite)["timeout"], 600_000, suite);
    assert.deepEqual(
      tests.filter((file) => /\.timeout\(\d/.test(readFileSync(join(__dirname, file), "utf8"))),
      [],
    );
  });
});

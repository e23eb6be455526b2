import * as assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** The entry of a configuration of mocha that lists files. */
function filesOf(configuration: string, entry: "spec" | "ignore"): readonly string[] {
  const files = entryOf(configuration, entry);
  assert.ok(Array.isArray(files));
  return files.map(String);
}

function entryOf(configuration: string, entry: string): unknown {
  const read: unknown = JSON.parse(readFileSync(join(root, configuration), "utf8"));
  return Object.getOwnPropertyDescriptor(read, entry)?.value;
}

describe("the two suites", () => {
  const shell = filesOf(".mocharc.shell.json", "spec");

  it("share all specs out: what the first leaves out is what the second runs", () => {
    assert.deepEqual(filesOf(".mocharc.json", "ignore"), shell);
  });

  // Mocha takes a pattern apart at its commas, and goes on with a warning when nothing matches.
  it("name each spec of the second by its file", () => {
    assert.deepEqual(
      shell.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });

  // A limit is for what hangs. What a busy machine only does slowly must not fail by it.
  it("give every test the same ten minutes", () => {
    for (const configuration of [".mocharc.json", ".mocharc.shell.json"]) {
      assert.equal(entryOf(configuration, "timeout"), 600_000, configuration);
    }
    const own = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter(
      (file) =>
        file.endsWith(".spec.ts") && /\.timeout\(\d/.test(readFileSync(join(__dirname, file), "utf8")),
    );
    assert.deepEqual(own, []);
  });
});

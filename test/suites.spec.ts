import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** The entry of a configuration of mocha that lists files. */
function filesOf(configuration: string, entry: "spec" | "ignore"): readonly string[] {
  const read: unknown = JSON.parse(readFileSync(join(root, configuration), "utf8"));
  const files: unknown = Object.getOwnPropertyDescriptor(read, entry)?.value;
  assert.ok(Array.isArray(files));
  return files.map(String);
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
});

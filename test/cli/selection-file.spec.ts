import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../cli/errors";
import { readSelectionFile } from "../../cli/selection-file";
import { folder, removeFolders } from "./support";

/** What is said of a file with a text. */
function refusal(name: string, text: string): string {
  const file = join(folder({}), name);
  writeFileSync(file, text);
  try {
    readSelectionFile(file);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.line;
  }
  return "";
}

describe("files that people write", () => {
  after(removeFolders);

  for (const [what, text] of [
    ["lists in brackets", `a: ${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["lists with dashes", `a:\n${"- ".repeat(100_000)}x`],
    ["maps in braces", `a: ${"{b: ".repeat(50_000)}x${"}".repeat(50_000)}`],
  ] as const) {
    it(`are refused when ${what} are nested too deeply`, () => {
      assert.match(
        refusal("s.yaml", text),
        /s\.yaml:\d+:\d+: The YAML is nested too deeply\. Allowed are 200 levels/,
      );
    });
  }

  it("may be nested", () => {
    assert.equal(refusal("s.yaml", `a: ${"[".repeat(150)}${"]".repeat(150)}`), "");
  });

  it("have no places in JSON that is nested too deeply, and need none", () => {
    const file = join(folder({}), "s.json");
    writeFileSync(file, `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
    assert.equal(readSelectionFile(file).locate("a"), undefined);
  });

  it("are refused when JSON has a name twice, of which one would be dropped", () => {
    const said = refusal("s.json", '{"exclude": ["A"],\n "controls": [], "exclude": []}');
    assert.match(said, /s\.json:2:\d+: The selection has a name twice in one object/);
    assert.equal(refusal("s.json", '{"a": {"b": 1}, "c": {"b": 1}}'), "");
  });
});

import * as assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generateLicences } from "../scripts/generate-licences";

const root = join(__dirname, "..");
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/features.md",
  "docs/pains.md",
  "docs/rule-kits.md",
  "docs/sandbox.md",
  "docs/adr/README.md",
  "examples/README.md",
  "pipeline/README.md",
  "templates/README.md",
];

describe("the documentation", () => {
  it("lists the licence of every dependency", () => {
    assert.equal(
      readFileSync(join(root, "docs", "licences.md"), "utf8"),
      generateLicences(),
      'run "npm run generate"',
    );
  });

  it("depends on no package whose licence would bind the whole", () => {
    assert.doesNotMatch(generateLicences(), /\| (A?GPL|SSPL)/);
  });

  for (const page of PAGES) {
    it(`links from ${page} only to files that exist`, () => {
      const text = readFileSync(join(root, page), "utf8");
      for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        assert.ok(existsSync(join(root, dirname(page), target)), `${page}: ${target}`);
      }
    });
  }

  it("lists every decision by its title", () => {
    const folder = join(root, "docs", "adr");
    const records = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
    const rows = records.map((name) => {
      const [, number = "", title = ""] =
        /^# (\d{4})\. (.+)$/m.exec(readFileSync(join(folder, name), "utf8")) ?? [];
      return `[${number}](${name}) ${title}`;
    });
    const index = readFileSync(join(folder, "README.md"), "utf8").matchAll(/^\| (\[.+?\)) +\| (.+?) +\|$/gm);
    assert.deepEqual(
      [...index].map(([, link = "", title = ""]) => `${link} ${title}`),
      rows.sort(),
    );
  });

  it("says of each feature that it is done, planned or refused, and why it is refused", () => {
    const rows = readFileSync(join(root, "docs", "features.md"), "utf8").matchAll(/^\| (.+) \|$/gm);
    const states = [...rows]
      .map(([, row = ""]) => row.split(" | ").map((cell) => cell.trim()))
      .map((cells) => cells.slice(-2))
      .filter(([state = ""]) => /^(done|planned|refused)$/.test(state));
    assert.ok(states.length >= 85, String(states.length));
    for (const [state, why = ""] of states) if (state === "refused") assert.notEqual(why, "");
  });
});

import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { allControls, declarationOf } from "../../rules";
import { DOCS_FOLDER, generateDocs } from "../../scripts/generate-docs";

const root = path.join(__dirname, "..", "..");

describe("docs/controls", () => {
  const pages = generateDocs();

  it("holds exactly the pages that `npm run generate` writes", () => {
    const written = fs.readdirSync(path.join(root, DOCS_FOLDER)).map((file) => `${DOCS_FOLDER}/${file}`);
    assert.deepEqual(written.sort(), Object.keys(pages).sort());
    const stale = Object.entries(pages)
      .filter(([file, content]) => fs.readFileSync(path.join(root, file), "utf8") !== content)
      .map(([file]) => file);
    assert.deepEqual(stale, [], "run `npm run generate`");
  });

  it("has a page for each custom control and each one with a policy, which names the violation and the repair", () => {
    for (const { rule, policy } of allControls()) {
      const page = pages[`${DOCS_FOLDER}/${rule.name}.md`];
      assert.equal(page !== undefined, policy !== undefined || rule.status === "custom", rule.name);
      if (page === undefined) continue;
      if (policy === undefined) {
        const { title, detectOnly } = declarationOf(rule.name) ?? {};
        assert.ok(page.includes(`# ${rule.name}\n\n${title ?? ""}\n`), rule.name);
        assert.ok(page.toLowerCase().includes((detectOnly ?? "no reason").toLowerCase()), rule.name);
        continue;
      }
      assert.ok(page.includes(`# ${rule.name}\n\n${policy.title}\n`), rule.name);
      assert.match(page, /## Violating\n\nA resource that [\s\S]+?```ts\n[\s\S]+?```\n\n> .+\./, rule.name);
    }
  });

  it("lists every control in the index, with the reason where it has no policy", () => {
    const index = pages[`${DOCS_FOLDER}/README.md`] ?? "";
    for (const { rule, policy } of allControls()) {
      const cell =
        policy === undefined && rule.status !== "custom" ? rule.name : `[${rule.name}](${rule.name}.md)`;
      assert.ok(index.includes(`| ${cell} | `), rule.name);
    }
    assert.match(index, /^\| iam-root-access-key-check \| critical \| no \| yes \| What decides is state /m);
  });
});

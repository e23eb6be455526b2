import * as assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { loadLate } from "../../../cli/recorder/late-package";
import { folder } from "../support";

const LATE = "class Late { name() { return 'late'; } }\nLate.Late = Late;\nmodule.exports = Late;\n";

/** A package that counts how often it is loaded, and one that asks for it. */
function packages(user: string): { readonly load: NodeJS.Require; readonly loaded: () => number } {
  const root = folder({
    "node_modules/late/index.js": `globalThis.loadedLate = (globalThis.loadedLate ?? 0) + 1;\n${LATE}`,
    "user.js": user,
  });
  Reflect.deleteProperty(globalThis, "loadedLate");
  return {
    load: createRequire(join(root, "noop.js")),
    loaded: () => Number(Reflect.get(globalThis, "loadedLate") ?? 0),
  };
}

const STAR =
  "const star = (m) => { if (m.__esModule) return m; const all = { ...m }; all.default = m; return all; };\n";

/** How compilers and people ask for a package. */
const USERS = {
  "import * as": `${STAR}const late = star(require("late"));\nexports.use = () => new late.Late().name();\n`,
  "import of the default": `const late = require("late");\nexports.use = () => new late.default().name();\n`,
  "require of a class": `const Late = require("late");\nexports.use = () => new Late().name();\n`,
};

describe("A package that is loaded late", () => {
  for (const [what, user] of Object.entries(USERS)) {
    it(`is loaded once, when it is used: ${what}`, () => {
      const { load, loaded } = packages(user);
      loadLate(load, "late");
      const { use } = load("./user.js") as { readonly use: () => string };
      assert.equal(loaded(), 0);
      assert.equal(use(), "late");
      assert.equal(use(), "late");
      assert.equal(loaded(), 1);
    });
  }

  it("stays as it is when it was loaded before", () => {
    const { load, loaded } = packages("");
    const before: unknown = load("late");
    loadLate(load, "late");
    assert.equal(load("late"), before);
    assert.equal(loaded(), 1);
  });

  it("may be missing", () => {
    const { load } = packages("");
    loadLate(load, "no-such-package");
    assert.throws(() => load("no-such-package"), /Cannot find module/);
  });
});

import * as assert from "node:assert/strict";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundle, exported, folder, removeFolders, resource, run } from "./support";

const bad = exported([resource("aws:ebs/volume:Volume", "v", { encrypted: false })]);

describe("the compiled form of the command", () => {
  let built: string;
  before(async () => {
    built = dirname(await bundle());
  });
  after(removeFolders);

  /** The command in a folder of its own, and what it says of a violating stack. */
  async function checked(change: (cache: string) => void): Promise<string> {
    const root = folder({ "a.json": bad });
    const copy = join(built, "..", `launcher-${process.pid}`);
    cpSync(built, copy, { recursive: true });
    try {
      change(join(copy, "bundle/compliance.cache"));
      const { status, stdout, stderr } = await run(join(copy, "compliance.js"), ["check", "a.json"], {
        cwd: root,
      });
      assert.equal(status, 1, stderr);
      assert.equal(stderr, "");
      return stdout;
    } finally {
      rmSync(copy, { recursive: true });
    }
  }

  it("is left by the build, and changes nothing in what is said", async () => {
    const compiled = await checked((cache) => assert.ok(existsSync(cache)));
    assert.match(compiled, /encrypted-volumes/);
    assert.equal(await checked((cache) => rmSync(cache)), compiled);
  });

  it("is passed over when it comes from another version of Node.js", async () => {
    const foreign = await checked((cache) => writeFileSync(cache, Buffer.alloc(4096, 1)));
    assert.match(foreign, /encrypted-volumes/);
  });
});

import * as assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commitOf } from "../../../cli/deliver/commit";
import { folder, removeFolders } from "../support";
import { COMMIT } from "./support";

/** The commit of a folder where a script stands for git. */
function commitBy(script: string): Promise<string> {
  const root = folder({});
  mkdirSync(join(root, "bin"));
  writeFileSync(join(root, "bin/git"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return commitOf(root, { PATH: `${join(root, "bin")}:/usr/bin:/bin` });
}

describe("the commit of a checkout", () => {
  after(removeFolders);

  it("is not known when git cannot tell whether the checkout differs from it", async () => {
    const script = `[ "$1" = rev-parse ] && echo ${COMMIT}`;
    await assert.rejects(commitBy(script), /differs from its commit is not known: "git status" fails/);
  });

  it("is refused however many files differ from it", async () => {
    const script = `if [ "$1" = rev-parse ]; then echo ${COMMIT}; else yes ' M a-file-with-quite-a-long-name.ts' | head -n 60000; fi`;
    await assert.rejects(commitBy(script), /and 59995 more\. What is deployed must be a commit/);
  });

  it("is that of a checkout without a difference", async () => {
    assert.equal(await commitBy(`[ "$1" = status ] || echo ${COMMIT}`), COMMIT);
  });
});

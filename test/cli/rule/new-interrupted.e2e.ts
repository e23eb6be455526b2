import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { appears, bundle, folder, removeFolders, ROOT } from "../support";

/** A generator that is in the middle of its work: a page is new, one half written, one gone, and it says who it is. */
const HALFWAY = `
  const fs = require("node:fs");
  fs.writeFileSync("docs/controls/ec2-volume-owned.md", "new");
  fs.writeFileSync("docs/controls/one.md", "ha");
  fs.rmSync("docs/controls/two.md");
  fs.writeFileSync("policypack/remediation.json", "{");
  fs.writeFileSync("starting", String(process.pid));
  fs.renameSync("starting", "started");
  setInterval(() => undefined, 1000);`;

/** Every file of the checkout with its content. */
function contents(root: string): Readonly<Record<string, string>> {
  const paths = ["docs", "policypack", "rules"]
    .flatMap((part) =>
      readdirSync(join(root, part), { recursive: true, encoding: "utf8" }).map((path) => join(part, path)),
    )
    .filter((path) => statSync(join(root, path)).isFile());
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("compliance rule new, interrupted while it generates", () => {
  after(removeFolders);

  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`leaves every file as it was after ${signal}`, async () => {
      const command = await bundle();
      const root = folder({
        "package.json": { name: "checkout" },
        "rules/custom/registered.ts": "one\n",
        "rules/cases/custom-tables.ts": "two\n",
        "docs/controls/one.md": "a page",
        "docs/controls/two.md": "another page",
        "policypack/profiles/baseline.json": "{}",
        "policypack/remediation.json": "{}",
        "scripts/generate.ts": HALFWAY,
        "tsconfig.json": {
          compilerOptions: {
            target: "ES2022",
            module: "CommonJS",
            moduleResolution: "Bundler",
            rootDir: ".",
          },
        },
      });
      symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
      const before = contents(root);
      const args = ["rule", "new", "ec2-volume-owned", "--type", "aws:ebs/volume:Volume"];
      const child = spawn(process.execPath, [command, ...args], { cwd: root, stdio: "ignore" });
      const ended = once(child, "exit");
      await appears(root, "started");
      const generator = Number(readFileSync(join(root, "started"), "utf8"));
      child.kill(signal);
      assert.deepEqual(await ended, [status, null]);
      assert.deepEqual(contents(root), before);
      assert.equal(isRunning(generator), false);
    });
  }
});

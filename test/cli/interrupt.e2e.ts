import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { appears, bundle, exported, folder, gone, program, removeFolders, volume } from "./support";

interface End {
  readonly status: number | null;
  readonly stderr: string;
}

function ended(child: ChildProcess): Promise<End> {
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => child.on("close", (status) => done({ status, stderr })));
}

describe("an interrupted check", () => {
  let path: string;
  before(async () => {
    path = await bundle();
  });
  after(removeFolders);

  it("says that the reader closed the pipe, and ends with 2", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => volume(`bad-${index}`, false));
    const root = folder({ "a.json": exported(many) });
    const child = spawn(process.execPath, [path, "check", "a.json", "--format", "json"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const { status, stderr } = await ended(child);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^error: standard output: The reader closed the pipe before it had the whole report\. Use "--output FILE"/,
    );
  });

  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`leaves neither a file nor a process behind after ${signal}`, async () => {
      const root = program({
        "index.js":
          'require("node:fs").writeFileSync("started", String(process.pid)); setInterval(() => undefined, 1000);',
      });
      const child = spawn(process.execPath, [path, "check", ".", "--output", "report.txt"], {
        cwd: root,
        stdio: ["ignore", "ignore", "pipe"],
      });
      const end = ended(child);
      await appears(root, "started");
      child.kill(signal);
      const result = await end;
      assert.equal(result.status, status);
      await gone(readFileSync(join(root, "started"), "utf8"));
      assert.match(result.stderr, /Interrupted\. Nothing was written\./);
      assert.equal(
        readdirSync(root).some((name) => name.startsWith("report") || name.endsWith(".tmp")),
        false,
      );
    });
  }

  it("writes progress only to a terminal", async () => {
    const child = spawn(process.execPath, [path, "check", "."], {
      cwd: program({ "index.js": "" }),
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, FORCE_COLOR: "1" },
    });
    assert.deepEqual(await ended(child), { status: 0, stderr: "" });
  });
});

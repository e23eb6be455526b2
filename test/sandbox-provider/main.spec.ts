import * as assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";

const MAIN = path.join(__dirname, "..", "sandbox", "provider", "main.ts");
const ARGUMENTS = ["--require", "ts-node/register/transpile-only", MAIN];

async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  for await (const chunk of child.stdout) return String(chunk).trim();
  return assert.fail("the process ended without a word");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the provider's process", () => {
  it("prints its port and ends at once on SIGTERM", async () => {
    const child = spawn(process.execPath, ARGUMENTS, { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    assert.match(await firstLine(child), /^\d+$/);
    child.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
  });

  it("ends when the engine that started it is gone", async () => {
    // The parent prints the provider's process id after the port, and is killed in a way that it cannot tell anybody.
    const script = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ${JSON.stringify(ARGUMENTS)}, { stdio: ["ignore", "pipe", "inherit"] });
      child.stdout.once("data", () => console.log(child.pid));
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(await firstLine(parent));
    assert.equal(isAlive(pid), true);
    parent.kill("SIGKILL");
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

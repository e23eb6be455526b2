import * as assert from "node:assert/strict";
import { once } from "node:events";
import { Processes } from "./processes";

const env = { PATH: process.env["PATH"] ?? "" };
/** Starts a process in a group of its own, as the engine does with plugins, and says so. */
const LEAVES_A_CHILD = `
  const { spawn } = require("node:child_process");
  spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" }).unref();
  console.log("started");
`;

describe("the processes of a sandbox", () => {
  const processes = new Processes();

  afterEach(() => processes.stopAll());

  it("give their status and output, whatever the status", async () => {
    const script = "console.log('out'); console.error('err'); process.exit(7)";
    const finished = await processes.run(process.execPath, ["-e", script], { env });
    assert.deepEqual(finished, { status: 7, stdout: "out\n", stderr: "err\n" });
  });

  it("inherit nothing of the environment", async () => {
    const { stdout } = await processes.run(process.execPath, ["-p", "process.env.HOME"], { env });
    assert.equal(stdout, "undefined\n");
  });

  it("are ended when they hang, with what they said", async () => {
    const script = "console.log('still here'); setInterval(() => {}, 1000)";
    const hanging = processes.run(process.execPath, ["-e", script], { env, timeoutSeconds: 1 });
    await assert.rejects(hanging, /did not end within 1 s[^]*still here/);
    assert.deepEqual(await processes.leftovers(), []);
  });

  it("fail with the system's message when there is no such command", async () => {
    await assert.rejects(processes.run("/no/such/command", [], { env }), { code: "ENOENT" });
  });

  it("are found and ended also where a child started them in a group of its own", async () => {
    // Other systems do not show the environment of a process, by which it is found.
    if (process.platform !== "linux") return;
    await processes.run(process.execPath, ["-e", LEAVES_A_CHILD], { env });
    const left = await processes.leftovers([], 0);
    assert.equal(left.length, 1);
    assert.match(left[0]?.command ?? "", /setInterval/);
    await processes.stopAll();
    assert.deepEqual(await processes.leftovers(), []);
  });

  it("that are expected do not count as left", async () => {
    const child = processes.start(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)"], {
      env,
    });
    assert.ok(child.stdout);
    await once(child.stdout, "data");
    assert.equal((await processes.leftovers([], 0)).length, 1);
    assert.deepEqual(await processes.leftovers([child], 0), []);
    await processes.stop(child);
  });
});

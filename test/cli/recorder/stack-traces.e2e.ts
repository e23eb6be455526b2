import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { folder } from "../support";

const MODULE = resolve(__dirname, "../../../cli/recorder/stack-traces");

/** The traces of an error that the SDK notes and of one that a program makes, in a process with source maps. */
function traces(env: Readonly<Record<string, string>>): { readonly noted: string; readonly own: string } {
  const root = folder({});
  mkdirSync(join(root, "runtime"));
  writeFileSync(join(root, "runtime", "debuggable.js"), "exports.noted = () => new Error('noted').stack;\n");
  const program =
    `require("ts-node/register/transpile-only"); require(${JSON.stringify(MODULE)}).leaveOutPromiseTraces();` +
    `const { noted } = require(${JSON.stringify(join(root, "runtime", "debuggable.js"))});` +
    `console.log(JSON.stringify({ noted: noted(), own: new Error("own").stack }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
    cwd: resolve(__dirname, "../../.."),
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  return JSON.parse(stdout) as ReturnType<typeof traces>;
}

describe("Traces of a recorded program", () => {
  it("are left out for promises, and are there for errors", () => {
    const { noted, own } = traces({});
    assert.equal(noted, "");
    assert.match(own, /^Error: own\n {4}at /);
  });

  it("are there for promises as well when somebody looks for leaks", () => {
    assert.match(
      traces({ PULUMI_DEBUG_PROMISE_LEAKS: "true" }).noted,
      /^Error: noted\n {4}at .*debuggable\.js/,
    );
  });
});

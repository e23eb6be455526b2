import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { MOTO_VERSION } from "./moto";
import { OLDEST_PULUMI } from "./pulumi";

const root = path.join(__dirname, "../../..");

describe("the sandbox without its tools", () => {
  let home: string;
  beforeEach(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-home-"));
    fs.mkdirSync(path.join(home, "bin"));
  });
  afterEach(() => fs.rmSync(home, { recursive: true }));

  /** A tool on PATH, as a shell script. */
  function tool(name: string, script: string): string {
    const file = path.join(home, "bin", name);
    fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  }

  /** Looks like a Python with the pinned moto. */
  function moto(): void {
    const python = tool("python3", `echo ${MOTO_VERSION}`);
    fs.writeFileSync(path.join(home, "bin", "moto_server"), `#!${python}\n`, { mode: 0o755 });
  }

  /** Runs it where nothing but those tools is found, neither on PATH nor in the cache. */
  function sandbox(): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const env = { PATH: path.join(home, "bin"), HOME: home, XDG_CACHE_HOME: home, TMPDIR: home };
    const args = ["--require", "ts-node/register/transpile-only", "test/sandbox/main.ts"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      env,
      encoding: "utf8",
    });
    assert.deepEqual(
      fs.readdirSync(home).filter((name) => name.startsWith("compliance-sandbox-")),
      [],
      "nothing is left behind",
    );
    return { status, stdout, stderr };
  }

  it("says in one line that there is neither moto nor Python, how to get them, and ends with status 3", () => {
    const { status, stdout, stderr } = sandbox();
    assert.equal(status, 3, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /^moto \S+ is not here and Python neither: install Python 3\.10 or later .+\n$/);
  });

  it("says why moto cannot be installed", () => {
    tool("python3", "echo 'No module named venv' >&2; exit 1");
    const { status, stdout, stderr } = sandbox();
    assert.equal(status, 3, stderr);
    assert.match(stdout, /^installing moto/);
    assert.match(stderr, /^moto \S+ cannot be installed \(No module named venv\): install Python .+\n$/);
  });

  it("says that there is neither a Pulumi CLI nor Go to build it", () => {
    moto();
    const { status, stderr } = sandbox();
    assert.equal(status, 3, stderr);
    assert.match(stderr, /^The Pulumi CLI is not on PATH: install it from https:\S+ or put Go on PATH.+\n$/);
  });

  it("names a Pulumi CLI that is too old, and a module proxy that does not answer", () => {
    moto();
    tool("pulumi", "echo v3.1.0");
    tool("go", "echo 'dial tcp: lookup proxy: no such host' >&2; exit 1");
    const { status, stdout, stderr } = sandbox();
    assert.equal(status, 3, stderr);
    assert.match(
      stdout,
      new RegExp(`^pulumi on PATH .+ is 3\\.1\\.0; ${OLDEST_PULUMI} or later is needed\n`),
    );
    assert.match(
      stderr,
      /^The Go module proxy does not answer \(dial tcp: lookup proxy: no such host\): .+\n$/,
    );
  });
});

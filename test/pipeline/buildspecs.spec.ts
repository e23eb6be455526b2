import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import * as yaml from "yaml";
import { engines } from "../../package.json";
import { PHASES, readBuildspec } from "../support/buildspec";
import schema from "./buildspec.schema.json";

const ROOT = join(__dirname, "../..");
const BUILDSPECS = join(ROOT, "pipeline/buildspecs");
const SCRIPTS = join(ROOT, "pipeline/scripts");
const README = readFileSync(join(ROOT, "pipeline/README.md"), "utf8");

const files = readdirSync(BUILDSPECS).sort();
const scripts = readdirSync(SCRIPTS).sort();
const textOf = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

describe("the buildspecs", () => {
  const isValid = new Ajv().compile(schema);

  it("are the ones that the table of projects names", () => {
    const named = [...README.matchAll(/`([a-z-]+\.yml)`/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(named)].sort(), files);
  });

  for (const file of files) {
    describe(file, () => {
      const spec = readBuildspec(join(BUILDSPECS, file));
      const text = textOf(BUILDSPECS, file);
      const commands = PHASES.flatMap((name) => [
        ...(spec.phases[name]?.commands ?? []),
        ...(spec.phases[name]?.finally ?? []),
      ]);

      it("is what CodeBuild's reference allows", () => {
        assert.ok(isValid(yaml.parse(text)), JSON.stringify(isValid.errors));
      });

      it("stops at the first failure, with Node.js in a version that the project supports", () => {
        for (const phase of Object.values(spec.phases)) assert.equal(phase["on-failure"], "ABORT");
        const runtimes = (
          yaml.parse(text) as { phases: { install: { "runtime-versions": { nodejs: number } } } }
        ).phases.install["runtime-versions"];
        const [, least = ""] = /^>=(\d+)/.exec(engines.node) ?? [];
        assert.ok(runtimes.nodejs >= Number(least));
      });

      it("installs from the lock file before anything else", () => {
        assert.equal(commands[0], "npm ci");
      });

      it("calls scripts that exist, in a shell that is there", () => {
        const called = commands.flatMap(
          (command) => /^(?:sh|\.) (pipeline\/scripts\/\S+)/.exec(command)?.[1] ?? [],
        );
        assert.ok(called.length > 0);
        for (const script of called) assert.ok(existsSync(join(ROOT, script)), script);
        for (const command of commands) assert.doesNotMatch(command, /\b(bash|source|\[\[)/);
      });

      it("caches what the contract says, and holds no secret", () => {
        const paths = spec.cache?.paths ?? [];
        assert.ok(paths.includes("/root/.npm/**/*"));
        assert.equal(
          paths.includes("/root/.pulumi/plugins/**/*"),
          commands.some((command) => command.includes("install-pulumi")),
        );
        assert.doesNotMatch(text, /AKIA|ASIA|pul-[0-9a-f]|gh[ps]_|TOKEN|PASSPHRASE|SECRET|PASSWORD/i);
      });
    });
  }
});

describe("the pipeline's scripts", () => {
  it("read no variable that the contract does not name, and all that it names are read", () => {
    const named = new Set([...README.matchAll(/`(COMPLIANCE_[A-Z_]+)`/g)].map(([, name]) => name ?? ""));
    const sources = [
      ...scripts.map((file) => textOf(SCRIPTS, file)),
      ...files.map((file) => textOf(BUILDSPECS, file)),
      ...["own-stack.ts", "executions.ts"].map((file) => textOf(join(ROOT, "cli/deliver"), file)),
    ];
    const read = new Set(
      sources.flatMap((text) => [...text.matchAll(/COMPLIANCE_[A-Z_]+/g)].map(([name]) => name)),
    );
    assert.deepEqual([...read].sort(), [...named].sort());
  });

  for (const file of scripts) {
    it(`${file} is valid for a POSIX shell, and ends at the first failure unless it is sourced`, () => {
      const path = join(SCRIPTS, file);
      const { status, stderr } = spawnSync("sh", ["-n", path], { encoding: "utf8" });
      assert.equal(status, 0, stderr);
      const text = textOf(SCRIPTS, file);
      assert.equal(text.startsWith("#!/bin/sh\n"), !text.startsWith("# To be sourced"));
      if (text.startsWith("#!")) assert.match(text, /^set -eu$/m);
      assert.doesNotMatch(text, /\bset -x\b|\blocal \b|\[\[|<<<|\bfunction \b/);
    });

    const shellcheck = spawnSync("shellcheck", ["--version"]);
    if (shellcheck.status === 0) {
      it(`${file} has nothing that shellcheck finds`, () => {
        const { status, stdout } = spawnSync(
          "shellcheck",
          ["-s", "sh", "-e", "SC1091", join(SCRIPTS, file)],
          {
            encoding: "utf8",
          },
        );
        assert.equal(status, 0, stdout);
      });
    }
  }
});

import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { transformSync } from "esbuild";
import { preventedControls } from "../../policypack/prevented";
import { caseFacts, cases } from "../../rules/cases";
import type { ResourceFacts } from "../../rules/engine";
import { analyzeRequest, analyzeStackRequest, answerOf, configureRequest } from "../support/analyzer";
import type { Answer, Entry } from "../support/analyzer";
import { PackProcess, builtPack } from "../support/pack-process";
import { directPicture, pictureOf } from "../support/pack-verdicts";

const NAME = "compliance-policy-pack.cjs";
const root = path.join(__dirname, "..", "..");

/** Every one of so many controls is asked, which reaches all kinds. */
const STEP = 12;

/** Everything that a pack says of a stack. */
async function saidOf(pack: PackProcess, facts: readonly ResourceFacts[]): Promise<readonly Answer[]> {
  const said: Answer[] = [];
  for (const one of facts) said.push(answerOf(await pack.analyze(analyzeRequest(one, facts))));
  said.push(answerOf(await pack.analyzeStack(analyzeStackRequest(facts))));
  return said;
}

describe("the pack as one executable file", () => {
  let program = "";
  let place = "";
  let folder = "";
  let file = "";
  let pack: PackProcess;
  let asFolder: PackProcess;

  before(async () => {
    place = fs.mkdtempSync(path.join(os.tmpdir(), "executable-"));
    folder = builtPack(place);
    file = path.join(place, NAME);
    // Both are places where a file without its own manifest could be taken for something else.
    program = fs.mkdtempSync(path.join(os.tmpdir(), "program-"));
    for (const at of [place, program])
      fs.writeFileSync(path.join(at, "package.json"), '{ "type": "module", "version": "" }');
    fs.chmodSync(place, 0o555);
    pack = await PackProcess.start(program, ["127.0.0.1:1"], file);
    asFolder = await PackProcess.start(folder);
  });

  after(async () => {
    await pack.stop();
    await asFolder.stop();
    fs.chmodSync(place, 0o755);
    for (const at of [place, program, folder]) fs.rmSync(at, { recursive: true });
  });

  it("needs nothing beside it, leaves nothing, and prints nothing but the port", () => {
    assert.deepEqual(fs.readdirSync(place).sort(), [NAME, "package.json"]);
    assert.deepEqual(fs.readdirSync(program), ["package.json"]);
    assert.match(pack.output.stdout, /^\d+\n$/);
    assert.equal(pack.output.stderr, "");
  });

  it("may be run by everybody, and is found by its first line", () => {
    assert.equal(fs.statSync(file).mode & 0o777, 0o755);
    assert.ok(fs.readFileSync(file, "utf8").startsWith("#!/usr/bin/env node\n"));
  });

  it("carries no path of the machine that built it", () => {
    const text = fs.readFileSync(file, "utf8");
    for (const at of [root, place, os.homedir() + path.sep]) assert.ok(!text.includes(at), at);
  });

  it("describes itself in the same bytes as the folder", async () => {
    const [mine, its] = await Promise.all([pack.info(), asFolder.info()]);
    assert.ok(mine.getPoliciesList().length > 1);
    assert.deepEqual(Buffer.from(mine.serializeBinary()), Buffer.from(its.serializeBinary()));
  });

  it("gives the verdicts of a direct call, and the folder's words", async () => {
    const controls = preventedControls();
    const asked = controls.filter((_, index) => index % STEP === 0);
    const names = new Set(asked.map(({ rule }) => rule.name));
    const config = Object.fromEntries(
      controls.map(({ rule }): [string, Entry] => [
        rule.name,
        { level: names.has(rule.name) ? "mandatory" : "disabled" },
      ]),
    );
    for (const each of [pack, asFolder]) await each.configure(configureRequest(config));
    let flagged = 0;
    for (const control of asked) {
      for (const example of cases.get(control.rule.identifier) ?? []) {
        if (example.parameters !== undefined || example.strict === true) continue;
        const picture = directPicture(control, example);
        assert.deepEqual(await pictureOf(pack, control, example), picture, example.title);
        flagged += Object.keys(picture.flagged).length;
        const facts = caseFacts(example.stack);
        const [mine, its] = await Promise.all([pack, asFolder].map((each) => saidOf(each, facts)));
        assert.deepEqual(mine, its, example.title);
      }
    }
    assert.ok(asked.length > 20 && flagged > asked.length, `${asked.length} controls, ${flagged} flagged`);
  });

  it("refuses a Node.js that is too old in one line", () => {
    const preload = path.join(program, "old.cjs");
    for (const [version, isOld] of [
      ["18.20.8", true],
      ["20.18.3", true],
      ["20.19.0", false],
      ["26.0.0", false],
    ] as const) {
      // What comes after the check is not waited for: the pack ends where it would begin to listen.
      fs.writeFileSync(
        preload,
        `Object.defineProperty(process.versions, "node", { value: "${version}" });
         require("module")._load = ((load) => function (name, ...rest) {
           if (name === "@grpc/grpc-js" || name === "http2") process.exit(0);
           return load.call(this, name, ...rest);
         })(require("module")._load);`,
      );
      const done = spawnSync(process.execPath, ["-r", preload, file, "127.0.0.1:1"], { encoding: "utf8" });
      assert.equal(done.status, isOld ? 1 : 0, version);
      const line = `error: The policy pack needs Node.js 20.19 or later; "node" on PATH is ${version}.\n`;
      assert.equal(done.stderr, isOld ? line : "", version);
      assert.equal(done.stdout, "");
    }
    fs.rmSync(preload);
  });

  it("has a syntax that a Node.js of 2020 reads, so that the refusal is reached", () => {
    const text = fs.readFileSync(file, "utf8");
    const options = { logLevel: "error", minifyWhitespace: true } as const;
    const old = transformSync(text, { ...options, target: "node14" }).code;
    assert.equal(old, transformSync(text, { ...options, target: "esnext" }).code);
  });
});

import * as assert from "node:assert/strict";
import * as path from "node:path";
import { PassThrough } from "node:stream";
import type { ProgramFlags } from "../../../cli/commands/program-flags";
import { start } from "../../../cli/commands/start";
import { UsageError } from "../../../cli/errors";
import { compliance, program, removeFolders } from "../support";
import { run } from "./support";

const programs = path.join(__dirname, "programs");

const started = (name: string, progress = false, flags: Partial<ProgramFlags> = {}): ReturnType<typeof run> =>
  run(
    (io) =>
      start(
        { timeout: 60, ...flags },
        { ...io, stdin: new PassThrough().end(), env: process.env, today: "2026-01-01", debug: false },
        path.resolve(programs, name),
      ),
    { progress },
  );

describe("compliance start", () => {
  let exempted: Awaited<ReturnType<typeof run>>;
  let violating: Awaited<ReturnType<typeof run>>;

  after(removeFolders);
  before(async () => {
    [exempted, violating] = await Promise.all([started("exempted"), started("violating", true)]);
  });

  it("draws the components by parent, counts what is in them, and ends with what to run next", () => {
    const { out } = exempted;
    assert.match(out, /└─ volumes {2}Volumes\n {6}5 ebs\.Volume\n/);
    assert.match(out, /What next\n\nnpx compliance check \. --all\n {4}.*\nnpx compliance check examples/);
  });

  it("counts what the selection prevents and detects", () => {
    const { out } = exempted;
    assert.match(out, /holds 2 controls: 1 is prevented .* and detected after it, 1 is only detected\./);
  });

  it("says why fewer controls judge the program than are selected, and counts the same at the end", () => {
    const { out } = exempted;
    assert.match(out, /judged by 1 of them; 1 is decided by what only a deployed account shows\./);
    assert.match(out, /\(5 resources in 1 source, 1 of 2 selected controls\)/);
  });

  it("shows what is undecided, and how to see why", () => {
    const { out } = violating;
    assert.match(out, /1 undecided/);
    assert.match(out, /Undecided by the program alone:\n {2}encrypted-volumes \(1 resource\)\n/);
    assert.match(out, /npx compliance check \. --all/);
  });

  it("shows an exemption with its reason, and succeeds", () => {
    const { status, out, err } = exempted;
    assert.equal(status, 0);
    assert.match(out, /exempted {2}encrypted-volumes/);
    assert.match(out, /Accepted by platform-team until 2030-12-31 .*: Holds nothing but a cache\./);
    assert.equal(err, "");
  });

  it("fails when something mandatory is found", () => {
    const { status, out } = violating;
    assert.equal(status, 1);
    assert.match(out, /five {2}aws:ebs\/volume:Volume\n +medium {2}encrypted-volumes/);
  });

  it("shows progress on a terminal only, on standard error, and removes it", () => {
    const { err } = violating;
    assert.match(err, /Recording/);
    assert.ok(err.endsWith("\r\u001b[K"));
  });

  it("draws this project's own program on two screens of 80 columns", async () => {
    const { status, out } = await started("../../../..");
    assert.equal(status, 0);
    const tree = out.slice(out.indexOf("\n\n") + 2, out.indexOf("\n\n", out.indexOf("├─"))).split("\n");
    assert.ok(tree.length > 50 && tree.length < 110, `${tree.length} lines`);
    assert.deepEqual(
      tree.filter((line) => line.length > 80),
      [],
    );
  });

  it("shows the stack that is asked for", async () => {
    const folder = program({
      "index.js": "",
      "selection.yaml": "controls: [ENCRYPTED_VOLUMES, RDS_MULTI_AZ_SUPPORT]",
      "Pulumi.dev.yaml": "config:\n  compliance:selection: { controls: [ENCRYPTED_VOLUMES] }\n",
      "Pulumi.prod.yaml": "config: {}\n",
    });
    assert.match((await started(folder)).out, /The selection holds 1 control:/);
    assert.match((await started(folder, false, { stack: "prod" })).out, /The selection holds 2 controls:/);
  });

  it("has the flags that it advises when the program cannot be recorded", async () => {
    const folder = program({
      "index.js": "setInterval(() => undefined, 1000);",
      "Pulumi.dev.yaml": "config: {}\n",
    });
    await assert.rejects(() => started(folder, false, { timeout: 3 }), /did not end within 3 s.*"--timeout /);
    const { stdout } = await compliance(["start", "--help"]);
    for (const flag of ["--timeout <SECONDS>", "--stack <NAME>"]) assert.ok(stdout.includes(flag), flag);
  });

  it("says what is wrong with a folder that has no program", async () => {
    await assert.rejects(() => started("no-such-program"), UsageError);
  });
});

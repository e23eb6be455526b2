import * as assert from "node:assert/strict";
import * as path from "node:path";
import { PassThrough } from "node:stream";
import { start } from "../../../cli/commands/start";
import { UsageError } from "../../../cli/errors";
import { run } from "./support";

const programs = path.join(__dirname, "programs");

const started = (name: string, progress = false): ReturnType<typeof run> =>
  run(
    (io) =>
      start(
        { ...io, stdin: new PassThrough().end(), env: process.env, today: "2026-01-01", debug: false },
        path.join(programs, name),
      ),
    { progress },
  );

describe("compliance start", function () {
  // A recording is a process that loads the Pulumi SDK.
  this.timeout(60_000);
  let exempted: Awaited<ReturnType<typeof run>>;
  let violating: Awaited<ReturnType<typeof run>>;

  before(async () => {
    [exempted, violating] = await Promise.all([started("exempted"), started("violating", true)]);
  });

  it("draws the resources by parent, counts many alike, and ends with what to run next", () => {
    const { out } = exempted;
    assert.match(
      out,
      /└─ volumes {2}example:index:Volumes\n {3}├─ one .*\n {3}├─ two .*\n {3}├─ three .*\n {3}└─ and 2 more {2}aws:ebs\/volume:Volume\n/,
    );
    assert.match(out, /What next\n\nnpx compliance check \. --all .*\nnpx compliance check examples/);
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
    assert.match(out, /six {2}aws:ebs\/volume:Volume\n +undecided {2}encrypted-volumes/);
    assert.match(out, /1 undecided/);
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

  it("says what is wrong with a folder that has no program", async () => {
    await assert.rejects(() => started("no-such-program"), UsageError);
  });
});

import * as assert from "node:assert/strict";
import { countsOf, coverage } from "../../../cli/commands/coverage";
import type { Counts, CoverageOptions } from "../../../cli/commands/coverage";
import { factsOf } from "../../../cli/commands/control-facts";
import { allControls, conformancePacks, frameworks } from "../../../rules";
import { run } from "./support";

interface Group extends Counts {
  readonly id: string;
}
interface Report {
  readonly total: Counts;
  readonly notPrevented: readonly { readonly reason: string; readonly controls: readonly string[] }[];
  readonly neither: readonly { readonly id: string; readonly reason: string }[];
  readonly frameworks: readonly Group[];
  readonly packs: readonly Group[];
  readonly services: readonly Group[];
}

const text = async (options: CoverageOptions = {}): Promise<string> =>
  (await run((io) => coverage(options, io))).out;
const report = async (): Promise<Report> => JSON.parse(await text({ format: "json" })) as Report;

const controls = allControls().map(factsOf);

describe("compliance coverage", () => {
  it("puts each control into one of both, only prevented, only detected and neither", async () => {
    const { total } = await report();
    assert.equal(total.controls, controls.length);
    assert.equal(total.both + total.onlyPrevented + total.onlyDetected + total.neither, total.controls);
    assert.equal(total.both + total.onlyPrevented, total.prevented);
    assert.equal(total.both + total.onlyDetected, total.detected);
    assert.equal(total.prevented, controls.filter(({ preventive }) => preventive).length);
  });

  it("counts a control that is only prevented, and one that is neither", () => {
    const [control] = controls;
    assert.ok(control);
    const made = (preventive: boolean, detective: boolean): Counts =>
      countsOf([{ ...control, preventive, detective }]);
    assert.deepEqual(made(true, false), {
      ...{ controls: 1, prevented: 1, detected: 0, both: 0, onlyPrevented: 1, onlyDetected: 0, neither: 0 },
    });
    assert.equal(made(false, false).neither, 1);
    assert.equal(made(true, true).both, 1);
    assert.equal(made(false, true).onlyDetected, 1);
  });

  it("gives the reason of every control that is not prevented, once", async () => {
    const { notPrevented, neither } = await report();
    const reasoned = notPrevented.flatMap((entry) => entry.controls);
    assert.equal(new Set(reasoned).size, reasoned.length);
    assert.deepEqual(
      [...reasoned].sort(),
      controls.filter(({ preventive }) => !preventive).map(({ id }) => id),
    );
    assert.ok(neither.every(({ reason }) => reason.endsWith(".")));
  });

  it("counts every framework, pack and service", async () => {
    const { frameworks: byFramework, packs, services } = await report();
    assert.equal(byFramework.length, frameworks().length);
    assert.equal(packs.length, conformancePacks().length);
    assert.equal(
      services.reduce((sum, group) => sum + group.controls, 0),
      controls.length,
    );
    const cis = byFramework.find(({ id }) => id === "cis-aws-3.0.0");
    assert.equal(
      cis?.controls,
      controls.filter((control) => control.frameworks.includes("cis-aws-3.0.0")).length,
    );
  });

  it("prints the total, the reasons and one table a grouping", async () => {
    const all = await text();
    assert.match(all, new RegExp(`^${controls.length} controls: \\d+ both prevented and detected, `));
    assert.match(all, /Why controls are not prevented\n *\d+ +\S/);
    assert.match(all, /^FRAMEWORK +CONTROLS +BOTH/m);
    assert.match(all, /^SERVICE +CONTROLS +BOTH/m);
    const byPack = await text({ by: "pack" });
    assert.match(byPack, /^PACK +CONTROLS +BOTH/m);
    assert.doesNotMatch(byPack, /^FRAMEWORK/m);
  });
});

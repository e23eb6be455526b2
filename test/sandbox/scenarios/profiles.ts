import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { CHECKOUT } from "../engine/checkout";
import { check } from "../engine/compliance";
import { fixture } from "../engine/fixtures";
import { Stack } from "../engine/stack";
import { differenceOf } from "../engine/verdicts";
import { objectOf, parseJson } from "../json";
import type { Scenario } from "../scenario";

const FOLDER = path.join("policypack", "profiles");
/** The selection that a profile is made from; that of the baseline is the one which people edit. */
const selectionOf = (profile: string): string =>
  profile === "baseline" ? "selection.yaml" : path.join(FOLDER, `${profile}.yaml`);

const shipped = fs
  .readdirSync(path.join(CHECKOUT, FOLDER))
  .filter((file) => file.endsWith(".json"))
  .map((file) => path.basename(file, ".json"));

/** The shipped configurations of the pack. */
export const profiles: readonly Scenario[] = shipped.map((profile) => ({
  title: `the profile ${profile} is taken by the engine and judges as its selection does`,
  run: async (sandbox, say) => {
    const { checkout, engine } = sandbox;
    const file = path.join(checkout, FOLDER, `${profile}.json`);
    const program = fixture(sandbox, "buckets");
    const stack = await Stack.create(engine, program, profile, { versioning: "None", tls: false });
    const preview = await stack.preview({ packs: [path.join(checkout, "policypack")], packConfigs: [file] });
    const selection = path.join(checkout, selectionOf(profile));
    const report = await check(sandbox, [program, "--stack", profile, "--selection", selection]);
    // A control whose required parameter has no value is left out of a shipped profile.
    const settings = objectOf(parseJson(fs.readFileSync(file, "utf8"), file));
    const findings = report.findings.filter(({ name }) => settings[name] !== "disabled");
    assert.ok(findings.length > 0);
    assert.deepEqual(differenceOf(findings, preview.violations), { offline: [], engine: [] });
    const stops = findings.some(({ verdict, level }) => verdict === "NON_COMPLIANT" && level === "mandatory");
    assert.equal(preview.status !== 0, stops, preview.stdout);
    say(`${preview.violations.length} reports`);
  },
}));

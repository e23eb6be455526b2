/**
 * Generates what the policy pack takes from the controls and the selections: the profiles for `--policy-pack-config`
 * (`policypack/profiles/NAME.json` from `NAME.yaml`; `baseline` from `selection.yaml`), and how to mend a violation of
 * each control.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { allControls, evaluate, evaluated, policyConfig, resolveSelection } from "../rules";
import { caseGraph, cases } from "../rules/cases";

const root = path.join(__dirname, "..");
const profiles = path.join(root, "policypack", "profiles");

/** The content of each file of the policy pack that is generated, by path from the root of the repository. */
export function generatePack(): Readonly<Record<string, string>> {
  const files = new Map([["baseline", path.join(root, "selection.yaml")]]);
  for (const file of fs.readdirSync(profiles).filter((name) => name.endsWith(".yaml")))
    files.set(path.basename(file, ".yaml"), path.join(profiles, file));
  return {
    ...Object.fromEntries(
      [...files].map(([name, file]) => [`policypack/profiles/${name}.json`, lines(profileOf(file))]),
    ),
    "policypack/remediation.json": lines(remediation()),
  };
}

/**
 * The configuration for a selection file. A control whose required parameter has no value would be undecided for every
 * resource; a shipped profile leaves it to those who know the value.
 */
function profileOf(file: string): Readonly<Record<string, unknown>> {
  // No exemption has ended on this day, so that the output does not depend on the day of the run.
  const { selection, problems } = resolveSelection(parse(fs.readFileSync(file, "utf8")), {
    today: "0000-01-01",
  });
  if (selection === undefined)
    throw new Error(problems.map((problem) => `${file}: ${problem.path}: ${problem.message}`).join("\n"));
  const controls = selection.controls.filter(({ missing }) => missing.length === 0);
  return policyConfig({ ...selection, controls });
}

/** What the first violating case of each control is told to do. */
function remediation(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    allControls().flatMap(({ rule }) => {
      const example = cases.get(rule.identifier)?.find(({ verdict }) => verdict === "NON_COMPLIANT");
      const control = evaluated(rule, example?.parameters ?? {}, example?.strict ?? false);
      if (example === undefined || control === undefined) return [];
      const { findings } = evaluate(caseGraph(example.stack), [control]);
      const fix = findings.find(({ verdict }) => verdict === "NON_COMPLIANT")?.fix;
      return fix === undefined ? [] : [[rule.identifier, fix]];
    }),
  );
}

/** JSON with one entry a line, so that a difference names what differs. */
function lines(entries: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(entries).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `{\n${rows.join(",\n")}\n}\n`;
}

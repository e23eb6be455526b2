import { allControls, conformancePacks, frameworks } from "../../rules";
import type { Io } from "../io";
import { addPackagesOf } from "../selection";
import { factsOf } from "./control-facts";
import type { ControlFacts } from "./control-facts";
import { printFacts } from "./format";
import type { Colours, FactOptions } from "./format";
import { table } from "./table";

export type Grouping = "framework" | "pack" | "service";

export interface CoverageOptions extends FactOptions {
  /** The one table that the text has; without it those of frameworks and services. JSON always has all. */
  readonly by?: Grouping;
}

/** How many controls of a group are covered. Every control is in exactly one of the last four. */
export interface Counts {
  readonly controls: number;
  /** By a policy: `both` and `onlyPrevented`. */
  readonly prevented: number;
  /** By an AWS Config rule: `both` and `onlyDetected`. */
  readonly detected: number;
  readonly both: number;
  readonly onlyPrevented: number;
  readonly onlyDetected: number;
  readonly neither: number;
}

interface Group extends Counts {
  readonly id: string;
  readonly title?: string;
}

interface Coverage {
  readonly total: Counts;
  /** Why controls are not prevented, the most frequent reason first. */
  readonly notPrevented: readonly { readonly reason: string; readonly controls: readonly string[] }[];
  /** Controls that can be neither prevented nor deployed as a rule. */
  readonly neither: readonly { readonly id: string; readonly reason: string }[];
  readonly frameworks: readonly Group[];
  readonly packs: readonly Group[];
  readonly services: readonly Group[];
}

/** `compliance coverage`: which controls are prevented, detected, both or neither, and why. */
export function coverage(options: CoverageOptions, io: Io): number {
  addPackagesOf(options.selection);
  const facts = coverageOf(allControls().map(factsOf));
  printFacts(facts, (colours) => coverageText(facts, options.by, colours), options, io);
  return 0;
}

/** Counts a list of controls. */
export function countsOf(controls: readonly ControlFacts[]): Counts {
  const both = controls.filter(({ preventive, detective }) => preventive && detective).length;
  const prevented = controls.filter(({ preventive }) => preventive).length;
  const detected = controls.filter(({ detective }) => detective).length;
  return {
    controls: controls.length,
    prevented,
    detected,
    both,
    onlyPrevented: prevented - both,
    onlyDetected: detected - both,
    neither: controls.length - prevented - detected + both,
  };
}

function coverageOf(controls: readonly ControlFacts[]): Coverage {
  const byId = new Map<string, ControlFacts>(controls.map((control) => [control.id, control]));
  const group = (id: string, rules: Iterable<string>, title?: string): Group => ({
    id,
    ...(title === undefined ? {} : { title }),
    ...countsOf([...new Set(rules)].flatMap((rule) => byId.get(rule) ?? [])),
  });
  const services = [...new Set(controls.map(({ service }) => service))].sort();
  return {
    total: countsOf(controls),
    notPrevented: reasonsIn(controls),
    neither: controls
      .filter(({ preventive, detective }) => !preventive && !detective)
      .map(({ id, reason = "" }) => ({ id, reason })),
    frameworks: frameworks().map(({ id, title, version, controls: requirements }) =>
      group(
        id,
        requirements.flatMap(([, rules]) => rules),
        `${title} ${version}`,
      ),
    ),
    packs: conformancePacks().map(({ pack, title, rules }) =>
      group(
        pack,
        rules.map(([rule]) => rule),
        title,
      ),
    ),
    services: services.map((service) =>
      group(
        service,
        controls.filter((control) => control.service === service).map(({ id }) => id),
      ),
    ),
  };
}

/** Reasons that differ only in what stands behind the colon are one. */
function reasonsIn(controls: readonly ControlFacts[]): Coverage["notPrevented"] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of controls) {
    if (reason === undefined) continue;
    const kind = reason.replace(/:.*$/, ".");
    const ids = byReason.get(kind);
    if (ids === undefined) byReason.set(kind, [id]);
    else ids.push(id);
  }
  return [...byReason]
    .map(([reason, ids]) => ({ reason, controls: ids }))
    .sort((a, b) => b.controls.length - a.controls.length);
}

function coverageText(facts: Coverage, by: Grouping | undefined, colours: Colours): string {
  const { total } = facts;
  const groups: Readonly<Record<Grouping, readonly Group[]>> = {
    framework: facts.frameworks,
    pack: facts.packs,
    service: facts.services,
  };
  const shown: readonly Grouping[] = by === undefined ? ["framework", "service"] : [by];
  const parts = [
    `${total.controls} controls: ${total.both} both prevented and detected, ${total.onlyPrevented} only prevented, ` +
      `${total.onlyDetected} only detected, ${total.neither} neither.`,
    `${colours.bold("Why controls are not prevented")}\n` +
      table(
        [],
        facts.notPrevented.map(({ reason, controls }) => [controls.length, reason]),
      ),
    ...shown.map((grouping) => groupTable(grouping, groups[grouping], colours)),
    "PREVENTED and DETECTED count what is only that.",
    'A framework counts each control once; "compliance catalog --framework ID" lists them, "--by pack" counts by conformance pack.',
  ];
  return `${parts.join("\n\n")}\n`;
}

function groupTable(grouping: Grouping, groups: readonly Group[], colours: Colours): string {
  const head = [grouping.toUpperCase(), "CONTROLS", "BOTH", "PREVENTED", "DETECTED", "NEITHER"];
  return table(
    head.map(colours.bold),
    groups.map(({ id, controls, both, onlyPrevented, onlyDetected, neither }) => [
      id,
      controls,
      both,
      onlyPrevented,
      onlyDetected,
      neither,
    ]),
  );
}

import type { Io } from "../io";
import { addPackagesOf } from "../selection";
import { controlsWhere, factsOf } from "./control-facts";
import type { ControlFacts, ControlFilter } from "./control-facts";
import { printFacts } from "./format";
import type { Colours, FactOptions } from "./format";
import { table } from "./table";

export type CatalogOptions = FactOptions & ControlFilter;

/**
 * `compliance catalog [QUERY]`: lists the controls.
 * @throws UsageError for a framework, pack or service that does not exist, and for a package that fails to load.
 */
export function catalog(options: CatalogOptions, io: Io): number {
  addPackagesOf(options.selection);
  const controls = controlsWhere(options).map(factsOf);
  printFacts({ controls }, (colours) => catalogText(controls, colours), options, io);
  return 0;
}

/** How a control is prevented, in a word or two. */
export const DECISION_WORDS: Readonly<Record<ControlFacts["decision"], string>> = {
  resource: "resource",
  stack: "stack",
  partial: "in part",
  none: "-",
};

function catalogText(controls: readonly ControlFacts[], colours: Colours): string {
  if (controls.length === 0) return 'No control matches. "compliance catalog" without arguments lists all.\n';
  const rows = controls.map((control) => [
    control.name,
    control.service,
    control.severity,
    DECISION_WORDS[control.decision],
    control.detective ? "yes" : "-",
  ]);
  const head = ["CONTROL", "SERVICE", "SEVERITY", "PREVENTED", "DETECTED"].map(colours.bold);
  const prevented = controls.filter(({ preventive }) => preventive).length;
  const detected = controls.filter(({ detective }) => detective).length;
  return (
    `${table(head, rows)}\n\n` +
    `${controls.length} ${controls.length === 1 ? "control" : "controls"}: ${prevented} prevented, ${detected} detected. ` +
    '"compliance explain CONTROL" shows everything about one.\n'
  );
}

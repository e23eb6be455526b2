import { isWithdrawn } from "../catalog";
import { allRules, findRule } from "../registry";
import type { Rule } from "../registry";
import type { Problems } from "./problems";

/** Reports a control that does not exist, or exists no longer. */
export function unknownControl(path: string, given: string, problems: Problems): void {
  if (isWithdrawn(given.toUpperCase().replaceAll("-", "_"))) {
    problems.add(path, `The rule "${given}" was withdrawn by AWS. Remove it.`);
    return;
  }
  const names = allRules().map((rule) => (given.includes("-") ? rule.name : rule.identifier));
  problems.unknownName(path, "The control", given, names, '"compliance catalog" lists the controls.');
}

/** The rules that a list of ids and names stands for. */
export function controlList(
  value: unknown,
  path: string,
  problems: Problems,
): readonly (readonly [string, Rule])[] {
  return problems.list(path, value).flatMap(([place, item]) => {
    const id = problems.text(place, item, "The id or name of a control");
    if (id === undefined) return [];
    const rule = findRule(id);
    if (rule !== undefined) return [[place, rule] as const];
    unknownControl(place, id, problems);
    return [];
  });
}

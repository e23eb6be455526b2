import { SEVERITIES } from "../catalog";
import type { Severity } from "../catalog";
import { allRules, findRule } from "../registry";
import type { Rule } from "../registry";
import { unknownControl } from "./controls";
import { checkParameters } from "./parameters";
import { join } from "./problems";
import type { Problems } from "./problems";
import { FREQUENCIES, LEVELS } from "./types";
import type { Frequency, Level } from "./types";

/** What a selection file says of single controls: level, parameters, frequency. */

/** The level of each control: its own, else its service's, else its severity's, else the default, else mandatory. */
export function levels(value: unknown, path: string, problems: Problems): (rule: Rule) => Level {
  const entries = problems.object(path, value, ["default", "severity", "service", "controls"]);
  const read = <K extends string>(
    name: string,
    check: (key: string, place: string) => K | undefined,
  ): ReadonlyMap<K, Level> => {
    const found = new Map<K, Level>();
    for (const [key, item] of problems.object(join(path, name), entries.get(name))) {
      const place = join(join(path, name), key);
      const level = problems.word(place, item, LEVELS);
      const valid = check(key, place);
      if (level !== undefined && valid !== undefined) found.set(valid, level);
    }
    return found;
  };
  const services = new Set(allRules().map((rule) => rule.service));
  const bySeverity = read("severity", (key, place): Severity | undefined =>
    problems.word(place, key, SEVERITIES),
  );
  const byService = read("service", (key, place) => {
    if (services.has(key)) return key;
    problems.unknownName(
      place,
      "The service",
      key,
      services,
      '"compliance catalog" lists controls with their services.',
    );
    return undefined;
  });
  const byControl = read("controls", (key, place) => controlKey(key, place, problems)?.identifier);
  const fallback = entries.has("default")
    ? problems.word(join(path, "default"), entries.get("default"), LEVELS)
    : undefined;
  return (rule) =>
    byControl.get(rule.identifier) ??
    byService.get(rule.service) ??
    bySeverity.get(rule.severity) ??
    fallback ??
    "mandatory";
}

function controlKey(key: string, place: string, problems: Problems): Rule | undefined {
  const rule = findRule(key);
  if (rule === undefined) unknownControl(place, key, problems);
  return rule;
}

export function givenParameters(
  value: unknown,
  path: string,
  problems: Problems,
): Map<string, Readonly<Record<string, string>>> {
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (const [key, item] of problems.object(path, value)) {
    const place = join(path, key);
    const rule = controlKey(key, place, problems);
    if (rule !== undefined) found.set(rule.identifier, checkParameters(rule, item, place, problems));
  }
  return found;
}

export function givenFrequencies(
  value: unknown,
  path: string,
  problems: Problems,
): ReadonlyMap<string, Frequency> {
  const found = new Map<string, Frequency>();
  for (const [key, item] of problems.object(path, value)) {
    const place = join(path, key);
    const rule = controlKey(key, place, problems);
    const frequency = problems.word(place, item, FREQUENCIES);
    if (rule === undefined || frequency === undefined) continue;
    if (rule.triggerTypes.includes("Periodic")) found.set(rule.identifier, frequency);
    else
      problems.add(
        place,
        `${rule.identifier} is evaluated when a resource changes, so that AWS Config allows no frequency. Remove it.`,
      );
  }
  return found;
}

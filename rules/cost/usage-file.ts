import { conformancePacks } from "../catalog";
import { describe, join, Problems } from "../selection/problems";
import type { Problem } from "../selection";
import { byCase, CASES, exact, MILLION } from "./amounts";
import type { Millionths } from "./amounts";
import { isTypeName, parseRecording, RESOURCE_COMPLIANCE } from "./recording";
import { MONTHLY } from "./usage";
import type { MonthlyName, Quantity, TypeUsage, Usage } from "./usage";

const ENTRIES = [
  "description",
  "regions",
  "recording",
  "resources",
  "transitionsPerThousand",
  "conformancePacks",
  ...new Set(MONTHLY.map((name) => sectionOf(name))),
];
const NONE: Quantity = { low: 0n, expected: 0n, high: 0n };
/** Far more than an account has. */
const MAX_REGIONS = 100;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Either a usage without problems, or all its problems. */
export type ParsedUsage =
  | { readonly usage: Usage; readonly problems: readonly [] }
  | { readonly usage?: undefined; readonly problems: readonly Problem[] };

/**
 * Reads a usage file. A number may be one for all cases, or a map of `low`, `expected` and `high`. Allowed are numbers
 * from 0 to 2^53 - 1 with at most six places.
 */
export function parseUsage(file: unknown): ParsedUsage {
  const problems = new Problems();
  const entries = problems.object("", file ?? {}, ENTRIES);
  if (isMap(file) && !entries.has("resources")) {
    problems.add("resources", 'The resources are missing. Write "AWS::S3::Bucket: { count: 10 }" lines.');
  }
  const description = entries.has("description")
    ? problems.text("description", entries.get("description"), "The description")
    : undefined;
  const recording = problems.object("recording", entries.get("recording"), ["strategy", "recordingMode"]);
  const usage: Usage = {
    ...(description === undefined ? {} : { description }),
    regions: parseRegions(entries.get("regions") ?? 1, "regions", problems),
    recording: parseRecording(recording, "recording", problems),
    resources: resources(entries.get("resources"), problems),
    transitionsPerThousand: perThousand(entries.get("transitionsPerThousand"), problems),
    conformancePacks: packs(entries.get("conformancePacks"), problems),
    monthly: monthly(entries, problems),
  };
  return problems.all.length > 0 ? { problems: problems.all } : { usage, problems: [] };
}

/** Whether a file holds entries, or nothing at all. */
export const isMap = (file: unknown): boolean =>
  file === undefined || file === null || (typeof file === "object" && !Array.isArray(file));

/** Region names, or how many there are. */
export function parseRegions(value: unknown, path: string, problems: Problems): readonly string[] | number {
  if (typeof value === "number") {
    if (Number.isInteger(value) && value >= 1 && value <= MAX_REGIONS) return value;
    problems.add(
      path,
      `${describe(value)} is not allowed here. Write a whole number from 1 to ${MAX_REGIONS}, or names.`,
    );
    return 1;
  }
  const names = problems.list(path, value).flatMap(([place, item]) => {
    const name = problems.text(place, item, "The name of a region");
    if (name === undefined || REGION.test(name)) return name ?? [];
    problems.add(place, `${describe(name)} is not a region. Write one such as "eu-central-1".`);
    return [];
  });
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index)
      problems.add(`${path}[${index}]`, `"${name}" is listed twice. Remove one.`);
  });
  if (Array.isArray(value) && value.length === 0) {
    problems.add(path, "No region is listed. Name at least one, the home region first.");
  }
  return names;
}

function resources(value: unknown, problems: Problems): readonly TypeUsage[] {
  return [...problems.object("resources", value)].map(([type, item]): TypeUsage => {
    const path = join("resources", type);
    if (type === RESOURCE_COMPLIANCE) {
      problems.add(
        path,
        'These items follow from the evaluations. Remove it, and set "transitionsPerThousand".',
      );
    } else if (!isTypeName(type)) {
      problems.add(path, `${describe(type)} is not a resource type. Write one such as "AWS::S3::Bucket".`);
    }
    const entries = problems.object(path, item, ["count", "changesPerDay", "createdPerDay"]);
    if (typeof item === "object" && item !== null && !entries.has("count")) {
      problems.add(join(path, "count"), "The number of resources is missing. Add it.");
    }
    return {
      type,
      count: quantity(entries.get("count"), join(path, "count"), problems, { whole: true }),
      changesPerDay: quantity(entries.get("changesPerDay"), join(path, "changesPerDay"), problems),
      createdPerDay: quantity(entries.get("createdPerDay"), join(path, "createdPerDay"), problems),
    };
  });
}

function perThousand(value: unknown, problems: Problems): Quantity {
  const path = "transitionsPerThousand";
  const found = quantity(value, path, problems);
  if (found.high > 1000n * MILLION) problems.add(path, "Of a thousand, at most 1000 can change. Lower it.");
  return found;
}

function packs(value: unknown, problems: Problems): readonly string[] {
  return problems.list("conformancePacks", value).flatMap(([place, item]) => {
    const id = problems.text(place, item, "The name of a conformance pack")?.replace(/\.ya?ml$/, "");
    if (id === undefined || conformancePacks().some(({ pack }) => pack === id)) return id ?? [];
    const known = conformancePacks().map(({ pack }) => pack);
    problems.unknownName(
      place,
      "The conformance pack",
      id,
      known,
      '"compliance coverage --by pack" lists them.',
    );
    return [];
  });
}

function monthly(
  entries: ReadonlyMap<string, unknown>,
  problems: Problems,
): ReadonlyMap<MonthlyName, Quantity> {
  const found = new Map<MonthlyName, Quantity>();
  for (const section of new Set(MONTHLY.map(sectionOf))) {
    const names = MONTHLY.filter((name) => sectionOf(name) === section);
    const values = problems.object(section, entries.get(section), names.map(lastOf));
    for (const name of names) {
      const value = values.get(lastOf(name));
      if (value !== undefined) found.set(name, quantity(value, name, problems));
    }
  }
  return found;
}

function sectionOf(name: MonthlyName): string {
  return name.slice(0, name.indexOf("."));
}

const lastOf = (name: MonthlyName): string => name.slice(name.indexOf(".") + 1);

/** A number for all cases, or one for each; absent is none. */
function quantity(
  value: unknown,
  path: string,
  problems: Problems,
  options: { readonly whole?: boolean } = {},
): Quantity {
  if (value === undefined) return NONE;
  if (typeof value !== "object" || value === null) {
    const found = amount(value, path, problems, options) ?? 0n;
    return byCase(() => found);
  }
  const entries = problems.object(path, value, CASES);
  const found = byCase((name) => {
    const place = join(path, name);
    if (!entries.has(name)) {
      if (!Array.isArray(value)) problems.add(place, "The case is missing. Write low, expected and high.");
      return undefined;
    }
    return amount(entries.get(name), place, problems, options);
  });
  const { low, expected, high } = found;
  if (low === undefined || expected === undefined || high === undefined) return NONE;
  if (low > expected || expected > high) {
    problems.add(path, "The cases are out of order. Low may not be over expected, nor expected over high.");
  }
  return { low, expected, high };
}

function amount(
  value: unknown,
  path: string,
  problems: Problems,
  { whole = false }: { readonly whole?: boolean },
): Millionths | undefined {
  const found = typeof value === "number" ? exact(value) : undefined;
  if (found !== undefined && (!whole || found % MILLION === 0n)) return found;
  const given = typeof value === "number" ? `The number ${String(value)}` : describe(value);
  const allowed = whole
    ? "a whole number from 0 to 9007199254740991"
    : "a number from 0 to 9007199254740991 with at most six places";
  problems.add(path, `${given} is not allowed here. Write ${allowed}, without quotes.`);
  return undefined;
}

import { SEVERITIES, conformancePacks, frameworks, managedRules } from "../catalog";
import type { Rule } from "../registry";
import { compare } from "../engine";
import { controlList } from "./controls";
import { checkDeployment } from "./deployment";
import { parseExemptions } from "./exemptions";
import { givenFrequencies, givenParameters, levels } from "./overrides";
import { packageNames } from "./packages";
import { defaultParameters } from "./parameters";
import { Problems, describe, join } from "./problems";
import type { Problem, SelectedControl, Selection } from "./types";

export interface ResolveOptions {
  /** Today, as `YYYY-MM-DD` in UTC; exemptions end by it. */
  readonly today: string;
  /**
   * The regions that rules are deployed to. With them everything that AWS Config would refuse is a problem; without
   * them (judging a program) only what cannot be understood is.
   */
  readonly regions?: readonly string[];
  /** The place of the selection in a larger document, for messages. */
  readonly path?: string;
}

/** Either a selection without problems, or all its problems. */
export type Resolved =
  | { readonly selection: Selection; readonly problems: readonly [] }
  | { readonly selection?: undefined; readonly problems: readonly Problem[] };

const ENTRIES = [
  "packages",
  "controls",
  "frameworks",
  "packs",
  "services",
  "severities",
  "exclude",
  "parameters",
  "levels",
  "frequencies",
  "strict",
  "exemptions",
];

/** A parameter value that a framework or pack asks for, by rule. */
type Asked = Map<string, Readonly<Record<string, string>>>;

/**
 * Turns a selection as people write it into controls with levels and parameters. `controls: all`, or none, takes every
 * control that the frameworks, packs, services and severities leave; a list of controls is added to what those name.
 */
export function resolveSelection(file: unknown, options: ResolveOptions): Resolved {
  const problems = new Problems();
  const root = options.path ?? "";
  const entries = problems.object(root, file ?? {}, ENTRIES);
  const at = (name: string): string => join(root, name);
  const asked: Asked = new Map();
  packageNames(entries.get("packages"), at("packages"), problems);
  const named = namedControls(entries, at, problems);
  const queried = queriedControls(entries, at, asked, problems);
  const takesAll = entries.get("controls") === undefined || entries.get("controls") === "all";
  const rules = new Map<string, Rule>();
  if (takesAll || queried.narrowed) for (const rule of queried.rules) rules.set(rule.identifier, rule);
  for (const [, rule] of named) rules.set(rule.identifier, rule);
  for (const [, rule] of controlList(entries.get("exclude"), at("exclude"), problems))
    rules.delete(rule.identifier);

  const levelOf = levels(entries.get("levels"), at("levels"), problems);
  const given = givenParameters(entries.get("parameters"), at("parameters"), problems);
  const frequencies = givenFrequencies(entries.get("frequencies"), at("frequencies"), problems);
  const strict = entries.get("strict") ?? false;
  if (typeof strict !== "boolean")
    problems.add(at("strict"), `${describe(strict)} is not allowed here. Write true or false.`);
  const exemptions = parseExemptions(entries.get("exemptions"), at("exemptions"), problems);
  const controls = [...rules.values()]
    .sort((a, b) => compare(a.identifier, b.identifier))
    .map((rule): SelectedControl => {
      const parameters = {
        ...defaultParameters(rule),
        ...asked.get(rule.identifier),
        ...given.get(rule.identifier),
      };
      const frequency = frequencies.get(rule.identifier);
      return {
        id: rule.identifier,
        rule,
        level: levelOf(rule),
        parameters,
        missing: rule.parameters
          .filter((p) => !p.optional && !Object.hasOwn(parameters, p.name))
          .map((p) => p.name),
        strict: strict === true,
        ...(frequency === undefined ? {} : { frequency }),
        named: named.some(([, other]) => other === rule),
      };
    });
  const isExpired = (exemption: { readonly expires: string }): boolean => exemption.expires < options.today;
  if (options.regions !== undefined) {
    checkDeployment(controls, options.regions, named, at, problems);
    exemptions.forEach((exemption, index) => {
      if (!isExpired(exemption)) return;
      problems.add(
        `${at("exemptions")}[${index}].expires`,
        `The exemption ended on ${exemption.expires}. Fix the resource, or agree on a new day.`,
      );
    });
  }
  if (problems.all.length > 0) return { problems: problems.all };
  return {
    problems: [],
    selection: {
      controls,
      frameworks: textList(entries.get("frameworks")),
      exemptions: exemptions.filter((exemption) => !isExpired(exemption)),
      expired: exemptions.filter(isExpired),
    },
  };
}

const textList = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

function namedControls(
  entries: ReadonlyMap<string, unknown>,
  at: (name: string) => string,
  problems: Problems,
): readonly (readonly [string, Rule])[] {
  const value = entries.get("controls");
  if (value === undefined || value === "all") return [];
  if (!Array.isArray(value)) {
    problems.add(
      at("controls"),
      `${describe(value)} is not allowed here. Write "all", or a list of ids and names.`,
    );
    return [];
  }
  return controlList(value, at("controls"), problems);
}

/** What frameworks, packs, services and severities leave of all rules, and the parameters that they ask for. */
function queriedControls(
  entries: ReadonlyMap<string, unknown>,
  at: (name: string) => string,
  asked: Asked,
  problems: Problems,
): { readonly rules: readonly Rule[]; readonly narrowed: boolean } {
  const ask = (identifier: string, values: Readonly<Record<string, string>> | undefined): void => {
    if (values !== undefined) asked.set(identifier, { ...values, ...asked.get(identifier) });
  };
  const wanted = new Set<string>();
  for (const framework of lookUp(
    entries.get("frameworks"),
    at("frameworks"),
    "The framework",
    frameworks,
    ({ id }) => id,
    problems,
  )) {
    for (const [, rules, parameters = {}] of framework.controls) {
      for (const rule of rules) wanted.add(rule);
      for (const [rule, values] of Object.entries(parameters)) ask(rule, values);
    }
  }
  for (const pack of lookUp(
    entries.get("packs"),
    at("packs"),
    "The conformance pack",
    conformancePacks,
    ({ pack: id }) => id,
    problems,
  )) {
    for (const [rule, values] of pack.rules) {
      wanted.add(rule);
      ask(rule, values);
    }
  }
  const serviceNames = (): readonly string[] => [...new Set(managedRules().map((rule) => rule.service))];
  const services = lookUp(
    entries.get("services"),
    at("services"),
    "The service",
    serviceNames,
    (name) => name,
    problems,
  );
  const severities = problems
    .list(at("severities"), entries.get("severities"))
    .flatMap(([place, item]) => problems.word(place, item, SEVERITIES) ?? []);
  const byList = entries.get("frameworks") !== undefined || entries.get("packs") !== undefined;
  const rules = managedRules().filter(
    (rule) =>
      (rule.status === "listed" || rule.status === "newer") &&
      (!byList || wanted.has(rule.identifier)) &&
      (services.length === 0 || services.includes(rule.service)) &&
      (severities.length === 0 || severities.includes(rule.severity)),
  );
  return {
    rules,
    narrowed: byList || entries.get("services") !== undefined || entries.get("severities") !== undefined,
  };
}

function lookUp<T>(
  value: unknown,
  path: string,
  what: string,
  // Called only when something is looked up: the lists of frameworks and packs are large.
  known: () => readonly T[],
  idOf: (item: T) => string,
  problems: Problems,
): readonly T[] {
  return problems.list(path, value).flatMap(([place, item]) => {
    const id = problems.text(place, item, what);
    if (id === undefined) return [];
    const found = known().find(
      (candidate) => idOf(candidate) === id.replace(/\.ya?ml$/, "") || idOf(candidate) === id,
    );
    if (found !== undefined) return [found];
    problems.unknownName(
      place,
      what,
      id,
      known().map(idOf),
      '"compliance catalog --help" says how to list the valid ones.',
    );
    return [];
  });
}

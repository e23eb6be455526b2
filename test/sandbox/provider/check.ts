import { closest } from "fastest-levenshtein";

import { isObject } from "../json";
import { type Facts, type InputFact, type TypeFacts } from "./facts";
import { autoName, nameRuleOf, type Autonaming } from "./naming";
import { type AnyResourceType } from "./resource-type";
import { DEFAULTS, hasUnknown, isAsset, jsonText, plain, textMap, UNKNOWN, type Properties } from "./values";

/** A reason why the inputs are refused, with the path of the property. */
interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** What Check is asked. */
export interface CheckQuestion {
  readonly token: string;
  /** The logical name of the resource. */
  readonly name: string;
  /** The inputs of the last deployment; empty for a new resource. */
  readonly olds: Properties;
  readonly news: Properties;
  readonly seed: Uint8Array;
  readonly autonaming?: Autonaming;
}

/** What of the provider's configuration goes into every resource. */
export interface CheckSettings {
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** The inputs as the provider will use them, and what is wrong with them. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/**
 * Does what the bridge's Check does: region, tags, names and defaults filled in, documents as text, wrong names refused.
 *
 * @param type - the type's entry in the table, or `undefined` for a type that is only previewed
 */
export function check(
  question: CheckQuestion,
  settings: CheckSettings,
  facts: Facts,
  typeFacts: TypeFacts,
  type: AnyResourceType | undefined,
): Checked {
  const failures: CheckFailure[] = [];
  const members = new Members(facts, failures);
  const given = plain(question.news);
  const inputs: Record<string, unknown> = { ...members.check(given, typeFacts.inputs, "") };
  if (typeFacts.inputs.has("region")) inputs["region"] ??= settings.region;
  if (typeFacts.inputs.has("tags") && typeFacts.computed.has("tagsAll")) {
    inputs["tagsAll"] = allTags(inputs["tags"], settings.defaultTags);
  }
  const defaulted: string[] = [];
  const fill = (property: string, value: unknown): void => {
    if (inputs[property] !== undefined || value === undefined) return;
    inputs[property] = value;
    defaulted.push(property);
  };
  for (const [property, value] of Object.entries(type?.defaults ?? {})) fill(property, value);
  try {
    fillName(question, typeFacts, inputs, fill);
  } catch (error) {
    failures.push({ property: "name", reason: error instanceof Error ? error.message : String(error) });
  }
  if (failures.length === 0 && !hasUnknown(inputs)) {
    const problems = type?.check?.(plain(inputs)) ?? [];
    failures.push(...problems.map(([property, reason]) => ({ property, reason })));
  }
  return { inputs: { ...inputs, [DEFAULTS]: defaulted.sort() }, failures };
}

/** The provider's default tags under the resource's own; unknown when any part is. */
function allTags(tags: unknown, defaultTags: Readonly<Record<string, string>>): unknown {
  return hasUnknown(tags) ? UNKNOWN : { ...defaultTags, ...textMap(tags) };
}

function fillName(
  { token, name, olds, seed, autonaming }: CheckQuestion,
  facts: TypeFacts,
  inputs: Properties,
  fill: (property: string, value: unknown) => void,
): void {
  const rule = nameRuleOf(token, facts);
  if (!rule || inputs[rule.property] !== undefined) return;
  const old = olds[rule.property];
  const wasFilledIn = Array.isArray(olds[DEFAULTS]) && olds[DEFAULTS].includes(rule.property);
  fill(rule.property, wasFilledIn ? old : autoName(rule, name, seed, inputs, autonaming));
}

/** Holds objects against their declarations, at every depth. */
class Members {
  constructor(
    private readonly facts: Facts,
    private readonly failures: CheckFailure[],
  ) {}

  check(values: Properties, expected: ReadonlyMap<string, InputFact>, path: string): Properties {
    for (const [name, { isRequired }] of expected) {
      if (isRequired && values[name] === undefined) this.fail(join(path, name), "is required and missing");
    }
    const known = Object.entries(values).filter(
      ([name]) => expected.has(name) || this.refuse(name, expected, path),
    );
    return Object.fromEntries(
      known.map(([name, value]) => [
        name,
        this.value(value, expected.get(name)?.shape ?? { kind: "other" }, join(path, name)),
      ]),
    );
  }

  private value(value: unknown, shape: InputFact["shape"], path: string): unknown {
    if (value === UNKNOWN || isAsset(value)) return value;
    switch (shape.kind) {
      case "document":
        if (!isObject(value)) return value;
        return hasUnknown(value) ? UNKNOWN : jsonText(value);
      case "object": {
        const expected = this.facts.nested(shape.reference);
        if (!expected || !isObject(value)) return this.expect(isObject(value), value, "an object", path);
        return { ...this.check(value, expected, path), [DEFAULTS]: [] };
      }
      case "list":
        if (!Array.isArray(value)) return this.expect(false, value, "a list", path);
        return value.map((element, index) => this.value(element, shape.of, `${path}[${index}]`));
      case "map":
        return this.expect(isObject(value), value, "a map", path);
      case "scalar":
        return this.expect(typeof value !== "object", value, "a single value", path);
      case "other":
        return value;
    }
  }

  private expect(holds: boolean, value: unknown, what: string, path: string): unknown {
    if (!holds) this.fail(path, `takes ${what}, not ${Array.isArray(value) ? "a list" : typeof value}`);
    return value;
  }

  private refuse(name: string, expected: ReadonlyMap<string, InputFact>, path: string): false {
    this.fail(
      join(path, name),
      `is not a property; the nearest one is "${closest(name, [...expected.keys()])}"`,
    );
    return false;
  }

  private fail(property: string, reason: string): void {
    this.failures.push({ property, reason: `"${property}" ${reason}.` });
  }
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

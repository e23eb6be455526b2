import { isObject } from "../json";
import { isSame } from "./diff";
import { type InputFact, type TypeFacts } from "./facts";
import { DEFAULTS, isAsset, textMap, type Properties } from "./values";

/**
 * What an update sends for properties that the program leaves out: those for which AWS chooses a value keep what they hold.
 */
export function carryOver(news: Properties, state: Properties, facts: TypeFacts): Properties {
  const kept = [...facts.inputs].filter(
    ([name, fact]) =>
      fact.isAlwaysSet && !fact.isRequired && news[name] === undefined && state[name] !== undefined,
  );
  return { ...Object.fromEntries(kept.map(([name]) => [name, state[name]])), ...news };
}

/**
 * The inputs after a look at AWS: what differs there takes the place of what was asked for, so that the next Diff shows it.
 *
 * @param live - what AWS holds; a name with `undefined` is a property that AWS does not hold any more
 */
export function inputsFromLive(inputs: Properties, live: Properties, facts: TypeFacts): Properties {
  if (Object.keys(inputs).length === 0) return importedInputs(live, facts);
  const merged = Object.entries(inputs).map(([name, value]) => {
    if (name === DEFAULTS || !(name in live)) return [name, value] as const;
    return [name, merge(value, live[name], shapeOf(name, facts))] as const;
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

/**
 * What AWS holds, with the resource's own tags told from those of the provider: a default tag counts as own only where
 * the program repeats it. Tags that AWS sets itself are left out.
 */
export function withOwnTags(
  live: Properties,
  inputs: Properties,
  defaultTags: Readonly<Record<string, string>>,
): Properties {
  if (live["tagsAll"] === undefined) return live;
  const asked = textMap(inputs["tags"]);
  const all = Object.entries(textMap(live["tagsAll"])).filter(([name]) => !name.startsWith("aws:"));
  const own = all.filter(([name, value]) => name in asked || defaultTags[name] !== value);
  return { ...live, tags: Object.fromEntries(own), tagsAll: Object.fromEntries(all) };
}

// Check adds all tags to the inputs, although no program can give them.
function shapeOf(name: string, facts: TypeFacts): InputFact["shape"] | undefined {
  return name === "tagsAll" ? { kind: "map" } : facts.inputs.get(name)?.shape;
}

function importedInputs(live: Properties, facts: TypeFacts): Properties {
  const known = Object.entries(live).filter(([name]) => facts.inputs.has(name) || name === "tagsAll");
  return { ...pruned(Object.fromEntries(known)), [DEFAULTS]: [] };
}

// A program does not spell out what is off or empty anyway; the state still has it, so that Diff can tell.
function pruned(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]) => [name, isObject(value) ? pruned(value) : value]),
  );
}

function merge(asked: unknown, live: unknown, shape: InputFact["shape"] | undefined): unknown {
  if (isEquivalent(asked, live)) return asked;
  if (isObject(asked) && isObject(live) && shape?.kind !== "map" && !isAsset(asked)) {
    // AWS answers with more than was asked for; only what was asked for can have changed.
    const merged = Object.entries(asked).map(([key, value]) => [
      key,
      key in live ? merge(value, live[key], undefined) : value,
    ]);
    return Object.fromEntries(merged) as unknown;
  }
  if (Array.isArray(asked) && Array.isArray(live) && asked.length === live.length && !isScalarList(asked)) {
    const element = shape?.kind === "list" ? shape.of : undefined;
    return asked.map((value, index) => merge(value, live[index], element));
  }
  return live;
}

function isEquivalent(asked: unknown, live: unknown): boolean {
  if (isSame(asked, live) || (isEmpty(asked) && isEmpty(live))) return true;
  if (Array.isArray(asked) && Array.isArray(live) && isScalarList(asked)) {
    return isSame([...asked.map(String)].sort(), [...live.map(String)].sort());
  }
  return scalarText(asked) !== undefined && scalarText(asked) === scalarText(live);
}

// The engine writes numbers and booleans where some APIs answer with text.
function scalarText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

function isScalarList(value: readonly unknown[]): boolean {
  return value.every((element) => typeof element !== "object");
}

// What AWS leaves out and what it gives as nothing is the same to it.
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "" || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return (
    isObject(value) && Object.entries(value).every(([key, member]) => key.startsWith("__") || isEmpty(member))
  );
}

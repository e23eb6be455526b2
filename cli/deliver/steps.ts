import { isObject, own } from "../sources/json";
import type { Json } from "../sources/json";
import { canonical, textHash } from "./hashes";

/** One thing that an update does to one resource. */
export interface Step {
  /** `create`, `update`, `replace`, `create-replacement`, `delete-replaced`, `delete`, `read`, ... */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Properties that differ, sorted. */
  readonly diffs: readonly string[];
  /** The hash of the inputs, secrets and generated values left out. */
  readonly inputs: string;
}

/** A step of the engine, from the metadata of its event. */
export function stepOf(metadata: Json): Step {
  const state = own(metadata, "new");
  const inputs = isObject(state) ? (own(state, "inputs") ?? null) : null;
  const detailed = own(metadata, "detailedDiff");
  const named = own(metadata, "diffs");
  const diffs = isObject(detailed) ? Object.keys(detailed) : Array.isArray(named) ? named.map(String) : [];
  return {
    op: textOf(own(metadata, "op")),
    urn: textOf(own(metadata, "urn")),
    type: textOf(own(metadata, "type")),
    diffs: [...diffs].sort(),
    inputs: textHash(canonical(withoutDefaults(inputs))),
  };
}

/** Steps in an order that does not depend on the engine's parallelism. */
export function sorted(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((a, b) => compareText(a.urn, b.urn) || compareText(a.op, b.op));
}

/**
 * How two lists of steps differ, one sentence a resource.
 * @param approved - what was looked at and approved.
 */
export function differencesOf(approved: readonly Step[], now: readonly Step[]): readonly string[] {
  const before = byUrn(approved);
  const after = byUrn(now);
  const urns = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  return urns.flatMap((urn) => {
    const [was, is] = [before.get(urn) ?? [], after.get(urn) ?? []];
    if (canonical(was) === canonical(is)) return [];
    const [operations = "", present = ""] = [was, is].map(wordsOf);
    if (operations !== present) return [`${urn}: approved is ${operations}, now it is ${present}`];
    const diffs = [...new Set([...was, ...is].flatMap((step) => step.diffs))].join(", ");
    return [`${urn}: ${present} with other values${diffs === "" ? "" : ` (${diffs})`}`];
  });
}

const wordsOf = (steps: readonly Step[]): string =>
  steps.length === 0 ? "no change" : steps.map(({ op }) => op).join(", ");

function byUrn(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  const map = new Map<string, Step[]>();
  for (const step of sorted(steps)) map.set(step.urn, [...(map.get(step.urn) ?? []), step]);
  return map;
}

/** Words for the counts of an operation, in the order in which people ask. */
const WORDS = [
  ["create", "to create"],
  ["update", "to update"],
  ["replace", "to replace"],
  ["delete", "to delete"],
  ["import", "to import"],
  ["read", "to read"],
  ["refresh", "to refresh"],
  ["same", "unchanged"],
] as const;

/** What an update will do, e.g. `3 to create, 12 unchanged`. */
export function summaryOf(counts: Readonly<Record<string, number>>): string {
  const parts = WORDS.flatMap(([op, word]) => {
    const count = counts[op] ?? 0;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return parts.length === 0 ? "no resources" : parts.join(", ");
}

/** Whether an update would change anything. */
export const hasChanges = (counts: Readonly<Record<string, number>>): boolean =>
  Object.entries(counts).some(([op, count]) => count > 0 && op !== "same" && op !== "read");

/**
 * Inputs without what the provider filled in: generated names are random, so that they differ in every preview of a
 * resource that does not exist yet.
 */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isObject(value)) return value;
  const filled = own(value, "__defaults");
  const names = new Set(Array.isArray(filled) ? filled.map(String) : []);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "__defaults" && !names.has(name))
      .map(([name, item]) => [name, withoutDefaults(item)]),
  );
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { NamedBucket } from "../bucket-names";
import type { Problem } from "../problems";
import type { Section } from "./section";

/** What a stack can hold, with the entries of the configuration that speak of it alone. */
const ENTRIES = {
  /** Evidence bucket, recorders and rules. */
  detection: ["evidence", "recorder", "delivery", "retentionDays", "rules"],
  /** Topics, alerts and chat channels. */
  notifications: ["notifications"],
  /** CloudTrail with alarms on the calls that would blind the system. */
  trail: ["trail"],
  /** A page for people, with alarms on compliance and on the system's own health. */
  dashboard: ["dashboard"],
  /** The pipeline that delivers to other stacks. */
  pipeline: ["pipeline", "state"],
  /** The roles in an account that a pipeline delivers to. */
  target: ["target", "state"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The name of a part. */
export type PartName = keyof typeof ENTRIES;

/** A part as it was read, with what AWS would refuse of it; paths start at the root of the settings. */
export interface Part<T> {
  readonly settings: T;
  readonly limits: readonly Problem[];
  /** The buckets that it makes or uses; paths start at the root of the settings. @defaultValue none */
  readonly buckets?: readonly NamedBucket[];
}

const NAMES: readonly PartName[] = ["detection", "notifications", "trail", "dashboard", "pipeline", "target"];
/** All that need no data of their own. */
const DEFAULT: readonly PartName[] = ["detection", "notifications", "trail", "dashboard"];

/** Entries that several parts read. */
const SHARED = ["parts", "regions", "homeRegion", "tags", "selection", "permissionsBoundary"];

/** The names of all entries of the configuration. */
export const ALL_ENTRIES: readonly string[] = [...new Set([...SHARED, ...Object.values(ENTRIES).flat()])];

/** The parts that the stack holds: the entry `parts`. Entries of other parts would be ignored in silence. */
export function partList(root: Section): ReadonlySet<PartName> {
  const given = root.words("parts", NAMES);
  const held = new Set(given ?? DEFAULT);
  for (const entry of new Set(NAMES.flatMap((name): readonly string[] => ENTRIES[name]))) {
    const readers = NAMES.filter((name) => ENTRIES[name].some((own) => own === entry));
    if (!root.has(entry) || readers.some((name) => held.has(name))) continue;
    const names = readers.map((name) => `"${name}"`).join(" or ");
    root.refuse(entry, `The stack does not hold the part ${names}. Add it to "parts", or remove this.`);
  }
  return held;
}

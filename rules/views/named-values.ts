import { both, check, isScalar, undecided } from "../engine";
import type { Outcome, Reader, Reason, Ternary } from "../engine";

/** Lists of settings that have a name and a value each, e.g. the parameters of a parameter group. */

/** What a setting must be. */
export interface WantedValue {
  /** Names are compared without case and underscores, for programs write `require_ssl` and `requireSsl`. */
  readonly name: string;
  /** A property that tells apart settings of the same name, and its value. */
  readonly within?: readonly [property: string, value: string];
  readonly holds: (value: string) => boolean;
  readonly fix: string;
  /** What it means when no entry has the name. */
  readonly missing: (reason: Reason) => Outcome;
}

const fold = (name: string): string => name.toLowerCase().replaceAll("_", "");

/** Whether a property of a block is a text that is looked for. */
function isNamed(item: Reader<unknown>, path: string, isWanted: (name: string) => boolean): Ternary {
  const { kind, ...read } = item.at(path);
  if (kind === "unknown") return "unknown";
  return "value" in read && isScalar(read.value) && isWanted(String(read.value));
}

/** The setting of a name holds in a list of blocks with two properties. */
export function namedValue(
  owner: Reader<unknown>,
  path: string,
  [nameAt, valueAt]: readonly [name: string, value: string],
  wanted: WantedValue,
): Outcome {
  const { items, complete } = owner.each(path as never);
  const missing = {
    ...owner.place(path),
    found: `"${owner.name(path)}" does not set "${wanted.name}"`,
    fix: wanted.fix,
  };
  let hidden = !complete;
  for (const item of items) {
    const matches = both(
      isNamed(item, nameAt, (name) => fold(name) === fold(wanted.name)),
      ...(wanted.within === undefined
        ? []
        : [isNamed(item, wanted.within[0], (name) => name === wanted.within?.[1])]),
    );
    if (matches === "unknown") hidden = true;
    if (matches !== true) continue;
    const value = item.at(valueAt);
    const reason = item.reason(valueAt, wanted.fix);
    if (value.kind === "unknown") return undecided(reason);
    return check(
      value.kind === "known" && isScalar(value.value) && wanted.holds(String(value.value)),
      reason,
    );
  }
  return hidden ? undecided(missing) : wanted.missing(missing);
}

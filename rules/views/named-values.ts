import { check, isScalar, undecided } from "../engine";
import type { Outcome, Reader, Reason } from "../engine";

/** Lists of settings that have a name and a value each, e.g. the parameters of a parameter group. */

/** What a setting must be. */
export interface WantedValue {
  /** Names are compared without case and underscores, for programs write `require_ssl` and `requireSsl`. */
  readonly name: string;
  readonly holds: (value: string) => boolean;
  readonly fix: string;
  /** What it means when no entry has the name. */
  readonly missing: (reason: Reason) => Outcome;
}

const fold = (name: string): string => name.toLowerCase().replaceAll("_", "");

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
    const name = item.at(nameAt);
    if (name.kind === "unknown") hidden = true;
    if (name.kind !== "known" || !isScalar(name.value) || fold(String(name.value)) !== fold(wanted.name))
      continue;
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

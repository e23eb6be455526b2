import { check, isScalar, undecided } from "../engine";
import type { Outcome, Path, Reader } from "../engine";

/**
 * A name is not the one that AWS proposes, which an attacker tries first; or it is one of the valid names, where some
 * are given. Without a name and a default the source of the data decides, which is not seen.
 */
export function ownName<T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  proposed: string,
  valid: readonly string[] | undefined,
): Outcome {
  const name = reader.name(path);
  const fix =
    valid === undefined
      ? `set "${name}" to something else than "${proposed}"`
      : `set "${name}" to one of ${valid.map((one) => `"${one}"`).join(", ")}`;
  const reason = reader.reason(path, fix);
  const read = reader.at(path);
  if (read.kind === "unknown") return undecided(reason);
  const value = read.kind === "known" ? read.value : read.default;
  if (value === undefined) return undecided(reason);
  const text = isScalar(value) ? String(value) : "";
  const isGood = valid === undefined ? text !== "" && text.toLowerCase() !== proposed : valid.includes(text);
  return check(isGood, reason);
}

import { check, compliant, isScalar, undecided } from "../engine";
import type { Outcome, Path, Reader } from "../engine";

/** Versions of engines and platforms, written in dotted numbers. */

/** `6.x` is the latest of its major version. */
const partsOf = (version: string): readonly number[] =>
  version
    .trim()
    .split(".")
    .map((part) => (part.toLowerCase() === "x" ? Number.POSITIVE_INFINITY : Number.parseInt(part, 10)));

/** Whether a version is not older than another; missing parts count as zero. What is no version is old. */
export function isVersionAtLeast(version: string, minimum: string): boolean {
  const [own, wanted] = [partsOf(version), partsOf(minimum)];
  for (let i = 0; i < Math.max(own.length, wanted.length); i++) {
    const [a, b] = [own[i] ?? 0, wanted[i] ?? 0];
    if (Number.isNaN(a)) return false;
    if (a !== b) return a > b;
  }
  return true;
}

/** The version at a path is not older than the minimum. */
export const versionAtLeast = <T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  minimum: string,
): Outcome => atLeast(reader, path, minimum);

function atLeast<T>(reader: Reader<T>, path: string, minimum: string): Outcome {
  const read = reader.at(path);
  const reason = reader.reason(path, `set "${reader.name(path)}" to ${minimum} or later`);
  if (read.kind === "unknown") return undecided(reason);
  const version = read.kind === "known" ? read.value : (read.default ?? null);
  return check(isScalar(version) && isVersionAtLeast(String(version), minimum), reason);
}

/** Like {@link versionAtLeast}, where AWS takes its latest version when none is given. */
export const latestOrAtLeast = <T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  minimum: string,
): Outcome => (reader.at(path).kind === "absent" ? compliant() : atLeast(reader, path, minimum));

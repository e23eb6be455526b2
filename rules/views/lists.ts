import { UNKNOWN, compliant, textsOf, undecided, violation } from "../engine";
import type { Items, Outcome, Path, Reader } from "../engine";

/** Conditions on lists of texts; a scalar is the only item of its list. */

const named = (texts: readonly string[]): string => texts.map((text) => `"${text}"`).join(", ");

function textsAt<T>(reader: Reader<T>, path: string): Items<string> {
  const read = reader.at(path);
  if (read.kind === "unknown") return textsOf(UNKNOWN);
  return textsOf(read.kind === "known" ? read.value : read.default);
}

/** The list has every wanted text, whatever its case. */
export function hasTexts<T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  wanted: readonly string[],
): Outcome {
  const { items, complete } = textsAt(reader, path);
  const given = new Set(items.map((item) => item.toLowerCase()));
  const missing = wanted.filter((text) => !given.has(text.toLowerCase()));
  if (missing.length === 0) return compliant();
  const reason = reader.reason(path, `add ${named(missing)} to "${reader.name(path)}"`);
  return complete ? violation(reason) : undecided(reason);
}

/** The list has at least one of the wanted texts. */
export function hasSomeText<T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  wanted: readonly string[],
): Outcome {
  const { items, complete } = textsAt(reader, path);
  if (items.some((item) => wanted.includes(item))) return compliant();
  const reason = reader.reason(path, `add ${named(wanted)} to "${reader.name(path)}"`);
  return complete ? violation(reason) : undecided(reason);
}

/** Every text of the list is one of the allowed. */
export function onlyTexts<T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  allowed: readonly string[],
): Outcome {
  const { items, complete } = textsAt(reader, path);
  const reason = reader.reason(path, `keep only ${named(allowed)} in "${reader.name(path)}"`);
  if (!items.every((item) => allowed.includes(item))) return violation(reason);
  return complete ? compliant() : undecided(reason);
}

import { distance } from "fastest-levenshtein";

/** Longer misspellings than this share of a name are no hint any more. */
const NEAR = 0.4;
/** So few letters are a slip, or an ending that was left out. */
const SLIP = 2;
/** Names that fit into a message. */
const MOST = 9;

/** The valid name that is nearest to a misspelt one; `undefined` when none is near. */
export function nearest(given: string, valid: Iterable<string>): string | undefined {
  const best = closest(wantedOf(given), valid);
  return best !== undefined && best.distance <= Math.max(SLIP, best.name.length * NEAR)
    ? best.name
    : undefined;
}

/**
 * Asks for what was probably meant: the names that begin with what was written, else the nearest one, else those that
 * contain it. A name in full that lacks a letter or two is alone.
 *
 * @returns `undefined` when no name is near enough.
 */
export function didYouMean(given: string, valid: Iterable<string>): string | undefined {
  const names = [...new Set(valid)];
  const wanted = wantedOf(given);
  const isWord = wanted.trim().length > 1;
  const begun = isWord ? names.filter((name) => name.toLowerCase().startsWith(wanted)) : [];
  const full = closest(wanted, begun);
  if (full !== undefined) return question(full.distance <= SLIP ? [full.name] : begun);
  const near = nearest(given, names);
  if (near !== undefined) return question([near]);
  const containing = isWord ? names.filter((name) => name.toLowerCase().includes(wanted)) : [];
  return containing.length === 0 ? undefined : question(containing);
}

/** A list of names for a sentence: `"A", "B" or "C"`. */
export function alternatives(names: readonly string[]): string {
  return inWords(names.map((name) => `"${name}"`));
}

function question(names: readonly string[]): string {
  if (names.length <= MOST) return `Did you mean ${alternatives(names)}?`;
  const shown = names.slice(0, MOST).map((name) => `"${name}"`);
  return `Did you mean ${inWords([...shown, `one of ${names.length - MOST} more`])}?`;
}

function inWords(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1) ?? ""}`;
}

const wantedOf = (given: string): string => given.toLowerCase().slice(0, 128);

function closest(wanted: string, names: Iterable<string>) {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const far = distance(wanted, name.toLowerCase());
    if (best === undefined || far < best.distance) best = { name, distance: far };
  }
  return best;
}

import * as pulumi from "@pulumi/pulumi";
import { show } from "./limits";
import { nameStem } from "./physical-names";
import { LONGEST_TARGET_PREFIX } from "./pipeline-names";
import type { Problem } from "./problems";

/** More would not fit into a policy. */
const MOST_NAMES = 3;
/** The longest name of a stack, and the longest pattern of names, that the policies of roles have room for. */
export const LONGEST_CHOSEN_NAME = 40;

/** A name as a message begins with it: people do not know a default that they did not write. */
export const givenOrDefault = (name: string | undefined): string =>
  name === undefined
    ? `The default, project and stack, is ${show(nameStem(pulumi.getStack()))}, which`
    : show(name);

/** Checks further patterns of names that a role may change. */
export function namePatternProblems(path: string, names: readonly string[]): readonly Problem[] {
  const problems: Problem[] = [];
  if (names.length > MOST_NAMES) {
    problems.push({ path, message: `${names.length} patterns are given; ${MOST_NAMES} are allowed.` });
  }
  names.forEach((pattern, index) => {
    // Fewer letters would let the roles change what is not theirs.
    if (/^[A-Za-z0-9][\w.-]{3,}\*?$/.test(pattern) && pattern.length <= LONGEST_CHOSEN_NAME) return;
    const rule = '4 to 40 letters, digits or . _ -, with at most one "*" at the end, as in "acme-config*"';
    const message = `${show(pattern)} is not a pattern of names; it needs ${rule}.`;
    problems.push({ path: `${path}[${index}]`, message });
  });
  return problems;
}

/** Checks the beginning of the names of the roles in a delivered account. */
export function rolePrefixProblems(path: string, prefix: string): readonly Problem[] {
  if (/^[\w+=,.@-]+$/.test(prefix) && prefix.length <= LONGEST_TARGET_PREFIX) return [];
  const message =
    `${show(prefix)} cannot begin the name of a role; ` +
    `it needs 1 to ${LONGEST_TARGET_PREFIX} letters, digits or _+=,.@-.`;
  return [{ path, message }];
}

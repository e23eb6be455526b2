/** Regular expressions of a rule's parameters: a pattern that could take too long is refused before it is tried. */

/** A pattern to match whole texts with, or what is wrong with it: a clause that follows the name of the parameter. */
export type SafePattern =
  | { readonly ok: true; readonly matches: (text: string) => boolean }
  | { readonly ok: false; readonly problem: string };

/** The longest value of a tag, and the longest pattern. */
const LONGEST = 256;
/** Less than a second: an alternative that is tried in vain takes some 40 ns, a character less. */
const MOST_STEPS = 2e7;

/** A group that is open while a pattern is read. */
interface Group {
  alternatives: number;
  /** It holds something that can match a text in several ways. */
  isVariable: boolean;
}

/**
 * A regular expression for whole texts of 256 characters at most; longer ones match nothing. Look-around,
 * back-references and repeated groups whose content varies are refused, since backtracking through them has no useful
 * bound; so is a pattern whose bound is too high.
 */
export function safePattern(pattern: string): SafePattern {
  if (pattern.length > LONGEST) return refused(`is longer than ${LONGEST} characters`);
  let compiled: RegExp;
  try {
    compiled = new RegExp(`^(?:${pattern})$`, "u");
    // Alone as well, so that no parenthesis of the pattern ends the one around it.
    new RegExp(pattern, "u");
  } catch {
    return refused("is not a regular expression");
  }
  const problem = costOf(pattern);
  return problem === undefined
    ? { ok: true, matches: (text) => text.length <= LONGEST && compiled.test(text) }
    : refused(problem);
}

const refused = (problem: string): SafePattern => ({ ok: false, problem });

/** The parts of a pattern that is known to be one: escapes and classes count as a single character. */
const PART =
  /\\k<[^>]*>|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(\?:|\(\?<[^>]*>|\(|\)|\||[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu;

function costOf(pattern: string): string | undefined {
  const groups: Group[] = [{ alternatives: 1, isVariable: false }];
  let choices = 1;
  let repeats = 0;
  /** Whether what stands before a quantifier can match in several ways. */
  let isVariable = false;
  for (const [part] of pattern.matchAll(PART)) {
    const group = groups.at(-1);
    if (group === undefined) return "is not a regular expression";
    if (/^\(\?<?[=!]/.test(part)) return "looks ahead or behind";
    if (/^\\(?:[1-9]|k<)/.test(part)) return "refers back to a group";
    if (part.startsWith("(")) {
      groups.push({ alternatives: 1, isVariable: false });
    } else if (part === ")") {
      groups.pop();
      choices *= group.alternatives;
      isVariable = group.isVariable || group.alternatives > 1;
      const outer = groups.at(-1);
      if (outer !== undefined) outer.isVariable ||= isVariable;
    } else if (part === "|") {
      group.alternatives++;
    } else if (/^\?\??$/.test(part)) {
      choices *= 2;
      group.isVariable = true;
    } else if (/^(?:[*+]|\{)/.test(part)) {
      if (isVariable) return "repeats a group whose content varies";
      if (!/^\{\d+\}/.test(part)) {
        repeats++;
        group.isVariable = true;
      }
    } else {
      isVariable = false;
    }
  }
  choices *= groups[0]?.alternatives ?? 1;
  let steps = choices;
  for (let n = 1; n <= repeats; n++) steps *= LONGEST / n;
  return steps > MOST_STEPS ? "has too many alternatives and repetitions" : undefined;
}

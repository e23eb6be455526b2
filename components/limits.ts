import { alternatives, didYouMean as question, printable } from "../rules/declaration";
import { STACK_TAG } from "./documents/stack-tag";
import type { Problem } from "./problems";

/** An AWS region code such as `eu-west-1` or `us-gov-west-1`. */
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;
/** Tags of a resource, less the one that keys have from the program. */
const MOST_TAGS = 49;

/** Checks the shape of a region code; which regions exist is AWS's to say. */
export function regionProblems(path: string, region: string): readonly Problem[] {
  if (REGION.test(region)) return [];
  return [{ path, message: `${show(region)} is not an AWS region code; write one such as "us-east-1".` }];
}

/** Checks a whole number against an inclusive range. */
export function rangeProblems(
  path: string,
  value: number,
  range: { readonly min: number; readonly max: number; readonly unit: string },
): readonly Problem[] {
  const { min, max, unit } = range;
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [{ path, message: `${show(value)} is not a whole number of ${unit} from ${min} to ${max}.` }];
}

/** Checks that a text is one of a closed list, and names the nearest one otherwise. */
export function oneOfProblems(path: string, value: string, allowed: readonly string[]): readonly Problem[] {
  if (allowed.includes(value)) return [];
  return [{ path, message: `${show(value)} is not one of ${list(allowed)}.${didYouMean(value, allowed)}` }];
}

/** Checks an AWS account id. YAML reads digits without quotes as a number, and drops leading zeros. */
export function accountIdProblems(path: string, account: string | number): readonly Problem[] {
  if (typeof account === "string" && /^\d{12}$/.test(account)) return [];
  return [{ path, message: `${show(account)} is not an AWS account id; write 12 digits, in quotes.` }];
}

/**
 * Checks user tags against AWS's limits: keys of 1 to 128 and values of up to 256 characters, no `aws:`. Of the 50 that
 * AWS allows, one is the program's own: the tag of its keys decides who may change them.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Tag.html
 */
export function tagProblems(path: string, tags: Readonly<Record<string, string>>): readonly Problem[] {
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  const entries = Object.entries(tags);
  const problems: Problem[] = [];
  if (entries.length > MOST_TAGS) {
    const rule = `AWS allows 50 a resource, and one is "${STACK_TAG}", which keys have; give at most ${MOST_TAGS}`;
    problems.push({ path, message: `${entries.length} tags are given; ${rule}.` });
  }
  for (const [key, value] of entries) {
    const here = `${path}[${show(key)}]`;
    if (key.length < 1 || key.length > 128 || !allowed.test(key) || key.toLowerCase().startsWith("aws:")) {
      const rule = `1 to 128 letters, digits, spaces or _.:/=+-@, not beginning with "aws:"`;
      problems.push({ path: here, message: `The key is not a valid tag key; it needs ${rule}.` });
    }
    // IAM compares the keys of tags without regard to case.
    if (key.toLowerCase() === STACK_TAG) {
      const reason =
        "The roles of the pipeline know the keys of a stack by this tag, and the program sets it";
      problems.push({ path: here, message: `${reason}. Remove it, or choose another key.` });
    }
    if (value.length > 256 || !allowed.test(value)) {
      const rule = "at most 256 letters, digits, spaces or _.:/=+-@";
      problems.push({ path: here, message: `The value is not a valid tag value; it needs ${rule}.` });
    }
  }
  return problems;
}

/** A value as it stands in a message: JSON, cut to a length that a terminal line bears. */
export function show(value: unknown): string {
  const text = typeof value === "undefined" ? "nothing" : JSON.stringify(value);
  return printable(text.length > 120 ? `${text.slice(0, 117)}...` : text);
}

/** A list of names for a sentence: `"A", "B" or "C"`. */
export const list = alternatives;

/** A hint for a misspelt name, with a leading space, or nothing when no name is near enough to be what was meant. */
export function didYouMean(given: string, known: readonly string[]): string {
  const asked = question(given, known);
  return asked === undefined ? "" : ` ${asked}`;
}

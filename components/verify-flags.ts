import { SEVERITIES } from "../rules/declaration";
import { REGION as REGION_CODE, didYouMean, list, show } from "./limits";
import type { Problem } from "./problems";

/** What a flag needs after it. */
interface FlagValue {
  readonly test: (value: string) => boolean;
  readonly rule: string;
}

const oneOf = (words: readonly string[]): FlagValue => ({
  test: (value) => words.includes(value),
  rule: list(words),
});
const REGION: FlagValue = {
  test: (value) => REGION_CODE.test(value),
  rule: 'a region such as "us-east-1"',
};
const REGIONS: FlagValue = {
  test: (value) => value.split(",").every(REGION.test),
  rule: 'regions such as "us-east-1,eu-west-1"',
};
// The shell of the project sees it without quotes.
const isPlain = (value: string): boolean => /^[\w./:@+-]+$/.test(value);
const isMinutes = (value: string): boolean =>
  /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 480;

/** The flags of `compliance verify` that a pipeline may add; `undefined`: without a value. */
export const VERIFY_FLAGS: Readonly<Record<string, FlagValue | undefined>> = {
  "--region": REGIONS,
  "--home-region": REGION,
  "--profile": { test: isPlain, rule: "the name of a profile, without spaces" },
  "--evaluate": oneOf(["changed", "all", "none"]),
  "--timeout": { test: isMinutes, rule: "minutes from 1 to 480" },
  "--metrics-region": REGION,
  "--format": oneOf(["text", "json", "junit", "markdown"]),
  "--output": { test: isPlain, rule: "a file, without spaces" },
  "--all": undefined,
  "--fail-on": oneOf([...SEVERITIES, "never"]),
  "--debug": undefined,
  "--no-color": undefined,
};

/** What the pipeline decides by itself. */
export const RESERVED_FLAGS: readonly string[] = ["--selection", "--stack", "--stack-file", "--metrics"];

/** What `compliance verify` would refuse of further flags, or what would get in the way of the pipeline's own. */
export function verifyFlagProblems(path: string, flags: readonly string[]): readonly Problem[] {
  return flagsOf(path, flags).flatMap(({ place, flag, values }) => {
    const message = flagProblem(flag, values);
    return message === undefined ? [] : [{ path: place, message }];
  });
}

/** The shell splits at spaces, so that a flag and its value may stand in one item or in two. */
function flagsOf(path: string, flags: readonly string[]) {
  const found: { place: string; flag: string; values: string[] }[] = [];
  flags.forEach((item, index) => {
    for (const word of item.trim().split(/\s+/)) {
      const last = found.at(-1);
      if (last !== undefined && !word.startsWith("-")) {
        last.values.push(word);
        continue;
      }
      const [flag = "", ...rest] = word.split("=");
      found.push({ place: `${path}[${index}]`, flag, values: rest.length === 0 ? [] : [rest.join("=")] });
    }
  });
  return found;
}

function flagProblem(flag: string, values: readonly string[]): string | undefined {
  if (RESERVED_FLAGS.includes(flag)) return `The pipeline decides about ${show(flag)} by itself. Remove it.`;
  if (!Object.hasOwn(VERIFY_FLAGS, flag)) {
    const known = Object.keys(VERIFY_FLAGS);
    return `${show(flag)} is not a flag of "compliance verify".${didYouMean(flag, known)} Allowed are ${known.join(", ")}.`;
  }
  const expected = VERIFY_FLAGS[flag];
  const [value, ...more] = values;
  if (expected === undefined) {
    return value === undefined ? undefined : `${show(flag)} takes no value. Write it alone.`;
  }
  if (value === undefined) return `${show(flag)} needs a value. Write ${expected.rule} after it.`;
  if (more.length === 0 && expected.test(value)) return undefined;
  return `${show(values.join(" "))} cannot stand after ${show(flag)}. Write ${expected.rule}.`;
}

import type { DocumentCondition, Ternary } from "../../engine/documents";
import type { Items } from "../../engine/reader";

/**
 * Conditions on the waiting period of a key's deletion. A request that does not say how long is one of 30 days, the most
 * there is, so that `IfExists` takes nothing away.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */

const KEY = "kms:schedulekeydeletionpendingwindowindays";

/** What the values of a condition must be for a number of days. */
type Comparison = (values: readonly number[], days: number) => boolean;

const least: Comparison = (values, days) => Math.min(...values) >= days;
const most: Comparison = (values, days) => Math.max(...values) >= days;

/** One value must match for an allowance. */
const ALLOWING: ReadonlyMap<string, Comparison> = new Map([
  ["numericgreaterthanequals", least],
  ["numericgreaterthan", (values, days) => least(values, days - 1)],
  ["numericequals", least],
]);

/** One value must match for a denial; where the operator is negative, none. */
const DENYING: ReadonlyMap<string, Comparison> = new Map([
  ["numericlessthan", most],
  ["numericlessthanequals", (values, days) => most(values, days - 1)],
  ["numericnotequals", least],
]);

function bounds(table: ReadonlyMap<string, Comparison>, condition: DocumentCondition, days: number): Ternary {
  const operator = condition.operator
    .toLowerCase()
    .replace(/^for(?:any|all)values?:/, "")
    .replace(/ifexists$/, "");
  const holds = condition.key === KEY ? table.get(operator) : undefined;
  if (holds === undefined) return false;
  const { items, complete } = condition.values;
  if (!complete) return "unknown";
  return (
    items.length > 0 &&
    items.every((item) => /^\s*\d+(?:\.\d+)?\s*$/.test(item)) &&
    holds(items.map(Number), days)
  );
}

/** Whether some condition of an allowance leaves waiting periods of at least a number of days only. */
export const someBounds = (
  { items, complete }: Items<DocumentCondition>,
  days: number,
): readonly Ternary[] => [
  ...items.map((condition) => bounds(ALLOWING, condition, days)),
  complete ? false : "unknown",
];

/** Whether a denial takes away every shorter waiting period: each further condition lets some through. */
export const allBounds = (
  { items, complete }: Items<DocumentCondition>,
  days: number,
): readonly Ternary[] => [
  ...items.map((condition) => bounds(DENYING, condition, days)),
  complete ? true : "unknown",
];

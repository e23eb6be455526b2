import { show } from "./limits";
import type { Problem } from "./problems";

const RATE = /^rate\((?<count>[1-9]\d{0,4}) (?<unit>minute|hour|day)(?<plural>s?)\)$/;
/** The six fields of EventBridge: minutes, hours, day of month, month, day of week, year. */
const FIELDS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "minutes", pattern: field("[0-5]?\\d") },
  { name: "hours", pattern: field("[01]?\\d|2[0-3]") },
  { name: "day of month", pattern: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { name: "month", pattern: field("0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC") },
  { name: "day of week", pattern: /^(\?|L|[1-7]L|[1-7]#[1-5])$/ },
  { name: "year", pattern: field("19[7-9]\\d|2[01]\\d\\d") },
];
const DAY_OF_MONTH = field("0?[1-9]|[12]\\d|3[01]");
const DAY_OF_WEEK = field("[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT");

/**
 * Checks an expression of EventBridge's schedules.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function scheduleProblems(path: string, schedule: string): readonly Problem[] {
  const rate = RATE.exec(schedule)?.groups;
  if (rate !== undefined) {
    const { count = "", unit = "", plural = "" } = rate;
    if ((count === "1") === (plural === "")) return [];
    const right = `rate(${count} ${unit}${count === "1" ? "" : "s"})`;
    return [{ path, message: `${show(schedule)} is refused by EventBridge. Write "${right}".` }];
  }
  const fields = /^cron\((.+)\)$/.exec(schedule)?.[1]?.split(" ");
  if (fields === undefined) {
    const examples = '"rate(6 hours)" or "cron(0 6 * * ? *)", in UTC';
    return [{ path, message: `${show(schedule)} is not a schedule; write one such as ${examples}.` }];
  }
  if (fields.length !== FIELDS.length) {
    const names = FIELDS.map(({ name }) => name).join(", ");
    return [
      { path, message: `${show(schedule)} has ${fields.length} fields; EventBridge has six: ${names}.` },
    ];
  }
  const problems = FIELDS.flatMap(({ name, pattern }, index): readonly Problem[] => {
    const value = fields[index] ?? "";
    const isDay = (index === 2 && DAY_OF_MONTH.test(value)) || (index === 4 && DAY_OF_WEEK.test(value));
    if (isDay || pattern.test(value)) return [];
    return [{ path, message: `${show(value)} is not allowed as ${name} in ${show(schedule)}.` }];
  });
  if (problems.length === 0 && (fields[2] === "?") === (fields[4] === "?")) {
    const message = `${show(schedule)} must have "?" as day of month or as day of week, and not as both.`;
    return [{ path, message }];
  }
  return problems;
}

/** A field that takes values, ranges, steps and lists of them. */
function field(value: string): RegExp {
  const range = `(?:\\*|(?:${value})(?:-(?:${value}))?)(?:/\\d+)?`;
  return new RegExp(`^${range}(?:,${range})*$`);
}

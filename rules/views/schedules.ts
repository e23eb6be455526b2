/** How often a schedule expression of AWS runs. */

const HOURS_IN_UNIT: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };
const DAY = 24;
const WEEK = 7 * DAY;
const MONTH = 31 * DAY;
const YEAR = 366 * DAY;

const isAny = (field: string): boolean =>
  field === "*" || field === "?" || field === "*/1" || field === "0/1";

const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The values of one field of a cron expression; `undefined` for forms that are not understood. */
function valuesOf(
  field: string,
  first: number,
  last: number,
  names: readonly string[] = [],
): number[] | undefined {
  const numberOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? named + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const values: number[] = [];
  for (const part of field.split(",")) {
    const [range = "", step = ""] = part.split("/");
    const [from = "", to = ""] = range.split("-");
    const low = isAny(range) ? first : numberOf(from);
    const high = isAny(range) || (step !== "" && to === "") ? last : to === "" ? low : numberOf(to);
    const stride = step === "" ? 1 : Number(step);
    if (!(low >= first && high <= last && stride >= 1)) return undefined;
    for (let value = low; value <= high; value += stride) values.push(value);
  }
  return values.sort((a, b) => a - b);
}

/** The longest distance between neighbours on a circle. */
function longestGap(values: readonly number[], circle: number): number {
  const [first] = values;
  if (first === undefined) return circle;
  return Math.max(...values.map((value, index) => (values[index + 1] ?? first + circle) - value));
}

/**
 * The longest time between two runs, in hours; `undefined` when the expression is not understood.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function longestGapHours(expression: string): number | undefined {
  const rate = /^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$/i.exec(expression.trim());
  if (rate !== null) return Number(rate[1]) * (HOURS_IN_UNIT[(rate[2] ?? "").toLowerCase()] ?? Number.NaN);
  const cron = /^cron\(\s*(.+?)\s*\)$/i.exec(expression.trim());
  if (cron === null) return undefined;
  const [, hour = "", monthDay = "", month = "", weekday = "", year = "*"] = (cron[1] ?? "").split(/\s+/);
  if (hour === "" || weekday === "" || !isAny(year)) return undefined;
  if (!isAny(month)) return YEAR;
  if (!isAny(monthDay)) {
    const days = valuesOf(monthDay, 1, 31);
    return days === undefined ? MONTH : longestGap(days, 31) * DAY;
  }
  if (!isAny(weekday)) {
    const days = valuesOf(weekday, 1, 7, WEEKDAYS);
    return days === undefined ? WEEK : longestGap(days, 7) * DAY;
  }
  const hours = valuesOf(hour, 0, 23);
  return hours === undefined ? undefined : longestGap(hours, DAY);
}

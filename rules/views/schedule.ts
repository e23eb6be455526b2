/** How often schedules of AWS run, which are written as `cron(...)` or `rate(...)`. */

const MINUTES = { minute: 1, hour: 60, day: 1440 };
const DAYS_OF_WEEK = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
/** Long enough to see every gap of a schedule that repeats each year, a leap day included. */
const DAYS_SEEN = 800;
const START = Date.UTC(2023, 0, 1);

/** The values of one field of a cron expression; undefined for forms that no fixed set stands for (`L`, `W`, `#`). */
function valuesOf(
  field: string,
  first: number,
  last: number,
  names: readonly string[] = [],
): ReadonlySet<number> | undefined {
  const numberOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? named + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const isAll = range === "*" || range === "?";
    const [from = "", to = part.includes("/") ? String(last) : from] = isAll
      ? [String(first), String(last)]
      : range.split("-");
    const [start, end, by] = [numberOf(from), numberOf(to), Number(step)];
    if (!(start >= first && end <= last && by >= 1)) return undefined;
    for (let value = start; value <= end; value += by) values.add(value);
  }
  return values;
}

/** The minutes of the day at which a schedule runs, and whether it runs on a day. */
function parseCron(
  fields: readonly string[],
): { readonly times: readonly number[]; readonly runsOn: (day: Date) => boolean } | undefined {
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = "*"] = fields;
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = valuesOf(dayOfMonth, 1, 31);
  const months = valuesOf(month, 1, 12, MONTHS);
  const weekdays = valuesOf(dayOfWeek, 1, 7, DAYS_OF_WEEK);
  if (!minutes || !hours || !days || !months || !weekdays || year !== "*") return undefined;
  const times = [...hours]
    .flatMap((h) => [...minutes].map((m) => h * MINUTES.hour + m))
    .sort((a, b) => a - b);
  const runsOn = (day: Date): boolean =>
    days.has(day.getUTCDate()) && months.has(day.getUTCMonth() + 1) && weekdays.has(day.getUTCDay() + 1);
  return { times, runsOn };
}

/**
 * The longest time between two runs of a schedule, in minutes; undefined when it cannot be told.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
 */
export function longestGap(schedule: string): number | undefined {
  const rate = /^rate\((\d+)\s+(minute|hour|day)s?\)$/.exec(schedule.trim());
  if (rate !== null)
    return Number(rate[1]) * (rate[2] === "day" ? MINUTES.day : rate[2] === "hour" ? MINUTES.hour : 1);
  const cron = /^cron\((.*)\)$/.exec(schedule.trim());
  const parsed = parseCron((cron?.[1] ?? "").trim().split(/\s+/));
  if (parsed === undefined) return undefined;
  let last: number | undefined;
  let longest = 0;
  for (let day = 0; day < DAYS_SEEN; day++) {
    if (!parsed.runsOn(new Date(START + day * MINUTES.day * 60_000))) continue;
    for (const time of parsed.times) {
      const at = day * MINUTES.day + time;
      if (last !== undefined) longest = Math.max(longest, at - last);
      last = at;
    }
  }
  return longest === 0 ? undefined : longest;
}

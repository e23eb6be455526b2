const HOURS: ReadonlyMap<string | undefined, number> = new Map([
  ["One_Hour", 1],
  ["Three_Hours", 3],
  ["Six_Hours", 6],
  ["Twelve_Hours", 12],
]);

/** What AWS Config takes where a periodic rule says nothing. */
const DEFAULT = "TwentyFour_Hours";

/** The part of a rule, as AWS Config describes it, that says how often it runs. */
export interface Scheduled {
  readonly MaximumExecutionFrequency?: string | undefined;
  readonly Source?:
    | {
        readonly SourceDetails?:
          | readonly {
              readonly MessageType?: string | undefined;
              readonly MaximumExecutionFrequency?: string | undefined;
            }[]
          | undefined;
      }
    | undefined;
}

/**
 * How often a deployed rule runs; `undefined` where nothing but changes makes it run.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_SourceDetail.html
 */
export function frequencyOf({ MaximumExecutionFrequency: own, Source }: Scheduled): string | undefined {
  // A custom rule has it beside the message that it is about.
  const schedule = Source?.SourceDetails?.find(({ MessageType }) => MessageType === "ScheduledNotification");
  return own ?? (schedule === undefined ? undefined : (schedule.MaximumExecutionFrequency ?? DEFAULT));
}

/**
 * After how many hours without an evaluation a periodic rule is overdue: a run that is a little late is nothing to worry
 * about, and one that was left out is.
 * @param frequency - AWS's default is a day.
 */
export const overdueHours = (frequency: string | undefined): number => 2 * (HOURS.get(frequency) ?? 24);

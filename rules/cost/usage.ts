import type { ByCase, Millionths } from "./amounts";
import type { Recording } from "./recording";

/** A number for each case. */
export type Quantity = ByCase<Millionths>;

/** The resources of one type in one region. */
export interface TypeUsage {
  /** CloudFormation's name, or that of a custom resource type. */
  readonly type: string;
  /** How many there are on average. */
  readonly count: Quantity;
  /** How often one of them changes a day; a change of a related resource counts as well. */
  readonly changesPerDay: Quantity;
  /** How many are created a day, and as many deleted: two changes each. */
  readonly createdPerDay: Quantity;
}

/** What is used in a month beside AWS Config, by the whole account. */
export const MONTHLY = [
  "pipeline.actionMinutes",
  "pipeline.buildMinutes",
  "lambda.requests",
  "lambda.gbSeconds",
  "kms.keys",
  "kms.requests",
  "s3.storedGb",
  "s3.putRequests",
  "logs.ingestedGb",
  "logs.storedGb",
  "cloudwatch.dashboards",
  "cloudwatch.alarms",
  "cloudwatch.customMetrics",
  "notifications.alerts",
  "notifications.emailSubscribers",
  "trail.furtherEvents",
  "secrets.secrets",
] as const;
/** One of {@link MONTHLY}. */
export type MonthlyName = (typeof MONTHLY)[number];

/** What an account holds and how it changes, in three cases. */
export interface Usage {
  readonly description?: string;
  /** Names, the home region first; or only how many there are. */
  readonly regions: readonly string[] | number;
  /** Which types are recorded, and how often. */
  readonly recording: Recording;
  /** In each region; global types are counted in the home region only. */
  readonly resources: readonly TypeUsage[];
  /** Of a thousand evaluations, how many give another result than the last one did. */
  readonly transitionsPerThousand: Quantity;
  /** AWS sample packs that are deployed beside the selection. */
  readonly conformancePacks: readonly string[];
  /** Absent counts as none. */
  readonly monthly: ReadonlyMap<MonthlyName, Quantity>;
}

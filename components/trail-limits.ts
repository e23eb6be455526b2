import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "./arns";
import { bucketNameProblems, LONGEST_LOGGED_BUCKET_NAME } from "./bucket-names";
import { rangeProblems, show } from "./limits";
import { givenOrDefault } from "./name-limits";
import { nameStem } from "./physical-names";
import type { Problem } from "./problems";

/** A trail that this program makes and looks after. */
export interface CreatedTrail {
  /** Physical name, 3 to 128 letters, digits, dots, hyphens or underscores. @defaultValue `PROJECT-STACK` */
  readonly trailName?: string | undefined;
  /** Physical name of its bucket, 3 to 51 characters. @defaultValue the logical name with a random suffix */
  readonly bucketName?: string | undefined;
  /** `true`: bucket and key outlive the program, because evidence must. @defaultValue true */
  readonly retain?: boolean | undefined;
  /** Days that events are kept in the bucket, 1 to 36,500. @defaultValue 2557, seven years */
  readonly expireDays?: number | undefined;
  /** Days that events stay in CloudWatch Logs. One of {@link LOG_RETENTION_DAYS}. @defaultValue 365 */
  readonly logRetentionDays?: number | undefined;
}

/** A trail that exists, for example the organisation's; only filters and alarms are added. */
export interface ExistingTrail {
  /** The CloudWatch Logs group of this account and region that the trail writes to; a name, not an ARN. */
  readonly logGroupName: string;
}

/** Make a trail, or watch one that exists. */
export type TrailChoice = { readonly create: CreatedTrail } | { readonly existing: ExistingTrail };

/**
 * The days that CloudWatch Logs can keep events.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Checks the days that a log group keeps events. */
export function logRetentionProblems(path: string, days: number): readonly Problem[] {
  if (LOG_RETENTION_DAYS.includes(days)) return [];
  const message = `${show(days)} is not a retention that CloudWatch Logs offers. Allowed are ${LOG_RETENTION_DAYS.join(", ")} days.`;
  return [{ path, message }];
}

/** The physical name: policies name the trail before it exists. */
export const trailNameOf = ({ trailName }: CreatedTrail): string => trailName ?? nameStem(pulumi.getStack());

/**
 * Everything that AWS would refuse of the choice of a trail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export function trailProblems(choice: TrailChoice): readonly Problem[] {
  return "existing" in choice ? existingProblems(choice.existing) : createdProblems(choice.create);
}

function existingProblems({ logGroupName }: ExistingTrail): readonly Problem[] {
  const path = "existing.logGroupName";
  if (parseArn(logGroupName) !== undefined) {
    return [{ path, message: `${show(logGroupName)} is an ARN; write the name of the log group alone.` }];
  }
  if (/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroupName)) return [];
  const rule = "1 to 512 letters, digits or . - _ / #";
  return [{ path, message: `${show(logGroupName)} is not the name of a log group; it needs ${rule}.` }];
}

function createdProblems(create: CreatedTrail): readonly Problem[] {
  const { bucketName, expireDays, logRetentionDays } = create;
  const problems: Problem[] = [];
  if (!isTrailName(trailNameOf(create))) {
    const rule =
      "3 to 128 letters, digits or . - _, beginning and ending with a letter or digit, with no two of . - _ together";
    problems.push({
      path: "create.trailName",
      message: `${givenOrDefault(create.trailName)} is not a name for a trail; write ${rule}, here.`,
    });
  }
  if (bucketName !== undefined) {
    problems.push(...bucketNameProblems("create.bucketName", bucketName, LONGEST_LOGGED_BUCKET_NAME));
  }
  if (expireDays !== undefined) {
    problems.push(...rangeProblems("create.expireDays", expireDays, { min: 1, max: 36_500, unit: "days" }));
  }
  if (logRetentionDays !== undefined) {
    problems.push(...logRetentionProblems("create.logRetentionDays", logRetentionDays));
  }
  return problems;
}

function isTrailName(name: string): boolean {
  return (
    name.length >= 3 &&
    name.length <= 128 &&
    /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/.test(name) &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  );
}

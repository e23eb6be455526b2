import * as pulumi from "@pulumi/pulumi";
import { SEVERITIES, type Severity } from "../rules/declaration";
import { oneOfProblems, rangeProblems } from "./limits";
import { givenOrDefault } from "./name-limits";
import { nameStem } from "./physical-names";
import type { Problem } from "./problems";

/** The plain values that a dashboard is made of. */
export interface DashboardChoices {
  /** Physical name, 1 to 255 letters, digits, hyphens or underscores. @defaultValue `PROJECT-STACK` */
  readonly dashboardName?: string | undefined;
  /** Severities whose violations raise an alarm. @defaultValue critical and high */
  readonly alarmSeverities?: readonly Severity[] | undefined;
  /** Hours without an evaluation after which an alarm goes off, 1 to 168. @defaultValue 36 */
  readonly maxAgeHours?: number | undefined;
  /**
   * Configuration items recorded in a region in a day at which an alarm goes off, 1 to 1,000,000,000: the bill follows
   * them.
   * @defaultValue 5000
   */
  readonly maxItemsPerDay?: number | undefined;
}

/** Twelve hours more than the longest frequency of a periodic rule. */
export const MAX_AGE_HOURS = 36;

/**
 * Fifteen dollars a day, and more than three times what `compliance estimate --usage medium` expects of a region: what
 * reaches it is a surprise, or an account as large as `--usage large`, whose owner knows a better number.
 */
export const MAX_ITEMS_PER_DAY = 5000;

/** The physical name: it must be known before the dashboard exists. */
export const dashboardNameOf = ({ dashboardName }: Pick<DashboardChoices, "dashboardName">): string =>
  dashboardName ?? nameStem(pulumi.getStack());

/**
 * Everything that AWS would refuse of the choices.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
export function dashboardProblems(choices: DashboardChoices): readonly Problem[] {
  const { alarmSeverities = [], maxAgeHours, maxItemsPerDay } = choices;
  const problems: Problem[] = [];
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(dashboardNameOf(choices))) {
    const given = givenOrDefault(choices.dashboardName);
    problems.push({
      path: "dashboardName",
      message: `${given} is not a name for a dashboard; write 1 to 255 letters, digits, - or _ here.`,
    });
  }
  alarmSeverities.forEach((severity, index) => {
    problems.push(...oneOfProblems(`alarmSeverities[${index}]`, severity, SEVERITIES));
  });
  if (maxAgeHours !== undefined) {
    problems.push(...rangeProblems("maxAgeHours", maxAgeHours, { min: 1, max: 168, unit: "hours" }));
  }
  if (maxItemsPerDay !== undefined) {
    const range = { min: 1, max: 1_000_000_000, unit: "configuration items" };
    problems.push(...rangeProblems("maxItemsPerDay", maxItemsPerDay, range));
  }
  return problems;
}

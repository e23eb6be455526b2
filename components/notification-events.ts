import { findRule, ruleUrl, SEVERITIES, type Severity } from "../rules/declaration";
import { RECORDER_CALLS } from "./blinding-calls";
import { AWS_CONTROL_PAGES, CONTROL } from "./notification-messages";

/** An event pattern of EventBridge, with the fields that the rules of this project match on. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly "detail-type": readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * The longest pattern that EventBridge takes, in characters, unless AWS has raised the quota of the account.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export const LONGEST_PATTERN = 2048;

/** The rules of AWS Config that one event rule watches; they have in common what its message says of them. */
export interface ComplianceWatch {
  readonly severity: Severity;
  /** Whether AWS has a page on each of them. */
  readonly hasPage: boolean;
  /** Counts the event rules of a severity, from 1. */
  readonly number: number;
  readonly pattern: EventPattern;
}

/**
 * Patterns for the moment when a resource begins to violate one of the rules, by severity and by whether AWS has a page:
 * an event does not tell either, so that each event rule lists names. A list that would make the pattern too long goes on in the next one.
 *
 * @param names - names of AWS Config rules, each at most 128 characters
 * @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
export function complianceWatches(names: readonly string[]): readonly ComplianceWatch[] {
  const sorted = [...names].sort();
  return SEVERITIES.flatMap((severity) => {
    const own = sorted.filter((name) => severityOf(name) === severity);
    return [true, false]
      .flatMap((hasPage) =>
        fittingLists(own.filter((name) => hasAwsPage(name) === hasPage)).map((list) => ({ hasPage, list })),
      )
      .map(({ hasPage, list }, index) => ({
        severity,
        hasPage,
        number: index + 1,
        pattern: nonCompliance(list),
      }));
  });
}

/** Whether {@link AWS_CONTROL_PAGES} leads to a page on a rule: custom controls have none, nor has every rule of AWS. */
function hasAwsPage(name: string): boolean {
  const rule = findRule(name);
  return rule !== undefined && ruleUrl(rule) === AWS_CONTROL_PAGES.replace(CONTROL, name);
}

/** The severity of a rule; one that AWS's catalogue does not know counts as `medium`, as an unrated one does. */
export function severityOf(name: string): Severity {
  return findRule(name)?.severity ?? "medium";
}

function fittingLists(names: readonly string[]): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let length = LONGEST_PATTERN + 1;
  for (const name of names) {
    const more = JSON.stringify(name).length + 1;
    if (length + more > LONGEST_PATTERN) {
      lists.push([]);
      // Each name is counted with a comma, which the first one has not.
      length = JSON.stringify(nonCompliance([])).length - 1;
    }
    lists.at(-1)?.push(name);
    length += more;
  }
  return lists;
}

function nonCompliance(names: readonly string[]): EventPattern {
  return {
    source: ["aws.config"],
    "detail-type": ["Config Rules Compliance Change"],
    detail: {
      messageType: ["ComplianceChangeNotification"],
      configRuleName: names,
      newEvaluationResult: { complianceType: ["NON_COMPLIANT"] },
    },
  };
}

/**
 * Recorder, delivery channel or retention being stopped, changed or deleted, or an attempt at it. AWS Config itself
 * tells nobody; the event comes from CloudTrail, so that it needs a trail that covers the region.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const RECORDER_CHANGED: EventPattern = {
  source: ["aws.config"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: {
    eventSource: ["config.amazonaws.com"],
    eventName: RECORDER_CALLS,
  },
};

/**
 * AWS Config not reaching the evidence bucket.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/notification-delivery-failed.html
 */
export const DELIVERY_FAILED: EventPattern = {
  source: ["aws.config"],
  "detail-type": [
    "Config Configuration Snapshot Delivery Status",
    "Config Configuration History Delivery Status",
    "Config Configuration Item Change",
  ],
  detail: {
    messageType: [
      "ConfigurationSnapshotDeliveryFailed",
      "ConfigurationHistoryDeliveryFailed",
      "OversizedConfigurationItemChangeDeliveryFailed",
    ],
  },
};

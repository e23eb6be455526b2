import * as pulumi from "@pulumi/pulumi";
import { SEVERITIES, type Severity } from "../rules/declaration";
import { keyProblems, topicProblems } from "./arns";
import { didYouMean, list, oneOfProblems, rangeProblems, regionProblems, show, tagProblems } from "./limits";
import { givenOrDefault } from "./name-limits";
import { complianceWatches, severityOf } from "./notification-events";
import { CONTROL } from "./notification-messages";
import { type Subscription, subscriptionProblems } from "./notification-subscriptions";
import { nameStem } from "./physical-names";
import { type Problem, under } from "./problems";

/** The key of the topics: make one, or use one of this region whose policy admits the services. */
export type TopicKeyChoice =
  { readonly create: Readonly<Record<string, never>> } | { readonly existing: { readonly arn: string } };

/** The topic of the alerts: make one, or use one of this region, which is not touched. */
export type AlertsTopicChoice =
  { readonly create: Readonly<Record<string, never>> } | { readonly existing: { readonly arn: string } };

/** What people hear of. */
export interface AlertChoices {
  /** Make a topic, or publish to one that exists. @defaultValue `{ create: {} }` */
  readonly topic?: AlertsTopicChoice | undefined;
  /** By `email` or `https`; not for a topic that exists. @defaultValue none */
  readonly subscriptions?: readonly Subscription[] | undefined;
  /** Violations of rules with these severities. @defaultValue `["critical", "high"]` */
  readonly severities?: readonly Severity[] | undefined;
  /** Violations of these rules, whatever their severity. @defaultValue none */
  readonly controls?: readonly string[] | undefined;
}

/** AWS Config's own stream: every changed resource, every result, every delivery. */
export interface StreamChoices {
  /** By `sqs`, `lambda` or `https`. @defaultValue none */
  readonly subscriptions?: readonly Subscription[] | undefined;
  /**
   * Whether a customer key encrypts the messages. AWS Config publishes to such a topic when the key admits it, although
   * its guide calls encrypted topics unsupported; an alarm tells of messages that AWS Config could not deliver.
   * @defaultValue true
   * @see https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-policy.html
   */
  readonly encrypted?: boolean | undefined;
}

/** The plain values that decide what {@link Notifications} makes, and whether AWS accepts it. */
export interface NotificationChoices {
  /** Region of topics, key, event rules, queue and alarms: that of the rules and of the delivery channel. */
  readonly region: string;
  /** Names of the AWS Config rules that are deployed in this region. */
  readonly rules: readonly string[];
  /** What the physical names begin with, 1 to 47 letters, digits, hyphens or underscores. @defaultValue `PROJECT-STACK` */
  readonly namePrefix?: string | undefined;
  /** The key of the topics. @defaultValue `{ create: {} }` */
  readonly key?: TopicKeyChoice | undefined;
  /** The topic for AWS Config's own stream. @defaultValue none is made */
  readonly stream?: StreamChoices | undefined;
  /** What people hear of. @defaultValue critical and high violations, with nobody subscribed */
  readonly alerts?: AlertChoices | undefined;
  /** Whether chat channels get the alerts, too; they need a topic of their own. @defaultValue false */
  readonly chat?: boolean | undefined;
  /** Address of a control's page, with `{control}` in place of its name. @defaultValue AWS's page, or what to run */
  readonly controlPages?: string | undefined;
  /** How long EventBridge goes on trying to publish. @defaultValue AWS's own: 185 attempts in 24 hours */
  readonly retry?: RetryChoices | undefined;
  /** What could not be delivered. */
  readonly deadLetters?:
    { /** 1 to 14. @defaultValue 14 */ readonly retentionDays?: number | undefined } | undefined;
  /** Tags of what is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** How long EventBridge goes on trying to publish. */
export interface RetryChoices {
  /** Attempts after the first, 0 to 185. @defaultValue 185 */
  readonly attempts?: number | undefined;
  /** Age in seconds at which an event is given up, 60 to 86,400. @defaultValue 86400 */
  readonly maxAgeSeconds?: number | undefined;
}

/** The longest name of an event rule is 64 characters, and the longest suffix here is `-recorder-changed`. */
const LONGEST_PREFIX = 64 - "-recorder-changed".length;
/** Event rules of one bus, unless AWS has raised the quota of the account. */
const MOST_EVENT_RULES = 300;
/** Beside those that watch rules of AWS Config: recorder and delivery. */
const OTHER_EVENT_RULES = 2;

/** The names of the rules whose violations raise an alert. */
export function watchedRules({ rules, alerts = {} }: NotificationChoices): readonly string[] {
  const { severities = ["critical", "high"], controls = [] } = alerts;
  return rules.filter((name) => controls.includes(name) || severities.includes(severityOf(name)));
}

/** What the physical names begin with: they must be known before the resources exist, and be unique in a region. */
export function namePrefixOf({ namePrefix }: Pick<NotificationChoices, "namePrefix">): string {
  return namePrefix ?? nameStem(pulumi.getStack());
}

/**
 * Everything that AWS would refuse, or that would never notify anybody.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function notificationProblems(choices: NotificationChoices): readonly Problem[] {
  const { region, key, stream, alerts = {}, controlPages, retry = {}, deadLetters = {}, tags = {} } = choices;
  const problems = [...regionProblems("region", region), ...prefixProblems(choices)];
  if (key !== undefined && "existing" in key) {
    problems.push(...keyProblems("key.existing.arn", key.existing.arn, region, "topic"));
  }
  problems.push(...under("stream", subscriptionProblems("stream", stream?.subscriptions ?? [], region)));
  problems.push(...under("alerts", alertProblems(alerts, choices)));
  if (controlPages !== undefined) problems.push(...pageProblems("controlPages", controlPages));
  const ranges = [
    ["retry.attempts", retry.attempts, { min: 0, max: 185, unit: "attempts" }],
    ["retry.maxAgeSeconds", retry.maxAgeSeconds, { min: 60, max: 86_400, unit: "seconds" }],
    ["deadLetters.retentionDays", deadLetters.retentionDays, { min: 1, max: 14, unit: "days" }],
  ] as const;
  for (const [path, value, range] of ranges) {
    if (value !== undefined) problems.push(...rangeProblems(path, value, range));
  }
  return [...problems, ...tagProblems("tags", tags)];
}

function prefixProblems(choices: NotificationChoices): readonly Problem[] {
  const prefix = namePrefixOf(choices);
  if (/^[\w-]+$/.test(prefix) && prefix.length <= LONGEST_PREFIX) return [];
  const rule = `1 to ${LONGEST_PREFIX} letters, digits, hyphens or underscores`;
  const message = `${givenOrDefault(choices.namePrefix)} cannot begin the names of topics and event rules; write ${rule} here.`;
  return [{ path: "namePrefix", message }];
}

function alertProblems(alerts: AlertChoices, choices: NotificationChoices): readonly Problem[] {
  const { topic = { create: {} }, subscriptions = [], severities = [], controls = [] } = alerts;
  const problems = [...subscriptionProblems("alerts", subscriptions, choices.region)];
  if ("existing" in topic) {
    problems.push(...alertsTopicProblems("topic.existing.arn", topic.existing.arn, choices.region));
    if (subscriptions.length > 0) {
      const message = "A topic that exists is not touched; subscribe where it is made, or remove this.";
      problems.push({ path: "subscriptions", message });
    }
  }
  severities.forEach((severity, index) => {
    problems.push(...oneOfProblems(`severities[${index}]`, severity, SEVERITIES));
  });
  controls.forEach((control, index) => {
    problems.push(...controlProblems(`controls[${index}]`, control, choices.rules));
  });
  const count = complianceWatches(watchedRules(choices)).length + OTHER_EVENT_RULES;
  if (count > MOST_EVENT_RULES) {
    const message = `${count} event rules would be needed; EventBridge allows ${MOST_EVENT_RULES} on a bus. Choose fewer rules.`;
    problems.push({ path: "severities", message });
  }
  return problems;
}

/** Checks that an alert names a rule that is deployed: no other can be violated. */
export function controlProblems(path: string, control: string, rules: readonly string[]): readonly Problem[] {
  if (rules.includes(control)) return [];
  const fix = "Select it, or remove it here";
  return [{ path, message: `${show(control)} is not a selected rule.${didYouMean(control, rules)} ${fix}.` }];
}

/** Checks the ARN of a topic that event rules, and alarms, publish to. */
export const alertsTopicProblems = (path: string, arn: string, region: string): readonly Problem[] =>
  topicProblems(path, arn, region, "EventBridge");

/** Checks the address of a page that messages link to, in which `{control}` stands for the name of the control. */
function pageProblems(path: string, address: string): readonly Problem[] {
  const example = show(`https://example.org/controls/${CONTROL}.md`);
  const isAddress = /^https:\/\/[^\s"'<>\\]+$/.test(address) && URL.canParse(address.replace(CONTROL, "x"));
  if (!isAddress || address.length > 1024) {
    const rule = "at most 1024 characters, beginning with https://, without spaces, quotes or any of <>\\";
    return [{ path, message: `${show(address)} is not an address; it needs ${rule}, such as ${example}.` }];
  }
  if (address.split(CONTROL).length === 2) return [];
  const message = `${show(address)} must hold ${list([CONTROL])} exactly once, where the name of the control stands, as in ${example}.`;
  return [{ path, message }];
}

import { EventError } from "./errors";

/**
 * What AWS Config invokes a function with.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */

export type Properties = Readonly<Record<string, unknown>>;

/** The part of an item, or of the summary of an oversized one, that says what it is about. */
export interface ItemHead {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly status: string;
  /** ISO 8601, as it came. */
  readonly captureTime: string;
  readonly stateId?: string | undefined;
}

/** Why the function was invoked. */
export type Message =
  | { readonly kind: "item"; readonly head: ItemHead; readonly item: Properties }
  /** The item is too large to be sent, and must be fetched. */
  | { readonly kind: "oversized"; readonly head: ItemHead }
  /** A schedule, or the delivery of a snapshot: every resource of the account is meant. */
  | { readonly kind: "account" };

export interface RuleEvent {
  readonly messageType: string;
  readonly message: Message;
  /** What the results are ordered by: a retry must not look newer than what happened in between. */
  readonly time: Date;
  readonly rule: string;
  readonly ruleArn: string | undefined;
  /** The account that the rule is in, which may be another one than the function's. */
  readonly accountId: string;
  readonly resultToken: string;
  /** The resource is no longer in the rule's scope. */
  readonly leftScope: boolean;
  /** The role of AWS Config, not of the function. */
  readonly executionRoleArn: string | undefined;
  /** A JSON text, not parsed yet. */
  readonly parameters: unknown;
}

const PAGE =
  "https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html";

/**
 * Reads an event.
 * @throws EventError when it is not one of AWS Config's, with the first thing that is wrong.
 */
export function readEvent(event: unknown): RuleEvent {
  if (!isProperties(event) || event["invokingEvent"] === undefined) {
    throw new EventError(
      `The event has no "invokingEvent", so that it is not from AWS Config. To try the function by hand, send an event like those of ${PAGE}.`,
    );
  }
  const invoking = readInvokingEvent(event["invokingEvent"]);
  const { message, messageType, time } = readMessage(invoking);
  const leftScope = event["eventLeftScope"] ?? false;
  if (typeof leftScope !== "boolean")
    throw new EventError('"eventLeftScope" of the event must be true or false.');
  return {
    messageType,
    message,
    time,
    rule: text(event, "configRuleName", "event"),
    ruleArn: optionalText(event, "configRuleArn"),
    accountId: text(event, "accountId", "event"),
    resultToken: text(event, "resultToken", "event"),
    leftScope,
    executionRoleArn: optionalText(event, "executionRoleArn"),
    parameters: event["ruleParameters"],
  };
}

function readInvokingEvent(value: unknown): Properties {
  if (typeof value !== "string") throw new EventError('"invokingEvent" of the event must be a JSON text.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    // The parser's own message would quote the text, which holds the configuration.
    throw new EventError('"invokingEvent" of the event is not JSON.');
  }
  if (!isProperties(parsed)) throw new EventError('"invokingEvent" of the event is no JSON object.');
  return parsed;
}

function readMessage(invoking: Properties): Pick<RuleEvent, "message" | "messageType" | "time"> {
  const messageType = text(invoking, "messageType", "invokingEvent");
  switch (messageType) {
    case "ConfigurationItemChangeNotification": {
      const item = part(invoking, "configurationItem");
      const head = headOf(item, "configurationItem");
      return {
        messageType,
        message: { kind: "item", head, item },
        time: timeOf(item, "configurationItemCaptureTime"),
      };
    }
    case "OversizedConfigurationItemChangeNotification": {
      const summary = part(invoking, "configurationItemSummary");
      const head = headOf(summary, "configurationItemSummary");
      return {
        messageType,
        message: { kind: "oversized", head },
        time: timeOf(summary, "configurationItemCaptureTime"),
      };
    }
    case "ScheduledNotification":
    case "ConfigurationSnapshotDeliveryCompleted":
      return {
        messageType,
        message: { kind: "account" },
        time: timeOf(invoking, "notificationCreationTime"),
      };
    default:
      throw new EventError(
        `The message type "${messageType.slice(0, 80)}" is not known. Known are ConfigurationItemChangeNotification, OversizedConfigurationItemChangeNotification, ScheduledNotification and ConfigurationSnapshotDeliveryCompleted.`,
      );
  }
}

function headOf(item: Properties, place: string): ItemHead {
  return {
    resourceType: text(item, "resourceType", place),
    resourceId: text(item, "resourceId", place),
    status: text(item, "configurationItemStatus", place),
    captureTime: text(item, "configurationItemCaptureTime", place),
    stateId: stateIdOf(item["configurationStateId"]),
  };
}

/** AWS's own examples have it as a number. */
const stateIdOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

function part(invoking: Properties, name: string): Properties {
  const value = invoking[name];
  if (!isProperties(value)) throw new EventError(`"invokingEvent" has no "${name}".`);
  return value;
}

function timeOf(place: Properties, name: string): Date {
  const time = new Date(text(place, name, "invokingEvent"));
  if (Number.isNaN(time.getTime()))
    throw new EventError(`"${name}" of "invokingEvent" is no time in ISO 8601.`);
  return time;
}

function text(place: Properties, name: string, of: string): string {
  const value = optionalText(place, name);
  if (value === undefined) throw new EventError(`"${of}" has no text "${name}".`);
  return value;
}

const optionalText = (place: Properties, name: string): string | undefined => {
  const value = place[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** Whether a value is an object with named properties. */
export const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

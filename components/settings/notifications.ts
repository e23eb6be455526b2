import { regionalRules, type Selection, SEVERITIES } from "../../rules/declaration";
import type { Problems } from "../../rules/selection/problems";
import type { AccountDetectionArgs } from "../account-detection";
import type { AccountNotificationsArgs } from "../account-notifications";
import { keyProblems } from "../arns";
import { type ChatChoices, chatProblems } from "../notification-chat-limits";
import { type Subscription, SUBSCRIPTION_PROTOCOLS } from "../notification-subscriptions";
import {
  alertsTopicProblems,
  controlProblems,
  type NotificationChoices,
  namePrefixOf,
  notificationProblems,
} from "../notifications-limits";
import { under } from "../problems";
import { existingArns } from "./existing-arns";
import type { Part } from "./parts";
import type { Place } from "./place";
import type { Section } from "./section";

/** What the part needs to know of others. */
export interface NotificationContext {
  readonly place: Place;
  /** `undefined` when it could not be read. */
  readonly selection: Selection | undefined;
  /** `undefined` when the stack does not hold that part. */
  readonly detection: AccountDetectionArgs | undefined;
}

/** The entry `notifications`. */
export function notificationsPart(
  root: Section,
  context: NotificationContext,
  problems: Problems,
): Part<AccountNotificationsArgs> {
  const { place, selection } = context;
  const { homeRegion, tags } = place;
  const section = root.section("notifications", [
    "namePrefix",
    "key",
    "stream",
    "alerts",
    "chat",
    "controlPages",
    "retry",
    "deadLetters",
  ]);
  const namePrefix = section.text("namePrefix");
  const keys = existingArns(section, "key", place, problems, keyProblems);
  const { alerts, topics, controls } = alertsPart(section, place, problems);
  const stream = streamPart(section, context);
  const chat = chatPart(section);
  const hasChat = (chat.slack?.length ?? 0) + (chat.teams?.length ?? 0) > 0;
  const retry = section.section("retry", ["attempts", "maxAgeSeconds"]);
  const deadLetters = section.section("deadLetters", ["retentionDays"]);
  const shared = {
    namePrefix,
    controlPages: section.text("controlPages"),
    retry: { attempts: retry.number("attempts"), maxAgeSeconds: retry.number("maxAgeSeconds") },
    deadLetters: { retentionDays: deadLetters.number("retentionDays") },
    chat: hasChat,
    tags,
  };
  const selected = (region: string): readonly string[] =>
    selection === undefined ? [] : regionalRules(selection, region, homeRegion).map(({ name }) => name);

  const regions = place.regions.map((region): NotificationChoices => {
    const rules = selected(region);
    return {
      ...shared,
      region,
      rules,
      key: keys.get(region),
      stream: stream.regions.includes(region) ? stream.choices : undefined,
      // A rule of the account as a whole is deployed in the home region only.
      alerts: {
        ...alerts,
        topic: topics.get(region),
        controls: controls.filter((control) => rules.includes(control)),
      },
    };
  });
  const everywhere = place.regions.flatMap(selected);
  const limits = [
    ...regions.flatMap((choices) => notificationProblems({ ...choices, tags: {} })),
    ...(selection === undefined
      ? []
      : controls.flatMap((control, index) =>
          controlProblems(`alerts.controls[${index}]`, control, everywhere),
        )),
    ...under("chat", chatProblems(chat, homeRegion)),
  ];
  return {
    settings: {
      regions,
      chat: hasChat
        ? { ...chat, region: homeRegion, namePrefix: namePrefixOf({ namePrefix }), tags }
        : undefined,
    },
    limits: under(
      "notifications",
      limits.filter(({ path }) => !CHECKED_BEFORE.includes(path)),
    ),
  };
}

/** The regions are checked where they are read, and ARNs where each finds its region. */
const CHECKED_BEFORE: readonly string[] = ["region", "key.existing.arn", "alerts.topic.existing.arn"];

function alertsPart(section: Section, place: Place, problems: Problems) {
  const entries = ["topic", "subscriptions", "severities", "controls"];
  const alerts = section.section("alerts", entries);
  return {
    topics: existingArns(alerts, "topic", place, problems, alertsTopicProblems),
    controls: alerts.texts("controls") ?? [],
    alerts: {
      subscriptions: subscriptionsPart(alerts),
      severities: alerts.words("severities", SEVERITIES),
    },
  };
}

/**
 * AWS Config publishes through the delivery channels of this stack. A channel that is taken over keeps the topic that
 * somebody else gave it, unless the settings ask for the stream.
 */
function streamPart(section: Section, { detection }: NotificationContext) {
  const stream = section.section("stream", ["enabled", "encrypted", "subscriptions"]);
  const enabled = stream.flag("enabled");
  const choices = { encrypted: stream.flag("encrypted"), subscriptions: subscriptionsPart(stream) };
  const channels = detection?.recording === undefined ? [] : detection.regions;
  const regions = channels
    .filter(({ recorder }) => recorder.snsTopicArn === undefined)
    .filter(({ recorder }) => enabled ?? recorder.mode !== "adopt")
    .map(({ region }) => region);
  const isAsked = enabled === true || stream.has("encrypted") || stream.has("subscriptions");
  if (isAsked && enabled === false) {
    section.refuse(
      "stream",
      'No stream is made: "enabled" is false. Remove "enabled", or what else stands here.',
    );
  } else if (isAsked && regions.length === 0) {
    const where = 'a delivery channel of this stack that has no topic in "delivery.snsTopicArns"';
    section.refuse(
      "stream",
      `No stream is made: it needs ${where}. Remove it, or change the recorder's settings.`,
    );
  }
  return { regions, choices };
}

function chatPart(section: Section): ChatChoices {
  const chat = section.section("chat", ["slack", "teams"]);
  return {
    slack: chat.sections("slack", ["workspaceId", "channelId"]).map((channel) => ({
      workspaceId: channel.requiredText("workspaceId", "The id of the workspace"),
      channelId: channel.requiredText("channelId", "The id of the channel"),
    })),
    teams: chat.sections("teams", ["tenantId", "teamId", "channelId"]).map((channel) => ({
      tenantId: channel.requiredText("tenantId", "The id of the tenant"),
      teamId: channel.requiredText("teamId", "The id of the team"),
      channelId: channel.requiredText("channelId", "The id of the channel"),
    })),
  };
}

function subscriptionsPart(section: Section): readonly Subscription[] {
  return section
    .sections("subscriptions", ["protocol", "endpoint", "rawMessageDelivery"])
    .map((subscription, index) => {
      const protocol = subscription.requiredWord("protocol", SUBSCRIPTION_PROTOCOLS, "The protocol");
      const endpoint = subscription.requiredText("endpoint", "The address or ARN");
      const rawMessageDelivery = subscription.flag("rawMessageDelivery");
      // What could not be read gives way to something valid, so that problems of the others name the right place.
      if (protocol === undefined || endpoint === "") {
        return { protocol: "https", endpoint: `https://unreadable.invalid/${index}` };
      }
      return { protocol, endpoint, rawMessageDelivery };
    });
}

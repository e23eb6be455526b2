import * as pulumi from "@pulumi/pulumi";
import { NO_INPUTS } from "./component";
import { NotificationChat, type NotificationChatArgs } from "./notification-chat";
import { Notifications, type NotificationsArgs, type StreamTopic } from "./notifications";

/** Arguments of {@link AccountNotifications}. */
export interface AccountNotificationsArgs {
  /** One entry a region. */
  readonly regions: readonly NotificationsArgs[];
  /** Channels that get the alerts of all regions that have a topic for chat. @defaultValue none */
  readonly chat?: Omit<NotificationChatArgs, "topicArns"> | undefined;
}

/**
 * The notifications of every region of an account, and the chat channels that they share.
 *
 * @example
 * ```ts
 * new AccountNotifications("notifications", { regions: [{ region: "us-east-1", rules }] });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of a region's arguments.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/security-logging-and-monitoring.html
 */
export class AccountNotifications extends pulumi.ComponentResource {
  /** By region: the topic for its delivery channel, where one is made. */
  public readonly streams: ReadonlyMap<string, StreamTopic>;
  /** By region: ARN of the topic for people. */
  public readonly alertsTopicArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** By region: ARN of the topic for chat channels, where there are any. */
  public readonly chatTopicArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** By region: ARNs of the topics that alarms there publish to. The chat understands them as they are. */
  public readonly alarmTopicArns: Readonly<Record<string, readonly pulumi.Output<string>[]>>;

  public constructor(name: string, args: AccountNotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:AccountNotifications", name, NO_INPUTS, opts);
    const regional = args.regions.map(
      (here) => new Notifications(`${name}-${here.region}`, here, { parent: this }),
    );
    this.streams = new Map(
      regional.flatMap(({ region, stream }) => (stream === undefined ? [] : [[region, stream] as const])),
    );
    this.alertsTopicArns = Object.fromEntries(
      regional.map(({ region, alertsTopicArn }) => [region, alertsTopicArn]),
    );
    this.chatTopicArns = Object.fromEntries(
      regional.flatMap(({ region, chatTopicArn }) =>
        chatTopicArn === undefined ? [] : [[region, chatTopicArn] as const],
      ),
    );
    this.alarmTopicArns = Object.fromEntries(
      regional.map(({ region, alertsTopicArn, chatTopicArn }) => [
        region,
        [alertsTopicArn, ...(chatTopicArn === undefined ? [] : [chatTopicArn])],
      ]),
    );
    if (args.chat !== undefined) {
      const topicArns = Object.values(this.chatTopicArns);
      new NotificationChat(`${name}-chat`, { ...args.chat, topicArns }, { parent: this });
    }
    this.registerOutputs({ alertsTopicArns: this.alertsTopicArns });
  }
}

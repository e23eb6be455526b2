import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { CustomerKey } from "./customer-key";
import { alertPublishing, streamPublishing, topicEncryption } from "./documents/notifications";
import type { Location } from "./documents/principals";
import { AlertRules } from "./notification-alerts";
import { DeadLetterQueue } from "./notification-dead-letters";
import { NotificationTopic, type NotificationTopicArgs } from "./notification-topic";
import {
  namePrefixOf,
  type NotificationChoices,
  notificationProblems,
  watchedRules,
} from "./notifications-limits";
import { refuse } from "./problems";

/** Arguments of {@link Notifications}. */
export type NotificationsArgs = NotificationChoices;

/** Where AWS Config publishes its own stream. */
export interface StreamTopic {
  readonly topicArn: pulumi.Output<string>;
  /** ARN of the key that encrypts it; `undefined` when it is not encrypted. */
  readonly kmsKeyArn: pulumi.Output<string> | undefined;
}

interface Place {
  readonly region: string;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

type TopicChoices = Pick<NotificationTopicArgs, "allow" | "kmsKeyArn" | "subscriptions">;

type Metric = Pick<
  aws.cloudwatch.MetricAlarmArgs,
  "alarmDescription" | "namespace" | "metricName" | "dimensions" | "statistic" | "period"
>;

/**
 * Who hears of what in one region: AWS Config's own stream for machines, alerts for people and chat channels, and what
 * becomes of messages that cannot be delivered.
 *
 * @example
 * ```ts
 * new Notifications("notifications-us-east-1", {
 *   region: "us-east-1",
 *   rules: ["iam-user-mfa-enabled", "s3-bucket-public-read-prohibited"],
 *   alerts: { subscriptions: [{ protocol: "email", endpoint: "security@example.org" }] },
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
export class Notifications extends pulumi.ComponentResource {
  /** Region of everything here. */
  public readonly region: string;
  /** For the delivery channel of this region; `undefined` when none is made. */
  public readonly stream: StreamTopic | undefined;
  /** ARN of the topic for people. Alarms of this account and region may name it as their action. */
  public readonly alertsTopicArn: pulumi.Output<string>;
  /** ARN of the topic for chat channels; `undefined` when there are none. */
  public readonly chatTopicArn: pulumi.Output<string> | undefined;
  /** ARN of the queue with what could not be delivered. */
  public readonly deadLetterArn: pulumi.Output<string>;

  public constructor(name: string, args: NotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:Notifications", name, NO_INPUTS, opts);
    refuse(this, `Notifications "${name}"`, notificationProblems(args));
    const { region, alerts = {}, stream, chat = false, controlPages, retry, tags } = args;
    const prefix = namePrefixOf(args);
    const place = { region, tags };
    const location = this.locationOf(region);
    const kmsKeyArn = this.keyOf(name, args);

    const queue = new DeadLetterQueue(
      `${name}-dead-letters`,
      { ...place, prefix, location, retentionDays: args.deadLetters?.retentionDays },
      { parent: this },
    );
    const topic = (role: string, choices: TopicChoices): pulumi.Output<string> =>
      new NotificationTopic(
        `${name}-${role}`,
        {
          ...place,
          ...choices,
          topicName: `${prefix}-${role}`,
          location,
          deadLetterArn: queue.arn,
        },
        { parent: this },
      ).arn;

    this.region = region;
    this.deadLetterArn = queue.arn;
    if (stream !== undefined) {
      const key = stream.encrypted === false ? undefined : kmsKeyArn;
      const { subscriptions = [] } = stream;
      const arn = topic("stream", { allow: streamPublishing, kmsKeyArn: key, subscriptions });
      this.stream = { topicArn: arn, kmsKeyArn: key };
    }
    const { topic: people = { create: {} }, subscriptions = [] } = alerts;
    this.alertsTopicArn =
      "existing" in people
        ? pulumi.output(people.existing.arn)
        : topic("alerts", { allow: alertPublishing, kmsKeyArn, subscriptions });
    if (chat) this.chatTopicArn = topic("chat", { allow: alertPublishing, kmsKeyArn, subscriptions: [] });

    new AlertRules(
      name,
      {
        ...place,
        prefix,
        controlPages,
        retry,
        rules: watchedRules(args),
        alertsTopicArn: this.alertsTopicArn,
        chatTopicArn: this.chatTopicArn,
        deadLetterArn: queue.arn,
      },
      { parent: this },
    );
    this.watch(name, { ...place, prefix, queueName: queue.queueName });
    this.registerOutputs({
      region: this.region,
      stream: this.stream,
      alertsTopicArn: this.alertsTopicArn,
      chatTopicArn: this.chatTopicArn,
      deadLetterArn: this.deadLetterArn,
    });
  }

  private locationOf(region: string): pulumi.Output<Location> {
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    return pulumi
      .all([partition, accountId])
      .apply(([inPartition, account]) => ({ partition: inPartition, account, region }));
  }

  private keyOf(name: string, { key = { create: {} }, region, tags }: NotificationsArgs) {
    if ("existing" in key) return pulumi.output(key.existing.arn);
    const description = "Encrypts what people and machines are told about the compliance of the account.";
    // Messages do not stay, so that nothing needs the key after the topics.
    const args = { description, region, tags, retain: false, allow: topicEncryption };
    return new CustomerKey(name, args, { parent: this }).arn;
  }

  private watch(name: string, at: Place & { readonly prefix: string; readonly queueName: string }): void {
    const { region, tags, prefix, queueName } = at;
    const alarm = (role: string, metric: Metric): void => {
      new aws.cloudwatch.MetricAlarm(
        `${name}-${role}`,
        {
          ...metric,
          name: `${prefix}-${role}`,
          region,
          evaluationPeriods: 1,
          threshold: 1,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          // No messages at all is the good state.
          treatMissingData: "notBreaching",
          alarmActions: [
            this.alertsTopicArn,
            ...(this.chatTopicArn === undefined ? [] : [this.chatTopicArn]),
          ],
          ...(tags === undefined ? {} : { tags }),
        },
        { parent: this },
      );
    };
    alarm("dead-letters", {
      alarmDescription: `Notifications could not be delivered; they lie in the queue ${queueName}.`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      period: 300,
    });
    if (this.stream === undefined) return;
    alarm("stream-undelivered", {
      alarmDescription: "AWS Config could not publish to the topic of its stream.",
      namespace: "AWS/Config",
      metricName: "ChangeNotificationsDeliveryFailed",
      statistic: "Sum",
      period: 300,
    });
  }
}

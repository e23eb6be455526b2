import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { topicArnOf } from "./documents/notifications";
import type { Location } from "./documents/principals";
import { type PolicyStatement, policyText } from "./documents/statement";
import type { Subscription } from "./notification-subscriptions";

/** Arguments of {@link NotificationTopic}. */
export interface NotificationTopicArgs {
  /** Physical name, 1 to 256 letters, digits, hyphens and underscores. */
  readonly topicName: string;
  readonly region: string;
  /** ARN of the key that encrypts the messages; `undefined`: they are not encrypted. */
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  /** Statements of the topic's policy; without them nobody but the account's own principals may publish. */
  readonly allow: (topicArn: string, location: Location) => readonly PolicyStatement[];
  readonly location: pulumi.Output<Location>;
  /** Who hears of the messages. */
  readonly subscriptions: readonly Subscription[];
  /** ARN of the queue that keeps what a machine did not take. */
  readonly deadLetterArn: pulumi.Input<string>;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * An SNS topic with its policy and subscriptions. A subscription by e-mail or HTTPS waits until somebody there confirms
 * it.
 *
 * @example
 * ```ts
 * new NotificationTopic("alerts", {
 *   topicName: "acme-alerts",
 *   region: "us-east-1",
 *   location,
 *   kmsKeyArn: key.arn,
 *   allow: alertPublishing,
 *   subscriptions: [{ protocol: "email", endpoint: "security@example.org" }],
 *   deadLetterArn: queue.arn,
 * });
 * ```
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html
 */
export class NotificationTopic extends pulumi.ComponentResource {
  /** ARN of the topic, known when its policy is in place. */
  public readonly arn: pulumi.Output<string>;

  public constructor(name: string, args: NotificationTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:NotificationTopic", name, NO_INPUTS, opts);
    const { topicName, region, location, kmsKeyArn, allow, subscriptions, deadLetterArn, tags } = args;

    const topic = new aws.sns.Topic(
      name,
      {
        name: topicName,
        region,
        // HTTPS subscribers verify messages with SHA-256 in place of SHA-1.
        signatureVersion: 2,
        ...(kmsKeyArn === undefined ? {} : { kmsMasterKeyId: kmsKeyArn }),
        ...(tags === undefined ? {} : { tags }),
      },
      { parent: this },
    );
    const policy = new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        region,
        // The ARN is known beforehand, so that a preview can judge the policy.
        policy: location.apply((here) => policyText(allow(topicArnOf(here, topicName), here))),
      },
      { parent: this },
    );
    for (const { protocol, endpoint, rawMessageDelivery } of subscriptions) {
      new aws.sns.TopicSubscription(
        `${name}-${protocol}-${shortHash(endpoint)}`,
        {
          topic: topic.arn,
          region,
          protocol,
          endpoint,
          ...(rawMessageDelivery === undefined ? {} : { rawMessageDelivery }),
          ...(protocol === "email"
            ? {}
            : {
                redrivePolicy: pulumi
                  .output(deadLetterArn)
                  .apply((arn) => JSON.stringify({ deadLetterTargetArn: arn })),
              }),
        },
        { parent: this },
      );
    }
    this.arn = policy.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** A name that stays when others are added or removed before it: a new one would have to be confirmed again. */
function shortHash(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex").slice(0, 8);
}

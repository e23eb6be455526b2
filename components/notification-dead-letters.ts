import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { deadLetters, queueArnOf } from "./documents/notifications";
import type { Location } from "./documents/principals";
import { policyText } from "./documents/statement";

/** Arguments of {@link DeadLetterQueue}. */
export interface DeadLetterQueueArgs {
  /** What the names of queue, topics and event rules begin with. */
  readonly prefix: string;
  readonly region: string;
  readonly location: pulumi.Output<Location>;
  /** Days that a message is kept, 1 to 14. @defaultValue 14 */
  readonly retentionDays?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const SECONDS_A_DAY = 86_400;

/**
 * Where notifications go that could not be delivered. SQS encrypts it with a key of its own: under the key of the
 * topics, messages would be lost for the very reason that they could not be published.
 *
 * @example
 * ```ts
 * new DeadLetterQueue("notifications-dead-letters", { prefix: "acme", region, location });
 * ```
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class DeadLetterQueue extends pulumi.ComponentResource {
  /** ARN of the queue, known when its policy is in place. */
  public readonly arn: pulumi.Output<string>;
  /** Physical name of the queue. */
  public readonly queueName: string;

  public constructor(name: string, args: DeadLetterQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:DeadLetterQueue", name, NO_INPUTS, opts);
    const { prefix, region, location, retentionDays = 14, tags } = args;
    this.queueName = `${prefix}-dead-letters`;

    const queue = new aws.sqs.Queue(
      name,
      {
        name: this.queueName,
        region,
        messageRetentionSeconds: retentionDays * SECONDS_A_DAY,
        sqsManagedSseEnabled: true,
        ...(tags === undefined ? {} : { tags }),
      },
      { parent: this },
    );
    const policy = new aws.sqs.QueuePolicy(
      name,
      {
        queueUrl: queue.url,
        region,
        // The ARN is known beforehand, so that a preview can judge the policy.
        policy: location.apply((here) =>
          policyText(deadLetters(queueArnOf(here, this.queueName), here, prefix)),
        ),
      },
      { parent: this },
    );
    this.arn = pulumi.all([queue.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn, queueName: this.queueName });
  }
}

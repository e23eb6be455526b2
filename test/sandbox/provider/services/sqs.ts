import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { type QueueArgs, type QueuePolicyArgs } from "@pulumi/aws/sqs";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { attributeChanges, attributesOf, type Attributes } from "./attributes";
import { generatedName } from "./iam-roles";
import { given } from "./shapes";
import { syncTags } from "./tags";

const sqsClient = (session: Session): SQSClient => session.client(SQSClient, "sqs");

/** What AWS gives to a queue whose maker says nothing. */
const DEFAULTS: Attributes = {
  ContentBasedDeduplication: "false",
  DelaySeconds: "0",
  KmsDataKeyReusePeriodSeconds: "300",
  ReceiveMessageWaitTimeSeconds: "0",
};

const queue = resourceType<QueueArgs>({
  replaceOn: ["fifoQueue", "namePrefix"],
  defaults: { maxMessageSize: 262144, messageRetentionSeconds: 345600, visibilityTimeoutSeconds: 30 },
  async create(session, args) {
    const { QueueUrl } = await sqsClient(session).send(
      new CreateQueueCommand({
        QueueName: args.name ?? generatedName(args.namePrefix),
        Attributes: { ...queueAttributes(args), ...(args.fifoQueue === true ? { FifoQueue: "true" } : {}) },
        tags: { ...args.tagsAll },
      }),
    );
    return given(QueueUrl, "the URL of the new queue");
  },
  async update(session, QueueUrl, args, old) {
    const client = sqsClient(session);
    const changes = attributeChanges(queueAttributes(old), queueAttributes(args), DEFAULTS);
    if (changes.length > 0) {
      // The local AWS forgets the policy whenever it is not sent along.
      const { Attributes: kept } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }),
      );
      const Attributes = { ...kept, ...Object.fromEntries(changes) };
      await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    }
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagQueueCommand({ QueueUrl, Tags: { ...tags } })),
      (TagKeys) => client.send(new UntagQueueCommand({ QueueUrl, TagKeys })),
    );
  },
  async read(session, QueueUrl) {
    const client = sqsClient(session);
    const { Attributes: found = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    const { Tags } = await client.send(new ListQueueTagsCommand({ QueueUrl }));
    return {
      arn: found.QueueArn,
      name: QueueUrl.slice(QueueUrl.lastIndexOf("/") + 1),
      url: QueueUrl,
      delaySeconds: number(found.DelaySeconds),
      kmsMasterKeyId: found.KmsMasterKeyId,
      maxMessageSize: number(found.MaximumMessageSize),
      messageRetentionSeconds: number(found.MessageRetentionPeriod),
      receiveWaitTimeSeconds: number(found.ReceiveMessageWaitTimeSeconds),
      visibilityTimeoutSeconds: number(found.VisibilityTimeout),
      policy: found.Policy ?? "",
      redrivePolicy: found.RedrivePolicy ?? "",
      redriveAllowPolicy: found.RedriveAllowPolicy ?? "",
      sqsManagedSseEnabled: found.SqsManagedSseEnabled === "true",
      tagsAll: Tags ?? {},
    };
  },
  async delete(session, QueueUrl) {
    await sqsClient(session).send(new DeleteQueueCommand({ QueueUrl }));
  },
});

function queueAttributes(args: Args<QueueArgs>): Attributes {
  return attributesOf({
    ContentBasedDeduplication: args.contentBasedDeduplication,
    DeduplicationScope: args.deduplicationScope,
    DelaySeconds: args.delaySeconds,
    FifoThroughputLimit: args.fifoThroughputLimit,
    KmsDataKeyReusePeriodSeconds: args.kmsDataKeyReusePeriodSeconds,
    KmsMasterKeyId: args.kmsMasterKeyId,
    MaximumMessageSize: args.maxMessageSize,
    MessageRetentionPeriod: args.messageRetentionSeconds,
    Policy: args.policy,
    ReceiveMessageWaitTimeSeconds: args.receiveWaitTimeSeconds,
    RedriveAllowPolicy: args.redriveAllowPolicy,
    RedrivePolicy: args.redrivePolicy,
    SqsManagedSseEnabled: args.kmsMasterKeyId === undefined ? args.sqsManagedSseEnabled : undefined,
    VisibilityTimeout: args.visibilityTimeoutSeconds,
  });
}

const queuePolicy = resourceType<QueuePolicyArgs>({
  replaceOn: ["queueUrl"],
  async create(session, { queueUrl, policy }) {
    const attributes = { QueueUrl: queueUrl, Attributes: { Policy: policy } };
    await sqsClient(session).send(new SetQueueAttributesCommand(attributes));
    return queueUrl;
  },
  async read(session, queueUrl) {
    const { Attributes: found } = await sqsClient(session).send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["Policy"] }),
    );
    return found?.Policy === undefined || found.Policy === ""
      ? undefined
      : { queueUrl, policy: found.Policy };
  },
  async delete(session, queueUrl) {
    const attributes = { QueueUrl: queueUrl, Attributes: { Policy: "" } };
    await sqsClient(session).send(new SetQueueAttributesCommand(attributes));
  },
});

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** The resource types of SQS. */
export const sqs: ResourceTypes = {
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": queuePolicy,
};

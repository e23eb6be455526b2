import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { type TopicArgs, type TopicPolicyArgs, type TopicSubscriptionArgs } from "@pulumi/aws/sns";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { attributeChanges, attributesOf, type Attributes } from "./attributes";
import { generatedName } from "./iam-roles";
import { given } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

const snsClient = (session: Session): SNSClient => session.client(SNSClient, "sns");

const topic = resourceType<TopicArgs>({
  replaceOn: ["fifoTopic", "namePrefix"],
  async create(session, args) {
    const { TopicArn } = await snsClient(session).send(
      new CreateTopicCommand({
        Name: args.name ?? generatedName(args.namePrefix),
        Attributes: { ...topicAttributes(args), ...(args.fifoTopic === true ? { FifoTopic: "true" } : {}) },
        Tags: tagList(args.tagsAll),
      }),
    );
    return given(TopicArn, "the ARN of the new topic");
  },
  async update(session, TopicArn, args, old) {
    const client = snsClient(session);
    for (const [AttributeName, AttributeValue] of attributeChanges(
      topicAttributes(old),
      topicAttributes(args),
    )) {
      await client.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    }
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: tagList(tags) })),
      (TagKeys) => client.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys })),
    );
  },
  async read(session, TopicArn) {
    const client = snsClient(session);
    const { Attributes: found } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));
    return (
      found && {
        arn: TopicArn,
        name: TopicArn.slice(TopicArn.lastIndexOf(":") + 1),
        owner: found["Owner"],
        policy: found["Policy"],
        displayName: found["DisplayName"],
        kmsMasterKeyId: found["KmsMasterKeyId"],
        beginningArchiveTime: "",
        tagsAll: tagMap(Tags),
      }
    );
  },
  async delete(session, TopicArn) {
    await snsClient(session).send(new DeleteTopicCommand({ TopicArn }));
  },
});

function topicAttributes(args: Args<TopicArgs>): Attributes {
  return attributesOf({
    ArchivePolicy: args.archivePolicy,
    ContentBasedDeduplication: args.contentBasedDeduplication,
    DeliveryPolicy: args.deliveryPolicy,
    DisplayName: args.displayName,
    KmsMasterKeyId: args.kmsMasterKeyId,
    Policy: args.policy,
    SignatureVersion: args.signatureVersion,
    TracingConfig: args.tracingConfig,
  });
}

const topicPolicy = resourceType<TopicPolicyArgs>({
  replaceOn: ["arn"],
  async create(session, { arn, policy }) {
    const attribute = { TopicArn: arn, AttributeName: "Policy", AttributeValue: policy };
    await snsClient(session).send(new SetTopicAttributesCommand(attribute));
    return arn;
  },
  async read(session, arn) {
    const { Attributes: found } = await snsClient(session).send(
      new GetTopicAttributesCommand({ TopicArn: arn }),
    );
    return found && { arn, owner: found["Owner"], policy: found["Policy"] };
  },
  // A topic always has a policy: the provider goes back to the one that AWS gives, which lets the account's owner in.
  async delete(session, arn) {
    const account = await session.account();
    const statement = {
      Sid: "__default_statement_ID",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:Subscribe", "SNS:Publish"],
      Resource: arn,
      Condition: { StringEquals: { "AWS:SourceOwner": account } },
    };
    const AttributeValue = JSON.stringify({
      Version: "2008-10-17",
      Id: "__default_policy_ID",
      Statement: [statement],
    });
    await snsClient(session).send(
      new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: "Policy", AttributeValue }),
    );
  },
});

const topicSubscription = resourceType<TopicSubscriptionArgs>({
  replaceOn: ["topic", "protocol", "endpoint"],
  defaults: { confirmationTimeoutInMinutes: 1 },
  async create(session, args) {
    const { SubscriptionArn } = await snsClient(session).send(
      new SubscribeCommand({
        TopicArn: args.topic,
        Protocol: args.protocol,
        Endpoint: args.endpoint,
        Attributes: subscriptionAttributes(args),
        ReturnSubscriptionArn: true,
      }),
    );
    return given(SubscriptionArn, "the ARN of the new subscription");
  },
  async update(session, SubscriptionArn, args, old) {
    const changes = attributeChanges(subscriptionAttributes(old), subscriptionAttributes(args));
    for (const [AttributeName, AttributeValue] of changes) {
      const attribute = { SubscriptionArn, AttributeName, AttributeValue };
      await snsClient(session).send(new SetSubscriptionAttributesCommand(attribute));
    }
  },
  async read(session, SubscriptionArn) {
    const { Attributes: found } = await snsClient(session).send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn }),
    );
    return (
      found && {
        arn: SubscriptionArn,
        confirmationWasAuthenticated: found["ConfirmationWasAuthenticated"] === "true",
        endpoint: found["Endpoint"],
        filterPolicyScope: found["FilterPolicyScope"] ?? "",
        ownerId: found["Owner"],
        pendingConfirmation: found["PendingConfirmation"] === "true",
        protocol: found["Protocol"],
        topic: found["TopicArn"],
      }
    );
  },
  async delete(session, SubscriptionArn) {
    await snsClient(session).send(new UnsubscribeCommand({ SubscriptionArn }));
  },
});

function subscriptionAttributes(args: Args<TopicSubscriptionArgs>): Attributes {
  return attributesOf({
    DeliveryPolicy: args.deliveryPolicy,
    FilterPolicy: args.filterPolicy,
    FilterPolicyScope: args.filterPolicyScope,
    RawMessageDelivery: args.rawMessageDelivery,
    RedrivePolicy: args.redrivePolicy,
    SubscriptionRoleArn: args.subscriptionRoleArn,
  });
}

/** The resource types of SNS. */
export const sns: ResourceTypes = {
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
};

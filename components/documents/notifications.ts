import { CONFIG_SERVICE, evidenceEncryption } from "./evidence";
import type { Location } from "./principals";
import type { PolicyStatement } from "./statement";

const EVENTS_SERVICE = "events.amazonaws.com";
const ALARMS_SERVICE = "cloudwatch.amazonaws.com";
const TOPICS_SERVICE = "sns.amazonaws.com";
const CHAT_SERVICE = "chatbot.amazonaws.com";

/** The ARN of a topic, known before it exists. */
export function topicArnOf({ partition, region, account }: Location, topicName: string): string {
  return `arn:${partition}:sns:${region}:${account}:${topicName}`;
}

/** The ARN of a queue, known before it exists. */
export function queueArnOf({ partition, region, account }: Location, queueName: string): string {
  return `arn:${partition}:sqs:${region}:${account}:${queueName}`;
}

/** The event rules of a location whose names begin in the same way; the account is part of their ARNs. */
const eventRules = ({ partition, region, account }: Location, prefix: string): string =>
  `arn:${partition}:events:${region}:${account}:rule/${prefix}-*`;

/** All alarms of a location: whoever makes one may name the topic as its action. */
const ofAlarms = ({ partition, region, account }: Location) => ({
  StringEquals: { "aws:SourceAccount": account },
  ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
});

/**
 * Lets AWS Config of this account publish its stream.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-policy.html
 */
export function streamPublishing(topicArn: string, { account }: Location): readonly PolicyStatement[] {
  return [
    {
      Sid: "AllowConfigToPublish",
      Effect: "Allow",
      Principal: { Service: CONFIG_SERVICE },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
    tlsOnlyTopic(topicArn),
  ];
}

/**
 * Lets event rules, and the alarms of this account, publish. EventBridge sends no source condition here; see
 * `WITHOUT_SOURCE_CONDITION`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alertPublishing(topicArn: string, location: Location): readonly PolicyStatement[] {
  const publish = { Effect: "Allow", Action: "sns:Publish", Resource: topicArn } as const;
  return [
    { Sid: "AllowEventRulesToPublish", ...publish, Principal: { Service: EVENTS_SERVICE } },
    {
      Sid: "AllowAlarmsToPublish",
      ...publish,
      Principal: { Service: ALARMS_SERVICE },
      Condition: ofAlarms(location),
    },
    tlsOnlyTopic(topicArn),
  ];
}

/**
 * Lets AWS Config, EventBridge and CloudWatch use the key of the topics. EventBridge sends no source condition here;
 * see `WITHOUT_SOURCE_CONDITION`. In a key policy, the resource "*" means the key itself.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function topicEncryption(location: Location): readonly PolicyStatement[] {
  const encrypt = {
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
  } as const;
  return [
    evidenceEncryption([location.account]),
    { Sid: "AllowEventRulesToEncrypt", ...encrypt, Principal: { Service: EVENTS_SERVICE } },
    {
      Sid: "AllowAlarmsToEncrypt",
      ...encrypt,
      Principal: { Service: ALARMS_SERVICE },
      Condition: ofAlarms(location),
    },
  ];
}

/**
 * Lets the event rules of this program leave what they could not deliver, and topics what a subscriber did not take.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html
 */
export function deadLetters(
  queueArn: string,
  location: Location,
  prefix: string,
): readonly PolicyStatement[] {
  const send = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn } as const;
  return [
    {
      Sid: "AllowEventRulesToSend",
      ...send,
      Principal: { Service: EVENTS_SERVICE },
      Condition: { ArnLike: { "aws:SourceArn": eventRules(location, prefix) } },
    },
    {
      Sid: "AllowTopicsToSend",
      ...send,
      Principal: { Service: TOPICS_SERVICE },
      Condition: { ArnLike: { "aws:SourceArn": topicArnOf(location, `${prefix}-*`) } },
    },
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: ["sqs:ReceiveMessage", "sqs:SendMessage"],
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

/**
 * Lets Amazon Q Developer in chat applications, on behalf of this account, assume the role of its channels.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/cross-service-confused-deputy-prevention.html
 */
export function chatTrust(account: string): PolicyStatement {
  return {
    Sid: "AllowChatOfThisAccount",
    Effect: "Allow",
    Principal: { Service: CHAT_SERVICE },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit */
function tlsOnlyTopic(topicArn: string): PolicyStatement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

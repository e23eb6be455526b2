import { all, any, given, isPublic, policy, stackPolicy } from "../engine";
import type { Policies } from "../engine";
import { everyPolicy } from "../views/attached-policy";
import { keyAmong } from "../views/kms";
import { lonePart, policyIsFree } from "../views/parts";
import type { Forbidden } from "../views/parts";

const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = { inline: "policy", type: "aws:sns/topicPolicy:TopicPolicy", link: "arn" } as const;

const PUBLIC: Forbidden = {
  statement: isPublic,
  reason: {
    found: "a statement lets everybody use the topic",
    fix: "name the principals, or narrow them by a condition such as aws:SourceAccount",
  },
};

export const sns: Policies = {
  SNS_ENCRYPTED_KMS: policy("SNS topics are encrypted with a KMS key.", {
    [TOPIC]: (topic, p) =>
      all(
        topic.present("kmsMasterKeyId"),
        given(p.kmsKeyIds, (keys) => keyAmong(topic, "kmsMasterKeyId", keys)),
      ),
  }),

  SNS_TOPIC_MESSAGE_DELIVERY_NOTIFICATION_ENABLED: policy("SNS topics log what they deliver.", {
    [TOPIC]: (topic) =>
      any(
        topic.present("httpSuccessFeedbackRoleArn"),
        topic.present("httpFailureFeedbackRoleArn"),
        topic.present("sqsSuccessFeedbackRoleArn"),
        topic.present("sqsFailureFeedbackRoleArn"),
        topic.present("lambdaSuccessFeedbackRoleArn"),
        topic.present("lambdaFailureFeedbackRoleArn"),
        topic.present("firehoseSuccessFeedbackRoleArn"),
        topic.present("firehoseFailureFeedbackRoleArn"),
        topic.present("applicationSuccessFeedbackRoleArn"),
        topic.present("applicationFailureFeedbackRoleArn"),
      ),
  }),

  SNS_TOPIC_NO_PUBLIC_ACCESS: stackPolicy("SNS topics are used by named principals only.", {
    [TOPIC]: (topic, _, context) =>
      everyPolicy(topic, context, TOPIC_POLICY, (document) => policyIsFree(document, PUBLIC)),
    [TOPIC_POLICY.type]: (part, _, context) =>
      lonePart(context, TOPIC_POLICY.link, [TOPIC], () => policyIsFree(part, PUBLIC)),
  }),
};

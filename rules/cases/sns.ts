import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const topic = resource("aws:sns/topic:Topic");
const topicPolicy = resource("aws:sns/topicPolicy:TopicPolicy");

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const ROLE = "arn:aws:iam::111122223333:role/feedback";
const allow = (principal: unknown, more: object = {}): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: principal, Action: "sns:Publish", Resource: "*", ...more }],
});
const when = (operator: string, key: string, value: unknown): object => ({
  Condition: { [operator]: { [key]: value } },
});

export const sns: Cases = {
  SNS_ENCRYPTED_KMS: [
    compliantCase("has a key", topic({ kmsMasterKeyId: KEY })),
    compliantCase("has the key of AWS", topic({ kmsMasterKeyId: "alias/aws/sns" })),
    compliantCase("has a key of the stack", topic({ kmsMasterKeyId: unknown })),
    compliantCase("has a key that is listed by its id", topic({ kmsMasterKeyId: KEY }), {
      parameters: { kmsKeyIds: "0d5f1c5c-0000-4000-8000-000000000001,other" },
    }),
    compliantCase("has a key that is listed by its alias", topic({ kmsMasterKeyId: "alias/topics" }), {
      parameters: { kmsKeyIds: "arn:aws:kms:eu-west-1:111122223333:alias/topics" },
    }),
    violatingCase("has no key", topic({})),
    violatingCase("has an empty key", topic({ kmsMasterKeyId: "" })),
    violatingCase("has a key that is not listed", topic({ kmsMasterKeyId: "alias/aws/sns" }), {
      parameters: { kmsKeyIds: KEY },
    }),
    violatingCase("has an alias that is not listed, of aliases", topic({ kmsMasterKeyId: "alias/other" }), {
      parameters: { kmsKeyIds: "alias/topics" },
    }),
    undecidedCase("has an alias where keys are listed", topic({ kmsMasterKeyId: "alias/topics" }), {
      parameters: { kmsKeyIds: KEY },
      note: "The alias may name the key that is listed.",
    }),
    undecidedCase("has a key where aliases are listed", topic({ kmsMasterKeyId: KEY }), {
      parameters: { kmsKeyIds: "alias/aws/sns,alias/topics" },
    }),
    undecidedCase("has an unknown key where keys are listed", topic({ kmsMasterKeyId: unknown }), {
      parameters: { kmsKeyIds: KEY },
    }),
  ],
  SNS_TOPIC_MESSAGE_DELIVERY_NOTIFICATION_ENABLED: [
    compliantCase("logs what it delivers to functions", topic({ lambdaSuccessFeedbackRoleArn: ROLE })),
    compliantCase("logs what it cannot deliver to queues", topic({ sqsFailureFeedbackRoleArn: unknown })),
    violatingCase("logs nothing", topic({})),
    violatingCase("names a sample rate without a role", topic({ httpSuccessFeedbackSampleRate: 100 })),
  ],
  SNS_TOPIC_NO_PUBLIC_ACCESS: [
    compliantCase("has the default policy", topic({})),
    compliantCase("names its principals", topic({ policy: JSON.stringify(allow({ AWS: ROLE })) })),
    compliantCase("lets everybody of one account in", {
      ...topic({ policy: allow("*", when("StringEquals", "AWS:SourceOwner", "111122223333")) }),
    }),
    compliantCase("lets in one bucket", topic({}), {
      with: {
        p: topicPolicy({
          arn: ref("subject", "arn"),
          policy: allow("*", when("ArnLike", "aws:SourceArn", "arn:aws:s3:::data")),
        }),
      },
    }),
    notApplicableCase(
      "is the policy of a topic of the stack, where the topic is judged",
      topicPolicy({ arn: ref("t", "arn"), policy: allow("*") }),
      { with: { t: topic({}) } },
    ),
    violatingCase("lets in everybody", topic({ policy: allow("*") })),
    violatingCase("lets in every AWS principal", topic({ policy: JSON.stringify(allow({ AWS: "*" })) })),
    violatingCase("lets in everybody by a policy of its own", topic({}), {
      with: { p: topicPolicy({ arn: ref("subject", "arn"), policy: JSON.stringify(allow("*")) }) },
    }),
    violatingCase("lets in everybody by a policy that names it by its ARN", topic({ name: "news" }), {
      with: {
        p: topicPolicy({ arn: "arn:aws:sns:eu-west-1:111122223333:news", policy: allow("*") }),
      },
    }),
    violatingCase("lets in everybody whose account is what a variable says", {
      ...topic({
        policy: allow("*", when("StringEquals", "aws:SourceAccount", "${aws:PrincipalAccount}")),
      }),
    }),
    violatingCase("lets in every role of an account by a wildcard", {
      ...topic({
        policy: allow("*", when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*")),
      }),
    }),
    violatingCase("lets in everything but one bucket", {
      ...topic({ policy: allow("*", when("StringNotEquals", "aws:SourceAccount", "111122223333")) }),
    }),
    violatingCase(
      "is the policy of a topic outside of the stack",
      topicPolicy({ arn: "arn:aws:sns:eu-west-1:111122223333:news", policy: allow("*") }),
    ),
    undecidedCase("has a policy that is not known yet", topic({ policy: unknown })),
    undecidedCase("lets in a bucket that is not known yet", {
      ...topic({ policy: allow("*", when("ArnEquals", "aws:SourceArn", unknown)) }),
    }),
  ],
};

import { customControl } from "../control";
import { textAt } from "../items";
import type { ConfigurationItem } from "../items";
import {
  judgeSharing,
  recordedSharing,
  SHARING_PARAMETERS,
  SHARING_REQUIREMENTS,
  sharingPolicy,
} from "../sharing";
import type { Sharing } from "../sharing";

const TOPIC = "aws:sns/topic:Topic";
const PLACES = { inline: "policy", type: "aws:sns/topicPolicy:TopicPolicy", link: "arn" } as const;

/**
 * Who may publish and subscribe is written in the topic's policy. The managed rule `sns-topic-no-public-access` takes any
 * fixed condition for private; this control asks whose accounts it names.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export const control = customControl({
  name: "sns-topic-shared-in-organization",
  title: "SNS topics are shared within the organisation or with trusted accounts only.",
  severity: "high",
  resourceTypes: ["AWS::SNS::Topic"],
  triggerTypes: ["ConfigurationChange"],
  parameters: SHARING_PARAMETERS,
  requirements: SHARING_REQUIREMENTS,
  sources: {
    policy: { from: "item", path: "configuration.Policy" },
    ownAccount: { from: "item", path: "awsAccountId" },
  },
  listing: [],
  judge: judgeSharing,
});

/**
 * After the deployment: the attributes of the topic, of which the policy is JSON text. Every topic has one.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
export const fromItem = (item: ConfigurationItem<"AWS::SNS::Topic">): Sharing =>
  recordedSharing(item, textAt(item, "configuration.Policy"));

export const preventivePolicy = sharingPolicy(control, TOPIC, PLACES);

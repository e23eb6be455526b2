import { customControl } from "../control";
import type { ConfigurationItem } from "../items";
import {
  judgeSharing,
  recordedSharing,
  SHARING_PARAMETERS,
  SHARING_REQUIREMENTS,
  sharingPolicy,
} from "../sharing";
import type { Sharing } from "../sharing";

const QUEUE = "aws:sqs/queue:Queue";
const PLACES = { inline: "policy", type: "aws:sqs/queuePolicy:QueuePolicy", link: "queueUrl" } as const;

/**
 * Who may send and receive is written in the queue's policy. The managed rule `sqs-queue-no-public-access` takes any fixed
 * condition for private; this control asks whose accounts it names.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html
 */
export const control = customControl({
  name: "sqs-queue-shared-in-organization",
  title: "SQS queues are shared within the organisation or with trusted accounts only.",
  severity: "high",
  resourceTypes: ["AWS::SQS::Queue"],
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
 * After the deployment: the attributes of the queue, of which the policy is JSON text. SQS leaves out what is not set.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export const fromItem = (item: ConfigurationItem<"AWS::SQS::Queue">): Sharing =>
  recordedSharing(item, item.configuration.Policy);

export const preventivePolicy = sharingPolicy(control, QUEUE, PLACES);

import type { After, CustomCase } from "../cases";
import { recordedItem, sharingCases } from "../sharing-cases";

const URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders";
const ARN = "arn:aws:sqs:eu-west-1:123456789012:orders";
const OPEN = { Statement: { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" } };
const queue = { type: "aws:sqs/queue:Queue", inputs: { name: "orders" } };
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";

const recorded = (attributes: Readonly<Record<string, unknown>>): After<undefined> => ({
  item: recordedItem("AWS::SQS::Queue", URL, {
    configuration: { QueueArn: ARN, QueueName: "orders", QueueUrl: URL, ...attributes },
  }),
  read: undefined,
});

const shared = sharingCases({
  action: "sqs:SendMessage",
  declared: (policy) => ({ resources: [queue, { type: POLICY, inputs: { queueUrl: URL, policy } }] }),
  recorded: (policy) => recorded({ Policy: policy }),
});

export const cases: readonly CustomCase[] = [
  ...shared,
  {
    title: "lets in everybody by a policy of its own",
    verdict: "NON_COMPLIANT",
    before: {
      resources: [{ type: queue.type, inputs: { name: "orders", policy: JSON.stringify(OPEN) } }],
    },
    after: { never: "AWS keeps one policy, however it was declared" },
  },
  {
    title: "has a policy, and is not of the program",
    verdict: "NON_COMPLIANT",
    before: { resources: [{ type: POLICY, inputs: { queueUrl: URL, policy: OPEN } }] },
    after: { never: "AWS records every queue" },
  },
  {
    title: "has no policy",
    verdict: "COMPLIANT",
    before: { resources: [queue] },
    after: recorded({}),
  },
];

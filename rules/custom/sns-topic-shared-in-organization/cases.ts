import type { CustomCase } from "../cases";
import { recordedItem, sharingCases } from "../sharing-cases";

const TYPE = "AWS::SNS::Topic";
const ARN = "arn:aws:sns:eu-west-1:123456789012:orders";
const topic = { type: "aws:sns/topic:Topic", inputs: { name: "orders" } };

const shared = sharingCases({
  action: "sns:Publish",
  declared: (policy) => ({
    resources: [topic, { type: "aws:sns/topicPolicy:TopicPolicy", inputs: { arn: ARN, policy } }],
  }),
  recorded: (policy) => ({
    item: recordedItem(TYPE, ARN, {
      configuration: { TopicArn: ARN, Owner: "123456789012", Policy: policy },
    }),
    read: undefined,
  }),
});

export const cases: readonly CustomCase[] = [
  ...shared,
  {
    title: "lets in everybody by a policy of its own",
    verdict: "NON_COMPLIANT",
    before: {
      resources: [
        {
          type: "aws:sns/topic:Topic",
          inputs: {
            policy: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"sns:Publish","Resource":"*"}}',
          },
        },
      ],
    },
    after: { never: "AWS keeps one policy, however it was declared" },
  },
  {
    title: "has a policy, and is not of the program",
    verdict: "NON_COMPLIANT",
    before: {
      resources: [
        {
          type: "aws:sns/topicPolicy:TopicPolicy",
          inputs: {
            arn: ARN,
            policy: {
              Statement: [{ Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" }],
            },
          },
        },
      ],
    },
    after: { never: "AWS records every topic" },
  },
  {
    title: "has no policy in the program",
    verdict: "COMPLIANT",
    before: { resources: [topic] },
    after: { never: "SNS gives every topic a policy" },
  },
];

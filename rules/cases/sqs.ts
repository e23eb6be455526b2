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

const queue = resource("aws:sqs/queue:Queue");
const queuePolicy = resource("aws:sqs/queuePolicy:QueuePolicy");
const redrive = resource("aws:sqs/redrivePolicy:RedrivePolicy");
const redriveAllow = resource("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy");

const allow = (more: object): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", ...more }],
});
const attached = (document: unknown): { p: ReturnType<typeof queuePolicy> } => ({
  p: queuePolicy({ queueUrl: ref("subject", "url"), policy: document }),
});
const ROOT = { AWS: "arn:aws:iam::123456789012:root" };

export const sqs: Cases = {
  SQS_QUEUE_DLQ_CHECK: [
    compliantCase(
      "names its dead-letter queue",
      queue({
        redrivePolicy: JSON.stringify({
          deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:dead",
          maxReceiveCount: 3,
        }),
      }),
    ),
    compliantCase("names one of the stack", queue({ redrivePolicy: unknown })),
    compliantCase("has a redrive policy of its own type", queue({}), {
      with: { r: redrive({ queueUrl: ref("subject"), redrivePolicy: unknown }) },
    }),
    violatingCase("has none", queue({ name: "orders" })),
    violatingCase("has an empty policy", queue({ redrivePolicy: "" })),
    violatingCase("sends its letters to itself by nobody", queue({ name: "orders" }), {
      with: {
        other: queue({
          name: "other",
          redrivePolicy:
            '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":3}',
        }),
      },
    }),
    notApplicableCase("is the dead-letter queue of another one", queue({}), {
      with: {
        other: queue({ redrivePolicy: { deadLetterTargetArn: ref("subject", "arn"), maxReceiveCount: 3 } }),
      },
      note: "The documentation does not speak of dead-letter queues; one of its own would have no end.",
    }),
    notApplicableCase(
      "says whose dead letters it takes",
      queue({ redriveAllowPolicy: '{"redrivePermission":"allowAll"}' }),
    ),
    notApplicableCase("says whose dead letters it takes by a resource of its own", queue({}), {
      with: {
        a: redriveAllow({
          queueUrl: ref("subject"),
          redriveAllowPolicy: JSON.stringify({
            redrivePermission: "byQueue",
            sourceQueueArns: ["arn:aws:sqs:eu-west-1:123456789012:orders"],
          }),
        }),
      },
    }),
    violatingCase(
      "takes nobody's dead letters",
      queue({ redriveAllowPolicy: '{"redrivePermission":"denyAll"}' }),
    ),
    undecidedCase("may be the target of an unknown policy", queue({ name: "orders" }), {
      with: { other: queue({ redrivePolicy: unknown }) },
    }),
  ],
  SQS_QUEUE_NO_PUBLIC_ACCESS: [
    compliantCase("has no policy", queue({})),
    compliantCase("lets one account in", queue({}), { with: attached(allow({ Principal: ROOT })) }),
    compliantCase("lets a topic in", queue({}), {
      with: attached(
        JSON.stringify(
          allow({
            Principal: "*",
            Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:orders" } },
          }),
        ),
      ),
    }),
    violatingCase("lets everybody in", queue({}), { with: attached(allow({ Principal: "*" })) }),
    violatingCase(
      "lets everybody in by an inline policy",
      queue({ policy: JSON.stringify(allow({ Principal: { AWS: "*" } })) }),
    ),
    violatingCase("lets everybody in by a policy that names it by its URL", queue({ name: "orders" }), {
      with: {
        p: queuePolicy({
          queueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
          policy: allow({ Principal: "*" }),
        }),
      },
    }),
    violatingCase(
      "is the policy of a queue elsewhere, which lets everybody in",
      queuePolicy({
        queueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/elsewhere",
        policy: allow({ Principal: "*" }),
      }),
    ),
    undecidedCase("has a policy that is not known yet", queue({}), { with: attached(unknown) }),
  ],
  SQS_QUEUE_POLICY_FULL_ACCESS_CHECK: [
    compliantCase("has no policy", queue({})),
    compliantCase("allows sending", queue({}), { with: attached(allow({ Principal: ROOT })) }),
    compliantCase("denies everything", queue({}), {
      with: attached(allow({ Effect: "Deny", Action: "sqs:*", Principal: "*" })),
    }),
    compliantCase("allows all but one action", queue({}), {
      with: attached(allow({ Action: undefined, NotAction: "sqs:DeleteQueue", Principal: ROOT })),
      note: "The documentation speaks of SQS:* within Action and not of NotAction.",
    }),
    violatingCase("allows everything", queue({}), {
      with: attached(allow({ Action: "SQS:*", Principal: ROOT })),
    }),
    violatingCase(
      "allows everything in a list",
      queue({ policy: JSON.stringify(allow({ Action: ["sqs:SendMessage", "*"], Principal: ROOT })) }),
    ),
    undecidedCase("allows an unknown action", queue({}), {
      with: attached(allow({ Action: unknown, Principal: ROOT })),
    }),
  ],
};

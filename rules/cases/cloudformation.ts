import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const stack = resource("aws:cloudformation/stack:Stack");
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:deployments";
const OTHER = "arn:aws:sns:eu-west-1:111122223333:others";
const telling = (...notificationArns: readonly unknown[]): ReturnType<typeof stack> =>
  stack({ name: "shop", notificationArns });

export const cloudformation: Cases = {
  CLOUDFORMATION_STACK_NOTIFICATION_CHECK: [
    compliantCase("tells a topic", telling(TOPIC)),
    compliantCase("tells the topic that is asked for", telling(OTHER, TOPIC), {
      parameters: { snsTopic1: TOPIC },
    }),
    compliantCase("tells a topic of the stack", telling(unknown)),
    violatingCase("tells another topic", telling(OTHER), { parameters: { snsTopic2: TOPIC } }),
    violatingCase("tells nobody", telling()),
    violatingCase("does not say", stack({ name: "shop" })),
    undecidedCase("does not know the topic yet", telling(unknown), { parameters: { snsTopic1: TOPIC } }),
    undecidedCase("does not know its topics yet", stack({ name: "shop", notificationArns: unknown })),
  ],
  CLOUDFORMATION_STACK_SERVICE_ROLE_CHECK: [
    compliantCase("has a role", stack({ iamRoleArn: "arn:aws:iam::111122223333:role/deploy" })),
    compliantCase("has a role of the program", stack({ iamRoleArn: unknown })),
    violatingCase("has none", stack({ name: "shop" })),
  ],
};

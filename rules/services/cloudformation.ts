import { all, compliant, policy, undecided, violation } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const STACK = "aws:cloudformation/stack:Stack";

/** The stack tells a topic of its events. */
function notifies(stack: Reader<ResourceArgs[typeof STACK]>, topic: string): Outcome {
  const { items, complete } = stack.texts("notificationArns");
  const reason = stack.reason("notificationArns", `add ${topic} to "notificationArns"`, topic);
  if (items.includes(topic)) return compliant();
  return complete ? violation(reason) : undecided(reason);
}

export const cloudformation: Policies = {
  CLOUDFORMATION_STACK_NOTIFICATION_CHECK: policy("CloudFormation stacks tell a topic of their events.", {
    [STACK]: (stack, { snsTopic1, snsTopic2, snsTopic3, snsTopic4, snsTopic5 }) =>
      all(
        stack.nonEmpty("notificationArns"),
        ...[snsTopic1, snsTopic2, snsTopic3, snsTopic4, snsTopic5]
          .filter((topic) => topic !== undefined)
          .map((topic) => notifies(stack, topic)),
      ),
  }),

  CLOUDFORMATION_STACK_SERVICE_ROLE_CHECK: policy("CloudFormation stacks work by a role of their own.", {
    [STACK]: (stack) => stack.present("iamRoleArn"),
  }),
};

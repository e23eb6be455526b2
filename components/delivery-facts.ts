import * as pulumi from "@pulumi/pulumi";
import type { DeliveryScope } from "./documents/delivery-scope";
import { stackTagValue } from "./documents/stack-tag";
import type { StateFacts } from "./documents/state";
import { bucketStem, nameStem, physicalName, plainStem, RULE_ROLE } from "./physical-names";
import type { StateChoice } from "./pipeline-choices";

/** Roles that parts of the program give to a service, by their logical names. */
const SERVICE_ROLES = ["notifications-chat", "recorder-role", "trail"];

/**
 * What the names in a stack of this project begin with, and what its keys are known by.
 *
 * @param further - patterns of names that the settings of the stack choose
 */
export function stackNames(
  stack: string,
  further: readonly string[] = [],
): Omit<DeliveryScope, "partition" | "account"> {
  const own = nameStem(stack);
  return {
    names: [...new Set([own, plainStem(stack)])].flatMap((stem) => [stem, `${stem}-*`]).concat(further),
    identities: [`${own}-*`, ...further],
    buckets: [`${bucketStem(stack)}-*`, ...further],
    serviceRoles: [...SERVICE_ROLES.map((role) => physicalName(role, stack)), ...further],
    ruleRoles: [`${own}-${RULE_ROLE}*`],
    stackTag: stackTagValue(pulumi.getProject(), stack),
  };
}

/** The state of a stack; `undefined` with Pulumi Cloud, where no role of AWS matters. */
export function stateFacts(state: StateChoice, stack: string, partition: string): StateFacts | undefined {
  if ("pulumiCloud" in state) return undefined;
  const { bucketName, prefix, kmsKeyArn } = state.bucket;
  return {
    bucketArn: `arn:${partition}:s3:::${bucketName}`,
    prefix,
    kmsKeyArn,
    project: pulumi.getProject(),
    stack,
  };
}

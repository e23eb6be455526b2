import { idOf } from "./control";

/** Whose code a rule runs, by its name: what the rules of this project are deployed with. */

/** The rules of AWS whose identifier is not their name in capitals; a test compares them with the catalogue. */
export const RENAMED: Readonly<Record<string, string>> = {
  "cloudtrail-enabled": "CLOUD_TRAIL_ENABLED",
  "ec2-instance-managed-by-systems-manager": "EC2_INSTANCE_MANAGED_BY_SSM",
  "ec2-instances-in-vpc": "INSTANCES_IN_VPC",
  "multi-region-cloudtrail-enabled": "MULTI_REGION_CLOUD_TRAIL_ENABLED",
  "process-check": "AWS_CONFIG_PROCESS_CHECK",
  "restricted-common-ports": "RESTRICTED_INCOMING_TRAFFIC",
  "restricted-ssh": "INCOMING_SSH_DISABLED",
};

/** The identifier of AWS's rule that has a name. */
export const managedIdentifier = (name: string): string => RENAMED[name] ?? idOf({ name });

/** The name of a function that would be too long with project, stack and control ends in a digest of all three. */
const SHORTENED = /^(?=.{64}$).*-[0-9a-f]{8}$/;

/**
 * Whether an ARN is that of the function of a control.
 * @param ruleArn - The rule's own ARN: its function is in the same account and region. Absent: anywhere.
 */
export function isFunctionOf(name: string, functionArn: string | undefined, ruleArn?: string): boolean {
  const [, place, called = ""] =
    /^arn:[^:]+:lambda:([^:]+:\d{12}):function:([\w-]+)$/.exec(functionArn ?? "") ?? [];
  const own = /^arn:[^:]+:config:([^:]+:\d{12}):/.exec(ruleArn ?? "")?.[1];
  if (place === undefined || (own !== undefined && own !== place)) return false;
  return called.endsWith(`-${name}`) || SHORTENED.test(called);
}

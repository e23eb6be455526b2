import type { Location } from "./principals";

/** An account, and the names that what is deployed there begins with. */
export interface DeliveryScope extends Pick<Location, "partition" | "account"> {
  /** Patterns of names, such as `PROJECT-STACK` and `PROJECT-STACK-*`. */
  readonly names: readonly string[];
  /** Patterns of names of roles and policies. */
  readonly identities: readonly string[];
  /** Patterns of names of buckets, which S3 allows fewer characters. */
  readonly buckets: readonly string[];
  /** Names of roles that are given to services. */
  readonly serviceRoles: readonly string[];
  /** Patterns of names of roles that are given to functions of custom rules. */
  readonly ruleRoles: readonly string[];
  /** Value of the tag that the keys of the stack have. */
  readonly stackTag: string;
}

/** Roles or policies of IAM by their names, or patterns of them. */
export function identityArns(
  { partition, account, identities }: DeliveryScope,
  type: "role" | "policy",
  names: readonly string[] = identities,
): readonly string[] {
  return names.map((name) => `arn:${partition}:iam::${account}:${type}/${name}`);
}

/** The role that AWS Config makes for itself. */
export const serviceLinkedArn = ({ partition, account }: DeliveryScope): string =>
  `arn:${partition}:iam::${account}:role/aws-service-role/config.amazonaws.com/*`;

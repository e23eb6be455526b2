import type { ResourceType } from "../catalog/generated/resource-types";
import { UNKNOWN, isUnknown, reveal, textsOf } from "../engine";
import type { Context, Items, Place, Reader, ResourceNode, Unknown } from "../engine";
import { partsOf, readerOf } from "./parts";
import type { PartType } from "./parts";

/** The effective principal: a user, a group or a role with its inline policies and its attachments of every kind. */

export type PrincipalType = "aws:iam/user:User" | "aws:iam/group:Group" | "aws:iam/role:Role";

const MANAGED_POLICY = "aws:iam/policy:Policy";

/** The resource type of inline policies, by principal. */
export const INLINE: Readonly<Record<PrincipalType, PartType>> = {
  "aws:iam/user:User": { type: "aws:iam/userPolicy:UserPolicy", path: "user" },
  "aws:iam/group:Group": { type: "aws:iam/groupPolicy:GroupPolicy", path: "group" },
  "aws:iam/role:Role": { type: "aws:iam/rolePolicy:RolePolicy", path: "role" },
};

/**
 * The resource types that list the names of the inline policies which a principal has; what is not listed is removed.
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepoliciesexclusive/
 */
export const INLINE_LIST: Readonly<Record<PrincipalType, PartType>> = {
  "aws:iam/user:User": { type: "aws:iam/userPoliciesExclusive:UserPoliciesExclusive", path: "userName" },
  "aws:iam/group:Group": { type: "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive", path: "groupName" },
  "aws:iam/role:Role": { type: "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", path: "roleName" },
};

/** The resource types that attach managed policies, by principal. */
export const ATTACHING: Readonly<Record<PrincipalType, readonly PartType[]>> = {
  "aws:iam/user:User": [
    { type: "aws:iam/userPolicyAttachment:UserPolicyAttachment", path: "user" },
    { type: "aws:iam/policyAttachment:PolicyAttachment", path: "users" },
    { type: "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", path: "userName" },
  ],
  "aws:iam/group:Group": [
    { type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment", path: "group" },
    { type: "aws:iam/policyAttachment:PolicyAttachment", path: "groups" },
    { type: "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", path: "groupName" },
  ],
  "aws:iam/role:Role": [
    { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", path: "role" },
    { type: "aws:iam/policyAttachment:PolicyAttachment", path: "roles" },
    { type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", path: "roleName" },
  ],
};

/** A managed policy that is attached. */
export interface Attachment {
  readonly place: Place;
  readonly arn: string | Unknown;
  /** The policy is a resource of the stack, so that it is none of AWS's. */
  readonly isOwn: boolean;
  /** Of such a policy, the name that the program gives it. */
  readonly name?: string;
}

/** The policies that one resource attaches: an attachment, or a role by its own list. */
export function attachedBy(node: ResourceNode, { stack }: Context): Items<Attachment> {
  const reader = readerOf(node);
  const attachments: Attachment[] = [];
  let complete = true;
  for (const property of ["policyArn", "policyArns", "managedPolicyArns"]) {
    const place = reader.place(property);
    const read = reader.at(property);
    if (read.kind === "absent") continue;
    const texts = textsOf(read.kind === "known" ? read.value : UNKNOWN);
    attachments.push(...texts.items.map((arn) => ({ place, arn, isOwn: false })));
    if (texts.complete) continue;
    const own = stack.targets(node, property, MANAGED_POLICY);
    const isOwn = own.nodes.length > 0 && !own.uncertain;
    if (!isOwn) complete = false;
    else attachments.push(...own.nodes.map((policy) => ({ place, arn: UNKNOWN, isOwn, ...named(policy) })));
  }
  return { items: attachments, complete };
}

function named({ inputs }: ResourceNode): Pick<Attachment, "name"> {
  const name = reveal(inputs["name"] ?? null);
  return typeof name === "string" ? { name } : {};
}

/** Every policy that is attached to a principal. */
export function attachmentsOf(type: PrincipalType, context: Context): Items<Attachment> {
  const { nodes, uncertain } = partsOf(context, ATTACHING[type]);
  const lists = [context.node, ...nodes].map((node) => attachedBy(node, context));
  return {
    items: lists.flatMap(({ items }) => items),
    complete: !uncertain && lists.every(({ complete }) => complete),
  };
}

const isAwsPolicy = (arn: string): boolean => /^arn:[^:]*:iam::aws:policy\//.test(arn);

/** Whether an attachment is of one of some policies. A policy of the stack is none of AWS's, and none of another name. */
export function isOneOf({ arn, isOwn, name }: Attachment, arns: readonly string[]): boolean | "unknown" {
  if (!isUnknown(arn)) return arns.includes(arn);
  const isOther = (one: string): boolean =>
    isAwsPolicy(one) || (name !== undefined && one.slice(one.lastIndexOf("/") + 1) !== name);
  return isOwn && arns.every(isOther) ? false : "unknown";
}

/** The inline policies that a role holds itself. */
export const inlineOfRole = (role: Reader<unknown>): Items<Reader<{ readonly policy?: string }>> =>
  (role as Reader<{ readonly inlinePolicies?: readonly { readonly policy?: string }[] }>).each(
    "inlinePolicies",
  );

export const PRINCIPALS: readonly PrincipalType[] = [
  "aws:iam/user:User",
  "aws:iam/group:Group",
  "aws:iam/role:Role",
];

/** A managed policy that is the permissions boundary of some role or user; not known while either may be. */
export function isBoundary({ stack, node }: Context): boolean | "unknown" {
  const types: readonly ResourceType[] = ["aws:iam/role:Role", "aws:iam/user:User"];
  const related = types.map((type) => stack.referrers(node, type, "permissionsBoundary"));
  if (related.some(({ nodes }) => nodes.length > 0)) return true;
  return related.some(({ uncertain }) => uncertain) ? "unknown" : false;
}

import {
  all,
  check,
  compliant,
  isUnknown,
  notApplicable,
  reveal,
  stackPolicy,
  undecided,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, Reader, Reason } from "../engine";
import {
  ATTACHING,
  INLINE,
  INLINE_LIST,
  PRINCIPALS,
  attachedBy,
  attachmentsOf,
  inlineOfRole,
  isOneOf,
} from "../views/iam";
import type { Attachment, PrincipalType } from "../views/iam";
import { lonePart, partsOf, readerOf, textsAt } from "../views/parts";

const USER = "aws:iam/user:User";
const GROUP = "aws:iam/group:Group";
const ROLE = "aws:iam/role:Role";

const INLINE_REASON: Reason = {
  found: "there is an inline policy",
  fix: "attach a managed policy instead",
};
const MAY_BE_INLINE: Reason = {
  ...INLINE_REASON,
  found: "it is not known yet whether there is an inline policy",
};

/** A principal has no inline policy, neither its own nor a resource. */
const hasNoInline =
  (type: PrincipalType) =>
  (principal: Reader<unknown>, _: unknown, context: Context): Outcome => {
    const { nodes, uncertain } = partsOf(context, [INLINE[type]]);
    const own = inlineOfRole(principal);
    const isInline = nodes.length > 0 || own.items.some((inline) => inline.read("policy").kind !== "absent");
    if (isInline)
      return violation({ ...INLINE_REASON, property: nodes.length > 0 ? undefined : "inlinePolicies" });
    const lists = partsOf(context, [INLINE_LIST[type]]);
    return all(
      compliant(),
      ...lists.nodes.map((list) => namesInline(readerOf(list), INLINE_REASON, MAY_BE_INLINE)),
      uncertain || lists.uncertain || !own.complete ? undecided(MAY_BE_INLINE) : compliant(),
    );
  };

/** A list of inline policies names some. */
function namesInline(list: Reader<unknown>, some: Reason, unseen: Reason): Outcome {
  const { items, complete } = textsAt(list, "policyNames");
  if (items.length > 0 || isListed(list, "policyNames", complete)) return violation(some);
  return complete ? compliant() : undecided(unseen);
}

/** Such a list of a principal that is no resource of the stack. */
const namesInlineOf =
  (type: PrincipalType, some: Reason, unseen: Reason) =>
  (list: Reader<unknown>, _: unknown, context: Context): Outcome =>
    lonePart(context, INLINE_LIST[type].path, [type], () => namesInline(list, some, unseen));

const isInline =
  (type: PrincipalType) =>
  (_: unknown, __: unknown, context: Context): Outcome =>
    lonePart(context, INLINE[type].path, [type], () => violation(INLINE_REASON));

const USER_POLICY: Reason = {
  found: "a policy belongs to the user",
  fix: "attach the policy to a group or a role",
};
const MAY_HAVE_POLICY: Reason = {
  ...USER_POLICY,
  found: "it is not known yet whether a policy belongs to the user",
};

/** A list with an item that is not known yet still names something. */
const isListed = (part: Reader<unknown>, path: string, complete: boolean): boolean =>
  !complete && part.at(path).kind === "known";

/** An attachment attaches one policy, known or not, an exclusive list as many as it names. */
function attachesPolicy(part: Reader<unknown>): Outcome {
  const arns = part.at("policyArns");
  if (arns.kind === "unknown") return undecided(MAY_HAVE_POLICY);
  const { items, complete } = textsAt(part, "policyArns");
  const isOne = part.at("policyArn").kind !== "absent";
  return check(!isOne && items.length === 0 && complete, USER_POLICY);
}

/** A user has neither inline nor attached policies. */
function userHasNoPolicy(_: unknown, __: unknown, context: Context): Outcome {
  const inline = partsOf(context, [INLINE[USER]]);
  const lists = partsOf(context, [INLINE_LIST[USER]]);
  const attaching = partsOf(context, ATTACHING[USER]);
  return all(
    compliant(),
    ...inline.nodes.map(() => violation(USER_POLICY)),
    ...lists.nodes.map((list) => namesInline(readerOf(list), USER_POLICY, MAY_HAVE_POLICY)),
    ...attaching.nodes.map((node) => attachesPolicy(readerOf(node))),
    inline.uncertain || lists.uncertain || attaching.uncertain ? undecided(MAY_HAVE_POLICY) : compliant(),
  );
}

/** An attachment or inline policy that names some user. */
const namesUser =
  (path: string) =>
  (part: Reader<unknown>, _: unknown, context: Context): Outcome =>
    lonePart(context, path, [USER], () => {
      const { items, complete } = textsAt(part, path);
      if (items.length > 0 || isListed(part, path, complete)) return violation(USER_POLICY);
      return complete ? notApplicable() : undecided(MAY_HAVE_POLICY);
    });

interface Blacklist {
  readonly policyArns: readonly string[];
  readonly exceptionList?: readonly string[] | undefined;
}

/** The names of `users:[a;b]`, `groups:[c]` or `roles:[d]` among the exceptions. */
function exceptionsOf(p: Blacklist, type: PrincipalType): readonly string[] {
  const kind = `${type.slice(type.lastIndexOf(":") + 1).toLowerCase()}s:`;
  return (p.exceptionList ?? [])
    .filter((entry) => entry.toLowerCase().startsWith(kind))
    .flatMap((entry) => entry.slice(kind.length).replace(/[[\]]/g, "").split(";"))
    .map((name) => name.trim());
}

function notBlacklisted(attachments: readonly Attachment[], p: Blacklist): Outcome {
  return all(
    ...attachments.map((attachment): Outcome => {
      const fact = isOneOf(attachment, p.policyArns);
      const shown = isUnknown(attachment.arn) ? "a policy that is not known yet" : attachment.arn;
      const reason = {
        ...attachment.place,
        found: `${shown} is attached`,
        fix: "attach a policy that allows what is needed",
        key: isUnknown(attachment.arn) ? undefined : attachment.arn,
      };
      return fact === "unknown" ? undecided(reason) : check(!fact, reason);
    }),
  );
}

/** No blacklisted policy is attached to a principal that is no exception. */
const hasNoBlacklisted =
  (type: PrincipalType) =>
  (_: Reader<unknown>, p: Blacklist, context: Context): Outcome => {
    const exceptions = exceptionsOf(p, type);
    const name = reveal(context.node.inputs["name"] ?? null);
    if (typeof name === "string" && exceptions.includes(name)) return compliant();
    const { items, complete } = attachmentsOf(type, context);
    const unseen = undecided({
      found: "it is not known yet which policies are attached",
      fix: `attach none of ${p.policyArns.join(", ")}`,
    });
    const outcome = all(compliant(), notBlacklisted(items, p), complete ? compliant() : unseen);
    return exceptions.length > 0 && isUnknown(name) && outcome.verdict === "NON_COMPLIANT"
      ? undecided(...outcome.reasons)
      : outcome;
  };

/** An attachment whose principal is no resource of the stack. */
const attachesNoBlacklisted =
  (type: PrincipalType, path: string) =>
  (part: Reader<unknown>, p: Blacklist, context: Context): Outcome =>
    lonePart(context, path, [type], () => {
      const named = textsAt(part, path);
      const exceptions = exceptionsOf(p, type);
      if (named.complete && named.items.length === 0) return notApplicable();
      if (named.complete && named.items.every((name) => exceptions.includes(name))) return compliant();
      const { items, complete } = attachedBy(context.node, context);
      const property = part.at("policyArn").kind === "absent" ? "policyArns" : "policyArn";
      const unseen = undecided(part.reason(property, `attach none of ${p.policyArns.join(", ")}`));
      return all(notBlacklisted(items, p), complete ? compliant() : unseen);
    });

/** The property of a `PolicyAttachment` that lists principals of a type. */
const pathOf = (type: PrincipalType): string =>
  ATTACHING[type].find((part) => part.type === "aws:iam/policyAttachment:PolicyAttachment")?.path ?? "";

/** Every policy that is asked for is attached to a role. */
function hasManagedPolicies(arns: readonly string[], context: Context): Outcome {
  const { items, complete } = attachmentsOf(ROLE, context);
  return all(
    ...arns.map((arn): Outcome => {
      const facts = items.map((attachment) => isOneOf(attachment, [arn]));
      const reason = {
        found: `${arn} is not attached`,
        fix: "attach it by a RolePolicyAttachment",
        key: arn,
      };
      if (facts.includes(true)) return compliant();
      return complete && !facts.includes("unknown") ? violation(reason) : undecided(reason);
    }),
  );
}

export const iamPrincipals: Policies = {
  IAM_NO_INLINE_POLICY_CHECK: stackPolicy("IAM users, groups and roles have no inline policies.", {
    [USER]: hasNoInline(USER),
    [GROUP]: hasNoInline(GROUP),
    [ROLE]: hasNoInline(ROLE),
    "aws:iam/userPolicy:UserPolicy": isInline(USER),
    "aws:iam/groupPolicy:GroupPolicy": isInline(GROUP),
    "aws:iam/rolePolicy:RolePolicy": isInline(ROLE),
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": namesInlineOf(USER, INLINE_REASON, MAY_BE_INLINE),
    "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": namesInlineOf(
      GROUP,
      INLINE_REASON,
      MAY_BE_INLINE,
    ),
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": namesInlineOf(ROLE, INLINE_REASON, MAY_BE_INLINE),
  }),

  IAM_USER_NO_POLICIES_CHECK: stackPolicy("IAM users get their permissions from groups and roles.", {
    [USER]: userHasNoPolicy,
    "aws:iam/userPolicy:UserPolicy": namesUser("user"),
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": namesInlineOf(USER, USER_POLICY, MAY_HAVE_POLICY),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": namesUser("user"),
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": (part, _, context) =>
      lonePart(context, "userName", [USER], () => attachesPolicy(part)),
    "aws:iam/policyAttachment:PolicyAttachment": namesUser("users"),
  }),

  IAM_POLICY_BLACKLISTED_CHECK: stackPolicy("No blacklisted policy is attached.", {
    [USER]: hasNoBlacklisted(USER),
    [GROUP]: hasNoBlacklisted(GROUP),
    [ROLE]: hasNoBlacklisted(ROLE),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": attachesNoBlacklisted(USER, "user"),
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": attachesNoBlacklisted(GROUP, "group"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachesNoBlacklisted(ROLE, "role"),
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": attachesNoBlacklisted(
      USER,
      "userName",
    ),
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": attachesNoBlacklisted(
      GROUP,
      "groupName",
    ),
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": attachesNoBlacklisted(
      ROLE,
      "roleName",
    ),
    "aws:iam/policyAttachment:PolicyAttachment": (part, p, context) =>
      all(...PRINCIPALS.map((type) => attachesNoBlacklisted(type, pathOf(type))(part, p, context))),
  }),

  IAM_ROLE_MANAGED_POLICY_CHECK: stackPolicy("IAM roles have the managed policies that are asked for.", {
    [ROLE]: (_, p, context) => hasManagedPolicies(p.managedPolicyArns, context),
  }),
};

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

const policy = resource("aws:iam/policy:Policy");
const user = resource("aws:iam/user:User");
const group = resource("aws:iam/group:Group");
const role = resource("aws:iam/role:Role");
const rolePolicy = resource("aws:iam/rolePolicy:RolePolicy");
const userPolicy = resource("aws:iam/userPolicy:UserPolicy");
const groupPolicy = resource("aws:iam/groupPolicy:GroupPolicy");
const attachment = resource("aws:iam/policyAttachment:PolicyAttachment");
const toUser = resource("aws:iam/userPolicyAttachment:UserPolicyAttachment");
const toGroup = resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment");
const toRole = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
const exclusive = resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive");
const exclusiveOfUser = resource("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive");
const exclusiveOfGroup = resource("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive");
const inlineOfUser = resource("aws:iam/userPoliciesExclusive:UserPoliciesExclusive");
const inlineOfGroup = resource("aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive");
const inlineOfRole = resource("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive");

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const LEGACY = "arn:aws:iam::111122223333:policy/team/legacy";
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" }],
});
const trusting = (more: object = {}): ReturnType<typeof role> => role({ assumeRolePolicy: "{}", ...more });

export const iamPrincipals: Cases = {
  IAM_NO_INLINE_POLICY_CHECK: [
    compliantCase("is a role without policies", trusting()),
    compliantCase("is a role with a managed policy", trusting({ managedPolicyArns: [READ] }), {
      with: { a: toRole({ role: ref("subject", "name"), policyArn: READ }) },
    }),
    compliantCase("is a role whose inline policies were removed", trusting({ inlinePolicies: [{}] })),
    notApplicableCase(
      "is the inline policy of a role of the stack, where the role is judged",
      rolePolicy({ role: ref("r"), policy: document }),
      { with: { r: trusting() } },
    ),
    violatingCase(
      "is a role that holds one",
      trusting({ inlinePolicies: [{ name: "p", policy: document }] }),
    ),
    violatingCase("is a role that has one", trusting(), {
      with: { p: rolePolicy({ role: ref("subject"), policy: document }) },
    }),
    violatingCase("is a role that is named by a literal", trusting({ name: "reader" }), {
      with: { p: rolePolicy({ role: "reader", policy: document }) },
    }),
    violatingCase("is a user that has one", user({ name: "alice" }), {
      with: { p: userPolicy({ user: "alice", policy: unknown }) },
    }),
    violatingCase("is a group that has one", group({}), {
      with: { p: groupPolicy({ group: ref("subject", "name"), policy: document }) },
    }),
    violatingCase(
      "is the inline policy of a role outside of the stack",
      rolePolicy({ role: "elsewhere", policy: document }),
    ),
    compliantCase("has a list that removes every inline policy", trusting({ name: "reader" }), {
      with: { l: inlineOfRole({ roleName: "reader", policyNames: [] }) },
    }),
    violatingCase("has a list that names one", trusting(), {
      with: { l: inlineOfRole({ roleName: ref("subject", "name"), policyNames: ["read"] }) },
    }),
    violatingCase("is a group with a list that names one which is not known yet", group({ name: "g" }), {
      with: { l: inlineOfGroup({ groupName: "g", policyNames: [unknown] }) },
    }),
    undecidedCase("is a user with a list that is not known yet", user({ name: "alice" }), {
      with: { l: inlineOfUser({ userName: "alice", policyNames: unknown }) },
    }),
    violatingCase(
      "is a list that names one of a role outside of the stack",
      inlineOfRole({ roleName: "elsewhere", policyNames: ["read"] }),
    ),
    compliantCase(
      "is a list that removes those of a role outside of the stack",
      inlineOfRole({ roleName: "elsewhere", policyNames: [] }),
    ),
    undecidedCase("has inline policies that are not known yet", trusting({ inlinePolicies: unknown })),
  ],
  IAM_USER_NO_POLICIES_CHECK: [
    compliantCase("has no policy", user({ name: "alice" })),
    compliantCase("is not the user that has one", user({ name: "alice" }), {
      with: { a: toUser({ user: "bob", policyArn: READ }) },
    }),
    notApplicableCase("is attached to a role", attachment({ policyArn: READ, roles: ["reader"] })),
    notApplicableCase(
      "is attached to a user of the stack, where the user is judged",
      toUser({ user: ref("u", "name"), policyArn: READ }),
      { with: { u: user({}) } },
    ),
    violatingCase("has an inline policy", user({}), {
      with: { p: userPolicy({ user: ref("subject", "name"), policy: document }) },
    }),
    violatingCase("has an attached policy", user({ name: "alice" }), {
      with: { a: toUser({ user: "alice", policyArn: READ }) },
    }),
    violatingCase("is one of the users of an attachment", user({ name: "alice" }), {
      with: { a: attachment({ policyArn: READ, users: ["bob", "alice"] }) },
    }),
    violatingCase("is one of the users of an attachment that are not known yet", user({}), {
      with: {
        other: user({}),
        p: policy({ policy: document }),
        a: attachment({
          policyArn: ref("p", "arn"),
          users: [ref("subject", "name"), ref("other", "name")],
        }),
      },
    }),
    violatingCase("has an attached policy that is not known yet", user({}), {
      with: { a: toUser({ user: ref("subject", "name"), policyArn: unknown }) },
    }),
    violatingCase("has exclusive policies that are not known yet", user({ name: "alice" }), {
      with: { a: exclusiveOfUser({ userName: "alice", policyArns: [unknown] }) },
    }),
    compliantCase("has an exclusive list without policies", user({ name: "alice" }), {
      with: { a: exclusiveOfUser({ userName: "alice", policyArns: [] }) },
    }),
    undecidedCase("has an exclusive list that is not known yet", user({ name: "alice" }), {
      with: { a: exclusiveOfUser({ userName: "alice", policyArns: unknown }) },
    }),
    compliantCase(
      "is an exclusive list without policies of a user outside of the stack",
      exclusiveOfUser({ userName: "bob", policyArns: [] }),
    ),
    violatingCase("has a list that names an inline policy", user({ name: "alice" }), {
      with: { l: inlineOfUser({ userName: "alice", policyNames: ["read"] }) },
    }),
    violatingCase(
      "is a list that names an inline policy of a user outside of the stack",
      inlineOfUser({ userName: "bob", policyNames: ["read"] }),
    ),
    violatingCase("is attached to a user outside of the stack", toUser({ user: "bob", policyArn: READ })),
    violatingCase(
      "is an inline policy of a user outside of the stack",
      userPolicy({ user: "bob", policy: document }),
    ),
    undecidedCase("may be the user that has one", user({ name: "alice" }), {
      with: { a: toUser({ user: unknown, policyArn: READ }) },
    }),
  ],
  IAM_POLICY_BLACKLISTED_CHECK: [
    compliantCase("is a role with another policy", trusting({ managedPolicyArns: [READ] })),
    compliantCase("is a role without policies", trusting()),
    compliantCase("is a role with a policy of the stack, whose ARN is not known yet", trusting(), {
      with: {
        p: policy({ policy: document }),
        a: toRole({ role: ref("subject", "name"), policyArn: ref("p", "arn") }),
      },
    }),
    compliantCase("is a role with a policy of the stack of another name", trusting(), {
      parameters: { policyArns: `${ADMIN},${LEGACY}` },
      with: {
        p: policy({ name: "reader", policy: document }),
        a: toRole({ role: ref("subject", "name"), policyArn: ref("p", "arn") }),
      },
    }),
    undecidedCase("is a role with a policy of that name, whose account is not known yet", trusting(), {
      parameters: { policyArns: LEGACY },
      with: {
        p: policy({ name: "legacy", path: "/team/", policy: document }),
        a: toRole({ role: ref("subject", "name"), policyArn: ref("p", "arn") }),
      },
    }),
    compliantCase("is an exception", trusting({ name: "admin", managedPolicyArns: [ADMIN] }), {
      parameters: { exceptionList: "users:[root],roles:[admin;breakglass]" },
      note: "AWS Config marks exceptions as compliant, whatever is attached to them.",
    }),
    compliantCase(
      "attaches it to an exception outside of the stack",
      toRole({ role: "admin", policyArn: ADMIN }),
      {
        parameters: { exceptionList: "roles:[admin]" },
      },
    ),
    violatingCase("is a role that lists it", trusting({ managedPolicyArns: [READ, ADMIN] })),
    violatingCase("is a role that has it attached", trusting(), {
      with: { a: toRole({ role: ref("subject", "name"), policyArn: ADMIN }) },
    }),
    violatingCase("is a role that has it attached exclusively", trusting({ name: "admin" }), {
      with: { a: exclusive({ roleName: "admin", policyArns: [ADMIN] }) },
    }),
    violatingCase("is a user that has it attached", user({ name: "alice" }), {
      with: { a: toUser({ user: "alice", policyArn: ADMIN }) },
    }),
    violatingCase("is a user that has it attached exclusively", user({ name: "alice" }), {
      with: { a: exclusiveOfUser({ userName: "alice", policyArns: [READ, ADMIN] }) },
    }),
    violatingCase("is a group that has it attached exclusively", group({ name: "admins" }), {
      with: { a: exclusiveOfGroup({ groupName: "admins", policyArns: [ADMIN] }) },
    }),
    violatingCase("is a group that has it attached", group({ name: "admins" }), {
      with: { a: toGroup({ group: "admins", policyArn: ADMIN }) },
    }),
    violatingCase("is one of the groups of an attachment", group({}), {
      with: { a: attachment({ policyArn: ADMIN, groups: [ref("subject", "name")] }) },
    }),
    violatingCase(
      "attaches it to a role outside of the stack",
      toRole({ role: "elsewhere", policyArn: ADMIN }),
    ),
    violatingCase(
      "attaches it to groups outside of the stack",
      attachment({ policyArn: ADMIN, groups: ["admins"] }),
    ),
    violatingCase(
      "attaches it exclusively to a role outside of the stack",
      exclusive({ roleName: "elsewhere", policyArns: [READ, ADMIN] }),
    ),
    violatingCase(
      "attaches it exclusively to a user outside of the stack",
      exclusiveOfUser({ userName: "bob", policyArns: [ADMIN] }),
    ),
    compliantCase(
      "attaches another one exclusively to a group outside of the stack",
      exclusiveOfGroup({ groupName: "readers", policyArns: [READ] }),
    ),
    violatingCase("has another policy that is listed", trusting({ managedPolicyArns: [READ] }), {
      parameters: { policyArns: `${ADMIN},${READ}` },
    }),
    undecidedCase(
      "is a role with a policy that is not known yet",
      trusting({ managedPolicyArns: [unknown] }),
    ),
    undecidedCase("is a role with policies that are not known yet", trusting({ managedPolicyArns: unknown })),
  ],
  IAM_ROLE_MANAGED_POLICY_CHECK: [
    compliantCase("lists the policy", trusting({ managedPolicyArns: [READ] }), {
      parameters: { managedPolicyArns: READ },
    }),
    compliantCase("has one policy listed and one attached", trusting({ managedPolicyArns: [READ] }), {
      parameters: { managedPolicyArns: `${READ},${ADMIN}` },
      with: { a: toRole({ role: ref("subject", "name"), policyArn: ADMIN }) },
    }),
    violatingCase("has no policy", trusting(), { parameters: { managedPolicyArns: READ } }),
    violatingCase("has a policy of the stack of another name", trusting(), {
      parameters: { managedPolicyArns: LEGACY },
      with: {
        p: policy({ name: "reader", policy: document }),
        a: toRole({ role: ref("subject", "name"), policyArn: ref("p", "arn") }),
      },
    }),
    violatingCase("lacks one of the policies", trusting({ managedPolicyArns: [READ] }), {
      parameters: { managedPolicyArns: `${READ},${ADMIN}` },
    }),
    undecidedCase("has policies that are not known yet", trusting({ managedPolicyArns: unknown }), {
      parameters: { managedPolicyArns: READ },
    }),
  ],
};

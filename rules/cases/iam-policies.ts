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
const role = resource("aws:iam/role:Role");
const rolePolicy = resource("aws:iam/rolePolicy:RolePolicy");
const userPolicy = resource("aws:iam/userPolicy:UserPolicy");
const groupPolicy = resource("aws:iam/groupPolicy:GroupPolicy");
const group = resource("aws:iam/group:Group");

const allow = (action: unknown, target: unknown = "*", more: object = {}): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: target, ...more }],
});
const allowing = (...given: Parameters<typeof allow>): ReturnType<typeof policy> =>
  policy({ policy: JSON.stringify(allow(...given)) });
const BLOCKED = { blockedActionsPatterns: "kms:Decrypt,kms:ReEncryptFrom" };
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const decrypt = allow("kms:Decrypt");
/** All of KMS is allowed, but for some actions. */
const but = (action: unknown, more: object = {}): object => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "kms:*", Resource: "*" },
    { Effect: "Deny", Action: action, Resource: "*", ...more },
  ],
});
const inlineRole = (
  document: unknown,
  trust: object = { Service: "lambda.amazonaws.com" },
): ReturnType<typeof role> =>
  role({
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: trust, Action: "sts:AssumeRole" }],
    },
    inlinePolicies: [{ name: "inline", policy: document }],
  });
const bounded = role({ assumeRolePolicy: "{}", permissionsBoundary: ref("subject", "arn") });

export const iamPolicies: Cases = {
  IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS: [
    compliantCase("allows all of one service", allowing("s3:*")),
    compliantCase("allows everything on one resource", allowing("*", "arn:aws:s3:::data")),
    compliantCase("denies everything", allowing("*", "*", { Effect: "Deny" })),
    compliantCase("allows all but one service", allowing(undefined, "*", { NotAction: "iam:*" }), {
      note: "The rule finds Action * on Resource * only; what NotAction allows is found by IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS.",
    }),
    notApplicableCase("is a permissions boundary, where those are left out", allowing("*"), {
      parameters: { excludePermissionBoundaryPolicy: "true" },
      with: { bounded },
    }),
    violatingCase("allows everything on everything", allowing("*")),
    violatingCase("allows everything on everything as an object", policy({ policy: allow(["*"], ["*"]) })),
    violatingCase("allows everything on everything by one statement that is no list", {
      ...policy({ policy: { Statement: { Effect: "Allow", Action: "*:*", Resource: "*" } } }),
    }),
    violatingCase(
      "allows everything among other actions",
      allowing(["s3:GetObject", "*"], ["arn:aws:s3:::a", "*"]),
    ),
    violatingCase("allows everything under a condition", {
      ...allowing("*", "*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
    }),
    violatingCase("is a permissions boundary", allowing("*"), { with: { bounded } }),
    violatingCase("bounds nothing, where boundaries are left out", allowing("*"), {
      parameters: { excludePermissionBoundaryPolicy: "true" },
    }),
    undecidedCase("is not known yet", policy({ policy: unknown })),
    undecidedCase(
      "allows everything on something that is not known yet",
      policy({ policy: allow("*", unknown) }),
    ),
  ],
  IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS: [
    compliantCase("allows some actions", allowing(["s3:Get*", "s3:List*"])),
    compliantCase("denies all of a service", allowing("s3:*", "*", { Effect: "Deny" })),
    notApplicableCase("is a permissions boundary, where those are left out", allowing("s3:*"), {
      parameters: { excludePermissionBoundaryPolicy: "true" },
      with: { u: user({ permissionsBoundary: ref("subject", "arn") }) },
    }),
    violatingCase("allows all of a service", allowing("s3:*")),
    violatingCase("allows all of a service in capitals", allowing("S3:*")),
    violatingCase(
      "allows all of a service on one resource",
      allowing(["ec2:Describe*", "s3:*"], "arn:aws:s3:::data"),
    ),
    violatingCase("allows everything", allowing("*")),
    violatingCase("allows all but one service", allowing(undefined, "*", { NotAction: "iam:*" })),
    undecidedCase("is not known yet", policy({ policy: unknown })),
    undecidedCase("allows an action that is not known yet", policy({ policy: allow(unknown) })),
  ],
  IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS: [
    compliantCase("allows decrypting with one key", allowing("kms:Decrypt", KEY), { parameters: BLOCKED }),
    compliantCase("allows other actions on all keys", allowing("kms:Describe*"), { parameters: BLOCKED }),
    compliantCase("denies decrypting", allowing("kms:*", "*", { Effect: "Deny" }), { parameters: BLOCKED }),
    compliantCase("allows everything on another service", allowing("*", "arn:aws:s3:::data/*"), {
      parameters: BLOCKED,
    }),
    notApplicableCase("is a permissions boundary, where those are left out", allowing("kms:*"), {
      parameters: { ...BLOCKED, excludePermissionBoundaryPolicy: "true" },
      with: { bounded },
    }),
    violatingCase("allows decrypting with all keys", allowing("kms:Decrypt"), { parameters: BLOCKED }),
    violatingCase("allows it in another case", allowing(["KMS:decrypt"]), { parameters: BLOCKED }),
    violatingCase("allows it by a pattern", allowing("kms:De*"), { parameters: BLOCKED }),
    violatingCase("allows everything", allowing("*"), { parameters: BLOCKED }),
    violatingCase(
      "allows it with all keys of an account",
      allowing("kms:*", "arn:aws:kms:*:111122223333:key/*"),
      {
        parameters: BLOCKED,
      },
    ),
    violatingCase("allows all but other actions", allowing(undefined, "*", { NotAction: "iam:*" }), {
      parameters: BLOCKED,
    }),
    violatingCase(
      "allows it under a condition, which the rule does not look at",
      {
        ...allowing("kms:Decrypt", "*", {
          Condition: { StringEquals: { "kms:ViaService": "s3.amazonaws.com" } },
        }),
      },
      { parameters: BLOCKED },
    ),
    compliantCase(
      "allows it with the keys of one Region of an account",
      allowing("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/*"),
      {
        parameters: BLOCKED,
        note: "Security Hub says of the rule (KMS.1): allow kms:Decrypt only on keys in a particular Region for your account.",
      },
    ),
    violatingCase(
      "allows it with every key of one Region",
      allowing("kms:Decrypt", "arn:aws:kms:eu-west-1:*:key/*"),
      {
        parameters: BLOCKED,
      },
    ),
    compliantCase(
      "allows all of KMS and denies what is blocked",
      policy({ policy: but(["kms:Decrypt", "kms:ReEncrypt*"]) }),
      {
        parameters: BLOCKED,
        note: "The rule asks what the policy as a whole allows; the documentation does not speak of Deny.",
      },
    ),
    violatingCase(
      "denies what is blocked in one Region only",
      policy({
        policy: but(["kms:Decrypt", "kms:ReEncrypt*"], { Resource: "arn:aws:kms:us-east-1:*:key/*" }),
      }),
      { parameters: BLOCKED },
    ),
    violatingCase("denies only a part of what is blocked", policy({ policy: but("kms:Decrypt") }), {
      parameters: BLOCKED,
    }),
    violatingCase(
      "denies what is blocked under a condition",
      policy({
        policy: but(["kms:Decrypt", "kms:ReEncrypt*"], {
          Condition: { Bool: { "aws:ViaAWSService": "false" } },
        }),
      }),
      { parameters: BLOCKED },
    ),
    undecidedCase(
      "allows it with a key that is not known yet",
      policy({ policy: allow("kms:Decrypt", unknown) }),
      {
        parameters: BLOCKED,
      },
    ),
  ],
  IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS: [
    compliantCase("has an inline policy for one key", inlineRole(JSON.stringify(allow("kms:Decrypt", KEY))), {
      parameters: BLOCKED,
    }),
    compliantCase("has no inline policy", role({ assumeRolePolicy: "{}" }), { parameters: BLOCKED }),
    notApplicableCase(
      "is the inline policy of a role of the stack, where the role is judged",
      rolePolicy({ role: ref("r"), policy: decrypt }),
      { parameters: BLOCKED, with: { r: role({ assumeRolePolicy: "{}" }) } },
    ),
    violatingCase("holds an inline policy for all keys", inlineRole(JSON.stringify(decrypt)), {
      parameters: BLOCKED,
    }),
    violatingCase("has an inline policy for all keys", role({ assumeRolePolicy: "{}" }), {
      parameters: BLOCKED,
      with: { p: rolePolicy({ role: ref("subject"), policy: JSON.stringify(decrypt) }) },
    }),
    violatingCase("is a user with one", user({ name: "alice" }), {
      parameters: BLOCKED,
      with: { p: userPolicy({ user: "alice", policy: decrypt }) },
    }),
    violatingCase("is a group with one", group({}), {
      parameters: BLOCKED,
      with: { p: groupPolicy({ group: ref("subject", "name"), policy: decrypt }) },
    }),
    violatingCase(
      "is the inline policy of a user outside of the stack",
      userPolicy({ user: "bob", policy: decrypt }),
      {
        parameters: BLOCKED,
      },
    ),
    undecidedCase(
      "trusts an account that may manage the organisation, where such roles are left out",
      inlineRole(decrypt, { AWS: "arn:aws:iam::111122223333:root" }),
      { parameters: { ...BLOCKED, excludeRoleByManagementAccount: "true" } },
    ),
    undecidedCase("has an inline policy that is not known yet", inlineRole(unknown), { parameters: BLOCKED }),
  ],
  IAM_POLICY_DESCRIPTION: [
    compliantCase("has a description", policy({ description: "Reads the data.", policy: decrypt })),
    violatingCase("has none", policy({ policy: decrypt })),
    violatingCase("has an empty one", policy({ description: "", policy: decrypt })),
  ],
};

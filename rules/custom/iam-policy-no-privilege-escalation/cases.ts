import type { CustomCase } from "../cases";
import { casesOfPlaces, permitting } from "../identity-cases";
import { UNKNOWN } from "../trust-cases";
import type { Part } from "../trust-cases";
import { METHODS } from "./methods";

const ACCOUNT = "arn:aws:iam::123456789012:";
const BOUNDARY = `${ACCOUNT}policy/boundary`;
const can = (Action: unknown, more: Part = {}): Part => ({ Action, ...more });
const no = (Action: unknown, more: Part = {}): Part => ({ Effect: "Deny", Action, ...more });
const provided = (operator: string, key: string, value: unknown): Part => ({
  Condition: { [operator]: { [key]: value } },
});

type Row = readonly [title: string, verdict: CustomCase["verdict"], ...statements: readonly Part[]];

const ROWS: readonly Row[] = [
  ["lets objects be read", "COMPLIANT", can(["s3:GetObject", "s3:List*"])],
  ["lets IAM be read", "COMPLIANT", can(["iam:Get*", "iam:List*", "iam:GenerateCredentialReport"])],
  ["lets everything", "NON_COMPLIANT", can("*")],
  ["lets everything of IAM, in other letters", "NON_COMPLIANT", can("IAM:*")],
  ["lets everything but IAM", "NON_COMPLIANT", { NotAction: ["iam:*", "organizations:*"] }],
  [
    "lets everything but what leads to more",
    "COMPLIANT",
    { NotAction: ["iam:*", "lambda:*", "glue:*", "sagemaker:*", "ssm:*"] },
  ],
  ["lets versions of policies be made by a pattern", "NON_COMPLIANT", can("iam:Create?olicyVer*")],
  [
    "lets versions of one policy be made",
    "COMPLIANT",
    can("iam:CreatePolicyVersion", { Resource: `${ACCOUNT}policy/app` }),
  ],
  [
    "lets versions of all policies of the account be made",
    "NON_COMPLIANT",
    can("iam:CreatePolicyVersion", { Resource: [`${ACCOUNT}policy/app`, `${ACCOUNT}policy/*`] }),
  ],
  [
    "lets versions of all policies but one be made",
    "NON_COMPLIANT",
    { Action: "iam:CreatePolicyVersion", NotResource: BOUNDARY },
  ],
  [
    "lets versions be made of what is no policy",
    "COMPLIANT",
    can("iam:CreatePolicyVersion", { Resource: "arn:aws:iam::*:role/*" }),
  ],
  [
    "lets users make their own access keys",
    "COMPLIANT",
    can("iam:*AccessKey*", { Resource: "arn:aws:iam::*:user/${aws:username}" }),
  ],
  [
    "lets users make the access keys of all",
    "NON_COMPLIANT",
    can("iam:*AccessKey*", { Resource: "arn:aws-cn:iam::*:user/*" }),
  ],
  ["lets roles be passed, and no machine be run", "COMPLIANT", can(["iam:PassRole", "ec2:Describe*"])],
  ["lets machines be run, and no role be passed", "COMPLIANT", can("ec2:RunInstances")],
  [
    "lets roles be passed and machines be run, in two statements",
    "NON_COMPLIANT",
    can("iam:PassRole"),
    can("ec2:Run*"),
  ],
  [
    "lets one role be passed to machines",
    "COMPLIANT",
    can("iam:PassRole", { Resource: `${ACCOUNT}role/app` }),
    can("ec2:RunInstances"),
  ],
  [
    "lets roles be passed to machines by name of the service",
    "NON_COMPLIANT",
    can("iam:PassRole", provided("StringEquals", "iam:PassedToService", "ec2.amazonaws.com")),
    can("ec2:RunInstances"),
  ],
  [
    "lets roles be passed to another service than machines",
    "COMPLIANT",
    can("iam:PassRole", provided("StringLike", "iam:PassedToService", ["rds.*", "events.amazonaws.com"])),
    can("ec2:RunInstances"),
  ],
  [
    "lets roles be passed to tasks, and tasks be run",
    "NON_COMPLIANT",
    can("iam:PassRole", provided("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")),
    can("ecs:*"),
  ],
  [
    "lets functions be made with whatever role, and not be invoked",
    "COMPLIANT",
    can(["iam:PassRole", "lambda:CreateFunction"]),
  ],
  [
    "lets stacks be made with whatever role",
    "NON_COMPLIANT",
    can("iam:PassRole"),
    can("cloudformation:CreateStack", { Resource: "arn:aws:cloudformation:*:*:stack/*/*" }),
  ],
  [
    "lets stacks of a name be made with whatever role",
    "COMPLIANT",
    can("iam:PassRole"),
    can("cloudformation:CreateStack", { Resource: "arn:aws:cloudformation:*:*:stack/app-*/*" }),
  ],
  [
    "lets the code of a function be replaced",
    "COMPLIANT",
    can("lambda:UpdateFunctionCode", { Resource: "arn:aws:lambda:eu-west-1:123456789012:function:app" }),
  ],
  [
    "lets the code of all functions of a region be replaced",
    "NON_COMPLIANT",
    can("lambda:UpdateFunctionCode", { Resource: "arn:aws:lambda:eu-west-1:123456789012:function:*" }),
  ],
  ["lets trust be changed, and no role be assumed", "COMPLIANT", can("iam:UpdateAssumeRolePolicy")],
  [
    "lets policies be attached with a second factor",
    "NON_COMPLIANT",
    can("iam:AttachUserPolicy", provided("Bool", "aws:MultiFactorAuthPresent", "true")),
  ],
  [
    "lets policies be attached to users with a boundary",
    "COMPLIANT",
    can(
      ["iam:AttachUserPolicy", "iam:PutUserPolicy"],
      provided("StringEquals", "iam:PermissionsBoundary", BOUNDARY),
    ),
  ],
  [
    "lets policies be attached to users with whatever boundary",
    "NON_COMPLIANT",
    can("iam:AttachUserPolicy", provided("ArnLike", "iam:PermissionsBoundary", "*")),
  ],
  [
    "lets policies be attached to users with a boundary, or without one",
    "NON_COMPLIANT",
    can("iam:AttachUserPolicy", provided("StringEqualsIfExists", "iam:PermissionsBoundary", BOUNDARY)),
  ],
  [
    "lets some policies be attached",
    "COMPLIANT",
    can("iam:Attach*Policy", provided("ArnLike", "iam:PolicyARN", `${ACCOUNT}policy/app-*`)),
  ],
  [
    "lets policies of AWS be attached",
    "NON_COMPLIANT",
    can("iam:Attach*Policy", provided("ArnLike", "iam:PolicyARN", "arn:aws:iam::aws:policy/*")),
  ],
  [
    "lets commands be sent to machines with a tag",
    "COMPLIANT",
    can("ssm:SendCommand", provided("StringEquals", "aws:ResourceTag/team", ["shop"])),
  ],
  [
    "lets commands be sent to machines with whatever tag",
    "NON_COMPLIANT",
    can("ssm:SendCommand", provided("StringLike", "ssm:resourceTag/team", "*")),
  ],
  [
    "lets everything of IAM, and forbids what leads to more",
    "COMPLIANT",
    can("iam:*"),
    no(["iam:Create*", "iam:Update*", "iam:Set*", "iam:Attach*", "iam:Put*", "iam:Add*"]),
  ],
  [
    "lets policies be attached, and forbids one",
    "NON_COMPLIANT",
    can("iam:AttachUserPolicy"),
    no("iam:AttachUserPolicy", { Resource: `${ACCOUNT}user/admin` }),
  ],
  [
    "lets policies be attached, and forbids all users but some",
    "COMPLIANT",
    can("iam:AttachUserPolicy"),
    { Effect: "Deny", Action: "iam:*", NotResource: `${ACCOUNT}user/app-*` },
  ],
  [
    "lets policies be attached, and forbids that without a second factor",
    "NON_COMPLIANT",
    can("iam:AttachUserPolicy"),
    no("iam:*", provided("BoolIfExists", "aws:MultiFactorAuthPresent", "false")),
  ],
  [
    "lets policies be attached, and forbids that without the boundary",
    "COMPLIANT",
    can("iam:AttachUserPolicy"),
    no("iam:Attach*", provided("StringNotEquals", "iam:PermissionsBoundary", BOUNDARY)),
  ],
  [
    "lets policies be attached, and forbids that without the boundary for some",
    "NON_COMPLIANT",
    can("iam:AttachUserPolicy"),
    no("iam:Attach*", {
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": BOUNDARY, "aws:username": "root" } },
    }),
  ],
];

const UNSEEN = { never: "AWS Config records policies as they are" } as const;

export const cases: readonly CustomCase[] = [
  ...METHODS.map(({ name, actions }): CustomCase => ({
    title: `lets its holder use ${name}`,
    verdict: "NON_COMPLIANT",
    ...permitting(can(actions.length === 1 ? actions[0] : actions)),
  })),
  ...METHODS.map(({ name, actions }): CustomCase => ({
    title: `lets its holder use ${name}, which is allowed`,
    // A method that is a part of this one is not allowed with it.
    verdict: METHODS.some(
      (other) => other.name !== name && other.actions.every((one) => actions.includes(one)),
    )
      ? "NON_COMPLIANT"
      : "COMPLIANT",
    parameters: { allowedMethods: name },
    ...permitting(can(actions)),
  })),
  ...ROWS.map(([title, verdict, ...statements]) => ({ title, verdict, ...permitting(...statements) })),
  ...casesOfPlaces(can("s3:Get*"), can("iam:PutRolePolicy")),
  {
    title: "lets actions that are not known",
    verdict: "UNDECIDED",
    before: permitting(can([UNKNOWN, "s3:GetObject"])).before,
    after: UNSEEN,
  },
  {
    title: "lets policies be attached to users that are not known",
    verdict: "UNDECIDED",
    before: permitting(can("iam:AttachUserPolicy", { Resource: UNKNOWN })).before,
    after: UNSEEN,
  },
  {
    title: "lets policies be attached with a boundary that is not known",
    verdict: "UNDECIDED",
    before: permitting(
      can("iam:AttachUserPolicy", provided("StringEquals", "iam:PermissionsBoundary", [UNKNOWN])),
    ).before,
    after: UNSEEN,
  },
];

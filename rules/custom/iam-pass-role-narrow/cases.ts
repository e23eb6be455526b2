import type { CustomCase } from "../cases";
import { casesOfPlaces, permitting } from "../identity-cases";
import { UNKNOWN } from "../trust-cases";
import type { Part } from "../trust-cases";

const ROLES = "arn:aws:iam::123456789012:role/";
const ACTION = "iam:PassRole";
const pass = (Resource: unknown, more: Part = {}): Part => ({ Action: ACTION, Resource, ...more });
const to = (value: unknown, operator = "StringEquals", key = "iam:PassedToService"): Part =>
  pass("*", { Condition: { [operator]: { [key]: value } } });

type Row = readonly [title: string, verdict: CustomCase["verdict"], ...statements: readonly Part[]];

const ROWS: readonly Row[] = [
  ["lets one role be passed", "COMPLIANT", pass(`${ROLES}app`)],
  ["lets roles of a name be passed", "COMPLIANT", pass([`${ROLES}app-*`, "arn:aws-cn:iam::*:role/site"])],
  ["lets roles of a path be passed", "COMPLIANT", pass(`${ROLES}service-role/*`)],
  ["lets roles be passed that are named like the user", "COMPLIANT", pass(`${ROLES}\${aws:username}-*`)],
  ["lets every role be passed", "NON_COMPLIANT", pass("*")],
  ["lets every role of the account be passed", "NON_COMPLIANT", pass(`${ROLES}*`)],
  ["lets every role of whatever account be passed", "NON_COMPLIANT", pass(["arn:aws:iam::*:role/*"])],
  ["lets every role in China be passed", "NON_COMPLIANT", pass("arn:aws-cn:iam::123456789012:role/*")],
  [
    "lets every role be passed by an account in a variable",
    "NON_COMPLIANT",
    pass("arn:aws:iam::${aws:PrincipalAccount}:role/*"),
  ],
  ["lets one role be passed, and every other", "NON_COMPLIANT", pass([`${ROLES}app`, "arn:*:iam::*:*"])],
  ["lets all roles but one be passed", "NON_COMPLIANT", { Action: ACTION, NotResource: `${ROLES}admin` }],
  [
    "lets everything but roles be passed",
    "COMPLIANT",
    { Action: ACTION, NotResource: ["arn:aws:iam::*:role/*"] },
  ],
  ["lets every action that begins like it", "NON_COMPLIANT", { Action: "IAM:Pass*" }],
  ["lets every action of IAM", "NON_COMPLIANT", { Action: ["s3:*", "iam:*"] }],
  ["lets everything", "NON_COMPLIANT", { Action: "*" }],
  ["lets everything but one service", "NON_COMPLIANT", { NotAction: "organizations:*" }],
  ["lets everything but IAM", "COMPLIANT", { NotAction: ["iam:*", "organizations:*"] }],
  ["lets roles be read", "COMPLIANT", { Action: ["iam:Get*", "iam:List*"] }],
  ["lets every role be passed to a service", "COMPLIANT", to("ec2.amazonaws.com")],
  [
    "lets every role be passed to services by patterns",
    "COMPLIANT",
    to(["ec2*.amazonaws.com", "lambda.amazonaws.com.cn"], "ForAnyValue:StringLike", "IAM:passedToService"),
  ],
  ["lets every role be passed to whatever service", "NON_COMPLIANT", to("*.amazonaws.com", "StringLike")],
  [
    "lets every role be passed to whatever service in China",
    "NON_COMPLIANT",
    to("*.amazonaws.com.cn", "StringLike"),
  ],
  [
    "lets every role be passed to a service, or to whatever",
    "NON_COMPLIANT",
    to(["ec2.amazonaws.com", "*"], "StringLike"),
  ],
  ["lets every role be passed to no service at all", "NON_COMPLIANT", to([])],
  [
    "lets every role be passed to all services but one",
    "NON_COMPLIANT",
    to("ec2.amazonaws.com", "StringNotEquals"),
  ],
  [
    "lets every role be passed to a service, if the request says so",
    "NON_COMPLIANT",
    to("ec2.amazonaws.com", "StringEqualsIfExists"),
  ],
  [
    "lets every role be passed for resources of a service",
    "NON_COMPLIANT",
    to("arn:aws:ec2:*:*:instance/*", "ArnLike", "iam:AssociatedResourceArn"),
  ],
  [
    "lets every role be passed with a second factor",
    "NON_COMPLIANT",
    to("true", "Bool", "aws:MultiFactorAuthPresent"),
  ],
  ["lets everything, and forbids IAM", "COMPLIANT", { Action: "*" }, { Effect: "Deny", Action: "iam:*" }],
  [
    "lets everything, and forbids all other roles to be passed",
    "COMPLIANT",
    { Action: "*" },
    { Effect: "Deny", Action: ACTION, NotResource: `${ROLES}app-*` },
  ],
  [
    "lets everything, and forbids one role to be passed",
    "NON_COMPLIANT",
    { Action: "*" },
    { Effect: "Deny", ...pass(`${ROLES}admin`) },
  ],
  [
    "lets everything, and forbids passing without a second factor",
    "NON_COMPLIANT",
    { Action: "*" },
    { ...to("false", "Bool", "aws:MultiFactorAuthPresent"), Effect: "Deny" },
  ],
  ["forbids every role to be passed", "COMPLIANT", { Effect: "Deny", ...pass("*") }],
];

const UNSEEN = { never: "AWS Config records policies as they are" } as const;

export const cases: readonly CustomCase[] = [
  ...ROWS.map(([title, verdict, ...statements]) => ({ title, verdict, ...permitting(...statements) })),
  ...casesOfPlaces(pass(`${ROLES}app-*`), pass("*")),
  {
    title: "lets roles be passed that are not known",
    verdict: "UNDECIDED",
    before: permitting(pass(UNKNOWN)).before,
    after: UNSEEN,
  },
  {
    title: "lets every role be passed to services that are not known",
    verdict: "UNDECIDED",
    before: permitting(to(UNKNOWN)).before,
    after: UNSEEN,
  },
  {
    title: "lets a role be passed, and something that is not known",
    verdict: "COMPLIANT",
    before: permitting({ ...pass(`${ROLES}app`), Action: [ACTION, UNKNOWN] }).before,
    after: UNSEEN,
  },
];

import type { After, Before, CustomCase } from "../cases";
import { recordedItem } from "../sharing-cases";
import { documentOf, OWN, UNKNOWN } from "../trust-cases";
import type { Part } from "../trust-cases";

const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const WINDOW = "kms:ScheduleKeyDeletionPendingWindowInDays";
const KEY = "aws:kms/key:Key";
const POLICY = "aws:kms/keyPolicy:KeyPolicy";

const declared = (policy: unknown): Before => ({
  resources: [{ type: KEY, inputs: policy === undefined ? {} : { policy } }],
});

/** The key as AWS Config records it, and its policy as KMS has it. */
const recorded = (policy: string | undefined, keyManager = "CUSTOMER"): After<string | undefined> => ({
  item: recordedItem("AWS::KMS::Key", ID, {
    configuration: {
      arn: `arn:aws:kms:eu-west-1:${OWN}:key/${ID}`,
      keyId: ID,
      keyManager,
      keyState: "Enabled",
    },
  }),
  read: policy,
});

const ROOT: Part = { Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: "kms:*", Resource: "*" };
const deny = (Condition?: Part, more: Part = {}): Part => ({
  Effect: "Deny",
  Principal: "*",
  Action: "kms:ScheduleKeyDeletion",
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
  ...more,
});
const window = (operator: string, value: unknown, key = WINDOW): Part => ({ [operator]: { [key]: value } });
const admin = (Action: unknown, Condition?: Part): Part => ({
  Principal: { AWS: `arn:aws:iam::${OWN}:role/keys` },
  Action,
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
});

type Verdict = CustomCase["verdict"];

const thirty = window("NumericLessThan", "30");

/** A key on which the account may do everything, with a denial under a condition. */
const DENIALS: readonly (readonly [title: string, verdict: Verdict, condition?: Part, more?: Part])[] = [
  ["denies short periods", "COMPLIANT", thirty],
  [
    "denies short periods by a number",
    "COMPLIANT",
    window("NumericLessThan", 30),
    { Principal: { AWS: ["*"] } },
  ],
  ["denies short periods with more", "COMPLIANT", thirty, { Action: ["kms:Schedule*", "kms:Delete*"] }],
  [
    "denies short periods with nearly all",
    "COMPLIANT",
    thirty,
    { Action: undefined, NotAction: "kms:List*" },
  ],
  [
    "denies short periods in lower case",
    "COMPLIANT",
    window("numericlessthan", ["30"], WINDOW.toLowerCase()),
  ],
  ["denies periods that are not of 30 days", "COMPLIANT", window("NumericNotEquals", "30")],
  ["denies periods of up to 29 days", "COMPLIANT", window("NumericLessThanEquals", "29")],
  ["denies periods of up to 28 days", "NON_COMPLIANT", window("NumericLessThanEquals", "28")],
  ["denies short periods, if they are said", "COMPLIANT", window("NumericLessThanIfExists", "30")],
  ["denies periods of less than 14 days", "NON_COMPLIANT", window("NumericLessThan", "14")],
  ["denies long periods", "NON_COMPLIANT", window("NumericGreaterThan", "29")],
  ["denies periods by what is no number", "NON_COMPLIANT", window("NumericLessThan", "thirty")],
  ["denies periods compared as text", "NON_COMPLIANT", window("StringNotEquals", "30")],
  ["denies short periods to some", "NON_COMPLIANT", thirty, { Principal: { AWS: OWN } }],
  [
    "denies short periods to all but some",
    "NON_COMPLIANT",
    thirty,
    { Principal: undefined, NotPrincipal: { AWS: OWN } },
  ],
  [
    "denies short periods on a condition",
    "NON_COMPLIANT",
    { ...thirty, StringNotEquals: { "aws:username": "root" } },
  ],
  [
    "denies short periods of another key",
    "NON_COMPLIANT",
    thirty,
    { Resource: "arn:aws:kms:eu-west-1:123456789012:key/other" },
  ],
  ["denies something else", "NON_COMPLIANT", thirty, { Action: "kms:DisableKey" }],
  ["denies all deletion", "COMPLIANT"],
];

const DELETE = "kms:ScheduleKeyDeletion";

const ALLOWANCES: readonly (readonly [title: string, verdict: Verdict, ...statements: readonly Part[]])[] = [
  ["lets the account do everything", "NON_COMPLIANT", ROOT],
  ["lets it be deleted after 30 days", "COMPLIANT", admin(DELETE, window("NumericGreaterThanEquals", "30"))],
  [
    "lets it be deleted after more than 29 days",
    "COMPLIANT",
    admin("kms:Schedule*", window("NumericGreaterThan", "29")),
  ],
  [
    "lets everything be done, and it be deleted after 30 days",
    "COMPLIANT",
    admin(["kms:*"], window("NumericGreaterThanEqualsIfExists", ["30"])),
  ],
  [
    "lets it be deleted after one of two periods",
    "NON_COMPLIANT",
    admin(DELETE, window("NumericEquals", ["7", "30"])),
  ],
  [
    "lets it be deleted after up to 30 days",
    "NON_COMPLIANT",
    admin(DELETE, window("NumericLessThanEquals", "30")),
  ],
  [
    "lets it be deleted with a second factor",
    "NON_COMPLIANT",
    admin(DELETE, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
  ],
  [
    "lets one delete it after 30 days, and another at once",
    "NON_COMPLIANT",
    admin(DELETE, window("NumericGreaterThanEquals", "30")),
    admin("kms:*"),
  ],
  ["lets nobody delete it", "COMPLIANT", admin(["kms:Encrypt", "kms:Decrypt", "kms:PutKeyPolicy"])],
  ["lets everything but deletion", "COMPLIANT", { ...admin(undefined), NotAction: DELETE }],
];

/** A policy in both worlds. */
function onKey(
  title: string,
  verdict: Verdict,
  statements: readonly Part[],
  minimumDays?: string,
): CustomCase<string | undefined> {
  const text = JSON.stringify(documentOf(...statements));
  // What JSON leaves out is no property of a program either.
  const policy: unknown = JSON.parse(text);
  const parameters = minimumDays === undefined ? {} : { minimumDays };
  return { title, verdict, parameters, before: declared(policy), after: recorded(text) };
}

const BOUND = documentOf(ROOT, deny(thirty));
const FREE = documentOf(ROOT);
const UNSEEN = { never: "KMS answers with policies as they are" } as const;
const ONE = { never: "KMS has one policy a key, however it was declared" } as const;

/** A stack with a key and a policy that is a resource of its own. */
const split = (key: Part, policy: unknown): Before => ({
  resources: [
    { type: KEY, inputs: { description: "orders", ...key } },
    { type: POLICY, inputs: { keyId: ID, policy } },
  ],
});

export const cases: readonly CustomCase<string | undefined>[] = [
  ...ALLOWANCES.map(([title, verdict, ...statements]) => onKey(title, verdict, statements)),
  ...DENIALS.map(([title, verdict, ...parts]) => onKey(title, verdict, [ROOT, deny(...parts)])),
  onKey(
    "denies periods that are as short as asked for",
    "COMPLIANT",
    [ROOT, deny(window("NumericLessThan", "14"))],
    "14",
  ),
  onKey(
    "denies periods below what is asked for",
    "NON_COMPLIANT",
    [ROOT, deny(window("NumericLessThan", "14"))],
    "21",
  ),
  {
    title: "has the policy that KMS writes",
    verdict: "NON_COMPLIANT",
    before: declared(undefined),
    after: recorded(JSON.stringify(FREE)),
  },
  {
    title: "has a policy in text",
    verdict: "COMPLIANT",
    before: declared(JSON.stringify(BOUND)),
    after: recorded(JSON.stringify(BOUND)),
  },
  {
    title: "is AWS's own",
    verdict: "NOT_APPLICABLE",
    before: { never: "no program makes it" },
    after: recorded(undefined, "AWS"),
  },
  {
    title: "was deleted meanwhile",
    verdict: "NOT_APPLICABLE",
    before: { never: "a program's key exists" },
    after: recorded(undefined),
  },
  {
    title: "has a policy that is not of the program's key",
    verdict: "NON_COMPLIANT",
    before: { resources: [{ type: POLICY, inputs: { keyId: ID, policy: FREE } }] },
    after: ONE,
  },
  {
    title: "is a replica with a good policy",
    verdict: "COMPLIANT",
    before: {
      resources: [{ type: "aws:kms/replicaKey:ReplicaKey", inputs: { primaryKeyArn: ID, policy: BOUND } }],
    },
    after: ONE,
  },
  {
    title: "has imported material and no policy",
    verdict: "NON_COMPLIANT",
    before: { resources: [{ type: "aws:kms/externalKey:ExternalKey", inputs: { description: "imported" } }] },
    after: ONE,
  },
  {
    title: "has a good policy of its own while another names a key that is not known",
    verdict: "UNDECIDED",
    before: {
      resources: [
        { type: KEY, inputs: { policy: BOUND } },
        { type: POLICY, inputs: { keyId: UNKNOWN, policy: BOUND } },
      ],
    },
    after: ONE,
  },
  {
    title: "has a policy that is none of its own, beside another key's",
    verdict: "NON_COMPLIANT",
    before: split({}, BOUND),
    after: ONE,
  },
  { title: "has a policy that is not known", verdict: "UNDECIDED", before: declared(UNKNOWN), after: UNSEEN },
  {
    title: "bounds the period by a number that is not known",
    verdict: "UNDECIDED",
    before: declared(documentOf(ROOT, deny(window("NumericLessThan", UNKNOWN)))),
    after: UNSEEN,
  },
  {
    title: "has a policy that is no policy",
    verdict: "UNDECIDED",
    before: declared("{}"),
    after: recorded("{}"),
  },
];

import {
  both,
  documentAt,
  either,
  hasEffect,
  negate,
  noDocument,
  parseDocument,
  someItem,
} from "../engine/documents";
import type { DocumentCondition, PolicyDocument, Principal, Statement, Ternary } from "../engine/documents";
import { all, compliant, undecided, violation } from "../engine/outcome";
import type { Outcome, Reason } from "../engine/outcome";
import { stackPolicy } from "../engine/policy";
import type { Check, Checks, Context, Policy } from "../engine/policy";
import type { Reader } from "../engine/reader";
import { isUnknown, reveal } from "../engine/values";
import type { Unknown } from "../engine/values";
import type { ResourceType } from "../catalog/generated/resource-types";
import { accountIn, ownAccount } from "../views/account";
import { everyPolicy } from "../views/attached-policy";
import type { PolicyPlaces } from "../views/attached-policy";
import { lonePart } from "../views/parts";
import type { CustomControl } from "./control";
import { textAt } from "./items";
import type { ConfigurationItem } from "./items";
import { judged } from "./judge";
import type { ParameterSchema, ParameterValues } from "./parameters";

/**
 * Whom the policy of a resource lets in: the own account, named accounts, one organisation, services of AWS, or others.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */

/** What every control that is about sharing answers to. */
export const SHARING_REQUIREMENTS = [
  "aws-well-architected-security:SEC03-BP07",
  "aws-well-architected-security:SEC03-BP08",
  "nist-800-53-r5:AC-3",
  "nist-csf-2.0:PR.AA-05",
];

/** The parameters of every control that is about sharing. */
export const SHARING_PARAMETERS = {
  organizationId: {
    type: "String",
    description:
      "The organisation whose accounts may be let in by a condition, e.g. on aws:PrincipalOrgID. Without it no such condition counts.",
    pattern: /o-[a-z0-9]{10,32}/,
    optional: true,
  },
  trustedAccounts: {
    type: "CSV",
    description: "The accounts that may be let in beside the resource's own.",
    pattern: /\d{12}/,
    optional: true,
  },
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof SHARING_PARAMETERS>;

/** What decides: one policy, and whose resource it is on. */
export interface Sharing {
  readonly policy: PolicyDocument;
  /** Undefined where the program does not say so; then it must be named like any other account. */
  readonly ownAccount: string | Unknown | undefined;
}

/** A control that is about sharing. */
export type SharingControl = CustomControl<Sharing, typeof SHARING_PARAMETERS>;

/** Who may be let in. */
export interface Parties extends Parameters {
  readonly own: Sharing["ownAccount"];
}

const FIX =
  'let in accounts of "trustedAccounts" only, or those of "organizationId" by a condition such as aws:PrincipalOrgID';

/** Decides about a policy. A resource without one lets in its own account only. */
export function judgeSharing({ policy, ownAccount: own }: Sharing, parameters: Parameters): Outcome {
  const reason = (found: string): Reason => ({ property: "policy", found, fix: FIX });
  switch (policy.kind) {
    case "absent":
      return compliant();
    case "unknown":
      return undecided(reason('"policy" is not known yet'));
    case "invalid":
      return noDocument({ property: "policy" });
    case "known": {
      const parties = { ...parameters, own };
      const rest = policy.statements.complete
        ? compliant()
        : undecided(reason('a statement of "policy" is not known yet'));
      return all(...policy.statements.items.map((statement) => judgeStatement(statement, parties)), rest);
    }
  }
}

/** Names and numbers are not quoted: a policy may be secret, and the place says which statement it is. */
function judgeStatement(statement: Statement, parties: Parties): Outcome {
  const strangers = strangersOf(statement, parties);
  const fact = both(
    hasEffect(statement, "Allow"),
    either(...strangers.map(({ isStranger }) => isStranger), false),
    negate(isExclusive(statement) ? false : isHeldTo(parties, statement)),
  );
  if (fact === false) return compliant();
  const property = `policy.Statement[${statement.index}]`;
  const certain = strangers.filter(({ isStranger }) => isStranger !== false).map(({ who }) => who);
  const found = `"${property}" ${fact === true ? "lets in" : "may let in"} ${[...new Set(certain)].join(" and ")}`;
  return (fact === true ? violation : undecided)({ property, found, fix: FIX });
}

/** Names whom it does not let in, which AWS supports in a denial only; no condition mends that. */
export const isExclusive = ({ notPrincipals: { items, complete } }: Statement): boolean =>
  items.length > 0 || !complete;

/** Somebody that a statement names, or may name. */
export interface Stranger {
  /** In words without names and numbers, since a policy may be secret. */
  readonly who: string;
  readonly isStranger: Ternary;
}

/** The principals of a statement, conditions aside, and whether they are strangers. */
export function strangersOf(statement: Statement, parties: Parties): readonly Stranger[] {
  const { principals } = statement;
  if (isExclusive(statement)) {
    return [{ who: "everybody but some", isStranger: true }];
  }
  const hidden: Stranger = { who: "principals that are not known yet", isStranger: "unknown" };
  return [
    ...principals.items.map((principal) => strangerOf(principal, parties)),
    ...(principals.complete ? [] : [hidden]),
  ];
}

function strangerOf({ kind, name }: Principal, parties: Parties): Stranger {
  if (kind === "Service") return { who: "a service", isStranger: false };
  if (name === "*" && (kind === "*" || kind === "AWS")) return { who: "everybody", isStranger: true };
  const account = kind === "AWS" || kind === "Federated" ? accountIn(name) : undefined;
  return account === undefined
    ? { who: "a principal whose account cannot be told", isStranger: true }
    : { who: "an account that is not trusted", isStranger: negate(isTrusted(account, parties)) };
}

/** Whether an account is one of the parties. */
export function isTrusted(account: string, { trustedAccounts = [], own }: Parties): Ternary {
  if (trustedAccounts.includes(account)) return true;
  return isUnknown(own) ? "unknown" : account === own;
}

/** Whether the conditions of a statement, all of which must hold, leave nobody but the parties. */
export const isHeldTo = (parties: Parties, { conditions }: Statement): Ternary =>
  someItem(conditions, (condition) => holdsTo(parties, condition));

/** `Not` forms and `IfExists` let others in, and `ForAllValues` holds for requests without the key. */
const POSITIVE = /^(?:foranyvalue:)?(?:string(?:equals(?:ignorecase)?|like)|arn(?:equals|like))$/i;

function holdsTo(parties: Parties, { operator, key, values }: DocumentCondition): Ternary {
  const holds = POSITIVE.test(operator) ? KEYS.get(key) : undefined;
  if (holds === undefined) return false;
  const isByParts = /arn(?:equals|like)$/i.test(operator);
  return both(
    ...values.items.map((value) => holds(value, parties, isByParts)),
    values.complete ? values.items.length > 0 : "unknown",
  );
}

/** Whether a value of a condition key is of one of the parties. */
type Holds = (value: string, parties: Parties, isByParts: boolean) => Ternary;

/** The variable stands for the organisation of the resource itself. */
const ofOrganization: Holds = (value, { organizationId }) =>
  value === organizationId || /^\$\{aws:ResourceOrgID\}$/i.test(value);

/** `ORGANISATION/ROOT/UNIT/...`, in which all behind the organisation may be left open. */
const ofPath: Holds = (value, parties, isByParts) =>
  value.includes("/") && ofOrganization(value.slice(0, value.indexOf("/")), parties, isByParts);

const ofAccount: Holds = (value, parties) =>
  /^\$\{aws:ResourceAccount\}$/i.test(value) || (/^\d{12}$/.test(value) ? isTrusted(value, parties) : false);

/**
 * The ARN operators compare part by part. In the text operators a wildcard runs over the colons, so that what stands
 * behind it may be a part of a name.
 */
const ofArn: Holds = (value, parties, isByParts) => {
  const parts = value.split(":");
  const account = parts[4] ?? "";
  if (parts[0] !== "arn" || !/^\d{12}$/.test(account)) return false;
  return isByParts || !/[*?]/.test(parts.slice(0, 4).join(":")) ? isTrusted(account, parties) : false;
};

/** Keys that say who calls, or for whom a service calls. `aws:ResourceOrgID` and the like speak of the resource. */
const KEYS: ReadonlyMap<string, Holds> = new Map([
  ["aws:principalaccount", ofAccount],
  ["aws:principalarn", ofArn],
  ["aws:principalorgid", ofOrganization],
  ["aws:principalorgpaths", ofPath],
  ["aws:sourceaccount", ofAccount],
  ["aws:sourcearn", ofArn],
  ["aws:sourceorgid", ofOrganization],
  ["aws:sourceorgpaths", ofPath],
  ["aws:sourceowner", ofAccount],
  ["kms:calleraccount", ofAccount],
  ["s3:dataaccesspointaccount", ofAccount],
  ["s3:dataaccesspointarn", ofArn],
]);

/** After the deployment: the policy as text, and the account that the item is of. */
export const recordedSharing = <T extends string>(
  item: ConfigurationItem<T>,
  text: string | undefined,
): Sharing => ({ policy: parseDocument(text), ownAccount: textAt(item, "awsAccountId") });

/**
 * Before the deployment: the policies of a resource, wherever they are written, and those whose resource is not of the
 * stack.
 */
export function sharingPolicy(
  control: SharingControl,
  owner: ResourceType,
  places: PolicyPlaces,
): Policy<Parameters> {
  const checks = { [owner]: sharedBy(control, places), [places.type]: sharedAlone(control, places, owner) };
  // Nothing but those two types is judged.
  return stackPolicy(control.title, checks as Checks<Parameters, ResourceType>);
}

const sharedBy =
  (control: SharingControl, places: PolicyPlaces): Check<unknown, Parameters> =>
  (owner, parameters, context) =>
    everyPolicy(owner, context, places, (reader, path) =>
      judgePolicy(control, reader, path, parameters, context),
    );

const sharedAlone =
  (control: SharingControl, { link, path = "policy" }: PolicyPlaces, owner: ResourceType) =>
  (part: Reader<unknown>, parameters: Parameters, context: Context): Outcome =>
    lonePart(context, link, [owner], () => judgePolicy(control, part, path, parameters, context));

function judgePolicy(
  control: SharingControl,
  reader: Reader<unknown>,
  path: string,
  parameters: Parameters,
  context: Context,
): Outcome {
  const sharing = { policy: documentAt(reader, path), ownAccount: accountOf(context) };
  const { verdict, reasons } = judged(control, sharing, parameters);
  const { holder } = reader.place(path);
  return { verdict, reasons: reasons.map((reason) => ({ ...reason, holder })) };
}

/** As the provider says, else as the resource's ARN does where it exists already. */
export function accountOf(context: Context): Sharing["ownAccount"] {
  const arn = reveal(context.node.output("arn") ?? null);
  return ownAccount(context) ?? (typeof arn === "string" ? accountIn(arn) : undefined);
}

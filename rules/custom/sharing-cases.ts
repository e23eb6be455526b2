import type { After, Before, CustomCase, OneSided } from "./cases";

/** The cases that are the same for whatever resource a policy is on. */

/** How a resource is shared in both worlds. */
export interface SharedKind<R> {
  /** An action that its policies speak of. */
  readonly action: string;
  /** The stack in which a policy, as text or as an object, is on the resource. */
  readonly declared: (policy: unknown) => Before;
  /** The item of a resource with a policy, and what is read beside it. */
  readonly recorded: (policy: string) => After<R>;
}

/** The account of the recorded resources. */
const OWN = "123456789012";
const PARTNER = "210987654321";
const STRANGER = "999999999999";
const ORGANIZATION = "o-a1b2c3d4e5";
const PARAMETERS = { organizationId: ORGANIZATION, trustedAccounts: `${PARTNER}, 345678901234` };

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Policy = Readonly<Record<string, unknown>>;

/** A statement's parts, and whether it only exists in one world. */
interface Example {
  readonly title: string;
  readonly verdict: CustomCase["verdict"];
  readonly statement: Policy | readonly Policy[];
  readonly parameters?: CustomCase["parameters"];
  readonly before?: OneSided;
  readonly after?: OneSided;
}

const everybodyIf = (Condition: unknown): Policy => ({ Principal: "*", Condition });
const accountIn = (...names: readonly string[]): Policy => ({
  Principal: { AWS: names.length === 1 ? names[0] : names },
});

const EXAMPLES: readonly Example[] = [
  {
    title: "lets in everybody",
    verdict: "NON_COMPLIANT",
    statement: { Principal: "*" },
  },
  {
    title: "lets in every AWS principal",
    verdict: "NON_COMPLIANT",
    statement: accountIn("*"),
  },
  {
    title: "lets in a trusted account by its number",
    verdict: "COMPLIANT",
    statement: accountIn(PARTNER),
  },
  {
    title: "lets in a role of a trusted account in China",
    verdict: "COMPLIANT",
    statement: accountIn(`arn:aws-cn:iam::${PARTNER}:role/reader`),
  },
  {
    title: "lets in an account that is not trusted",
    verdict: "NON_COMPLIANT",
    statement: accountIn(`arn:aws:iam::${STRANGER}:root`),
  },
  {
    title: "lets in a trusted account and one that is not",
    verdict: "NON_COMPLIANT",
    statement: accountIn(PARTNER, `arn:aws:iam::${STRANGER}:role/reader`),
  },
  {
    title: "lets in an account while none is trusted",
    verdict: "NON_COMPLIANT",
    statement: accountIn(PARTNER),
    parameters: {},
  },
  {
    title: "lets in its own account",
    verdict: "COMPLIANT",
    statement: accountIn(`arn:aws:iam::${OWN}:root`),
    before: { never: "which account it is stands in the provider" },
  },
  {
    title: "lets in a service",
    verdict: "COMPLIANT",
    statement: { Principal: { Service: ["events.amazonaws.com"] } },
  },
  {
    title: "lets in an identity provider of another account",
    verdict: "NON_COMPLIANT",
    statement: { Principal: { Federated: `arn:aws:iam::${STRANGER}:saml-provider/them` } },
  },
  {
    title: "lets in a canonical user, whose account cannot be told",
    verdict: "NON_COMPLIANT",
    statement: {
      Principal: { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
    },
  },
  {
    title: "lets in everybody but some",
    verdict: "NON_COMPLIANT",
    statement: { NotPrincipal: { AWS: `arn:aws:iam::${STRANGER}:root` } },
  },
  {
    title: "lets in its organisation but for some",
    verdict: "NON_COMPLIANT",
    statement: {
      NotPrincipal: { AWS: `arn:aws:iam::${STRANGER}:root` },
      Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
    },
  },
  {
    title: "keeps strangers out by a denial",
    verdict: "COMPLIANT",
    statement: [accountIn(PARTNER), { Effect: "Deny", Principal: "*" }],
  },
  {
    title: "lets in its organisation",
    verdict: "COMPLIANT",
    statement: everybodyIf({ StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }),
  },
  {
    title: "lets in whatever organisation it is in itself, in a list and in another case",
    verdict: "COMPLIANT",
    statement: everybodyIf({ stringequals: { "AWS:principalorgid": ["${aws:ResourceOrgID}"] } }),
  },
  {
    title: "lets in another organisation beside its own",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ StringEquals: { "aws:PrincipalOrgID": [ORGANIZATION, "o-zzzzzzzzzz"] } }),
  },
  {
    title: "lets in an organisation while none is named",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }),
    parameters: { trustedAccounts: PARTNER },
  },
  {
    title: "lets in organisations by a wildcard",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ StringLike: { "aws:PrincipalOrgID": "o-*" } }),
  },
  {
    title: "lets in a unit of its organisation",
    verdict: "COMPLIANT",
    statement: everybodyIf({
      "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": [`${ORGANIZATION}/r-ab12/ou-ab12-11111111/*`] },
    }),
  },
  {
    title: "asks for a unit in a way that holds for requests without any",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({
      "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": [`${ORGANIZATION}/r-ab12/*`] },
    }),
  },
  {
    title: "asks for its organisation only if the request has one",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ StringEqualsIfExists: { "aws:PrincipalOrgID": ORGANIZATION } }),
  },
  {
    title: "lets in all but its organisation",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ StringNotEquals: { "aws:PrincipalOrgID": ORGANIZATION } }),
  },
  {
    title: "asks for its own organisation, not for the caller's",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ StringEquals: { "aws:ResourceOrgID": ORGANIZATION } }),
  },
  {
    title: "lets in an account that is not trusted as far as it is of the organisation",
    verdict: "COMPLIANT",
    statement: {
      ...accountIn(STRANGER),
      Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
    },
  },
  {
    title: "lets in what a trusted account's resources send",
    verdict: "COMPLIANT",
    statement: everybodyIf({ ArnLike: { "aws:SourceArn": `arn:*:sns:*:${PARTNER}:*` } }),
  },
  {
    title: "lets in what a bucket sends, whoever owns it",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ ArnEquals: { "aws:SourceArn": "arn:aws:s3:::uploads" } }),
  },
  {
    title: "lets in what a bucket of a trusted account sends",
    verdict: "COMPLIANT",
    statement: everybodyIf({
      ArnEquals: { "aws:SourceArn": "arn:aws:s3:::uploads" },
      StringEquals: { "aws:SourceAccount": PARTNER },
    }),
  },
  {
    title: "lets in every name with a trusted account's number in it",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ StringLike: { "aws:SourceArn": `arn:aws:cloudwatch:*:${PARTNER}:alarm:*` } }),
  },
  {
    title: "lets in everybody of a network",
    verdict: "NON_COMPLIANT",
    statement: everybodyIf({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
  },
  {
    title: "lets in principals that are not known",
    verdict: "UNDECIDED",
    statement: accountIn(PARTNER, UNKNOWN),
    after: { never: "everything is known" },
  },
  {
    title: "lets in an organisation that is not known",
    verdict: "UNDECIDED",
    statement: everybodyIf({ StringEquals: { "aws:PrincipalOrgID": UNKNOWN } }),
    after: { never: "everything is known" },
  },
];

const documentOf = (action: string, statement: Example["statement"]): Policy => {
  const full = (parts: Policy): Policy => ({ Effect: "Allow", Action: action, Resource: "*", ...parts });
  const isOne = (parts: Example["statement"]): parts is Policy => !Array.isArray(parts);
  return { Version: "2012-10-17", Statement: isOne(statement) ? full(statement) : statement.map(full) };
};

/** The cases of a kind of resource. Programs write policies as text or as objects; here they take turns. */
export const sharingCases = <R>({ action, declared, recorded }: SharedKind<R>): readonly CustomCase<R>[] => [
  ...EXAMPLES.map(({ title, verdict, statement, parameters = PARAMETERS, before, after }, index) => {
    const document = documentOf(action, statement);
    const text = JSON.stringify(document);
    // A text that holds something unknown is unknown as a whole.
    const isObject = index % 2 === 0 || after !== undefined;
    return {
      title,
      verdict,
      parameters,
      before: before ?? declared(isObject ? document : text),
      after: after ?? recorded(text),
    };
  }),
  {
    title: "has a policy that is not known",
    verdict: "UNDECIDED",
    parameters: PARAMETERS,
    before: declared(UNKNOWN),
    after: { never: "everything is known" },
  },
  {
    title: "has a policy that is no JSON",
    verdict: "UNDECIDED",
    parameters: PARAMETERS,
    before: declared("{"),
    after: recorded("{"),
  },
];

/** A recorded resource. */
export const recordedItem = (
  resourceType: string,
  resourceId: string,
  parts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  resourceType,
  resourceId,
  resourceName: resourceId,
  configurationItemStatus: "OK",
  configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
  awsAccountId: OWN,
  awsRegion: "eu-west-1",
  ...parts,
});

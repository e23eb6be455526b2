import type { CustomCase } from "../cases";
import { declaredRole, OWN, recordedRole, trusting, trustingByText, UNKNOWN } from "../trust-cases";
import type { Part, Worlds } from "../trust-cases";

const PARTNER = "210987654321";
const STRANGER = "999999999999";
const ORGANIZATION = "o-a1b2c3d4e5";
const parameters = { organizationId: ORGANIZATION, trustedAccounts: `${PARTNER}, 345678901234` };
const given = (...statements: readonly Part[]): Worlds & Pick<CustomCase, "parameters"> => ({
  parameters,
  ...trusting(...statements),
});
const providers = {
  ...parameters,
  trustedProviders: "saml-provider/corp, token.actions.githubusercontent.com, https://app.terraform.io",
};

const to = (AWS: unknown, more: Part = {}): Part => ({
  Action: "sts:AssumeRole",
  Principal: { AWS },
  ...more,
});
const saml = (Federated: unknown): Part => ({
  Action: "sts:AssumeRoleWithSAML",
  Principal: { Federated },
});
const web = (Federated: unknown): Part => ({
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated },
});
const everybodyIf = (Condition: unknown): Part => to("*", { Condition });

export const cases: readonly CustomCase[] = [
  {
    title: "trusts a service",
    verdict: "COMPLIANT",
    ...trusting({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
  },
  {
    title: "trusts several services in China",
    verdict: "COMPLIANT",
    ...given({
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Principal: { Service: ["ec2.amazonaws.com.cn", "lambda.amazonaws.com"] },
    }),
  },
  {
    title: "trusts an account that is trusted",
    verdict: "COMPLIANT",
    ...given(to(`arn:aws:iam::${PARTNER}:root`)),
  },
  {
    title: "trusts an account by its bare number",
    verdict: "COMPLIANT",
    parameters,
    ...trustingByText(to(PARTNER)),
  },
  {
    title: "trusts a role in China",
    verdict: "COMPLIANT",
    ...given(to(`arn:aws-cn:iam::${PARTNER}:role/pipeline/deploy`)),
  },
  {
    title: "trusts a session of a role",
    verdict: "COMPLIANT",
    ...given(to([`arn:aws:sts::${PARTNER}:assumed-role/deploy/run`])),
  },
  {
    title: "trusts an account that is not trusted",
    verdict: "NON_COMPLIANT",
    ...given(to(`arn:aws:iam::${STRANGER}:root`)),
  },
  {
    title: "trusts an account that is not trusted, beside one that is",
    verdict: "NON_COMPLIANT",
    parameters,
    ...trustingByText(to([PARTNER, STRANGER])),
  },
  {
    title: "trusts an account while none is trusted",
    verdict: "NON_COMPLIANT",
    ...trusting(to(`arn:aws:iam::${PARTNER}:role/deploy`)),
  },
  {
    title: "trusts a stranger with an external id",
    verdict: "NON_COMPLIANT",
    ...given(to(STRANGER, { Condition: { StringEquals: { "sts:ExternalId": "a1b2" } } })),
  },
  {
    title: "trusts its own account",
    verdict: "COMPLIANT",
    before: { never: "the provider says which account it is, and a case has none" },
    after: trusting(to(`arn:aws:iam::${OWN}:root`)).after,
  },
  {
    title: "trusts an account by a literal while the program does not say that it is its own",
    verdict: "NON_COMPLIANT",
    before: trusting(to(`arn:aws:iam::${OWN}:root`)).before,
    after: { never: "AWS Config says which account the role is in" },
  },
  {
    title: "trusts a user that was deleted",
    verdict: "NON_COMPLIANT",
    ...given(to("AIDACKCEVSQ6C2EXAMPLE")),
  },
  { title: "trusts everybody", verdict: "NON_COMPLIANT", ...given(to("*")) },
  {
    title: "trusts everybody without a kind",
    verdict: "NON_COMPLIANT",
    parameters,
    ...trustingByText({ Action: "sts:*", Principal: "*" }),
  },
  {
    title: "trusts everybody of the organisation",
    verdict: "COMPLIANT",
    ...given(everybodyIf({ StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } })),
  },
  {
    title: "trusts everybody of a unit of the organisation, in whatever case the key is written",
    verdict: "COMPLIANT",
    ...given(
      everybodyIf({ "ForAnyValue:StringLike": { "AWS:principalorgpaths": [`${ORGANIZATION}/r-ab12/*`] } }),
    ),
  },
  {
    title: "trusts everybody of another organisation",
    verdict: "NON_COMPLIANT",
    ...given(everybodyIf({ StringEquals: { "aws:PrincipalOrgID": "o-z9y8x7w6v5" } })),
  },
  {
    title: "trusts everybody of an organisation while none is given",
    verdict: "NON_COMPLIANT",
    ...trusting(everybodyIf({ StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } })),
  },
  {
    title: "trusts everybody of the organisation, and those without one",
    verdict: "NON_COMPLIANT",
    ...given(everybodyIf({ StringEqualsIfExists: { "aws:PrincipalOrgID": ORGANIZATION } })),
  },
  {
    title: "trusts everybody but the organisation",
    verdict: "NON_COMPLIANT",
    ...given(everybodyIf({ StringNotEquals: { "aws:PrincipalOrgID": ORGANIZATION } })),
  },
  {
    title: "trusts everybody of accounts that are trusted",
    verdict: "COMPLIANT",
    ...given(everybodyIf({ StringEquals: { "aws:PrincipalAccount": [PARTNER] } })),
  },
  {
    title: "trusts everybody of an account that is not trusted",
    verdict: "NON_COMPLIANT",
    ...given(everybodyIf({ StringEquals: { "aws:PrincipalAccount": STRANGER } })),
  },
  {
    title: "trusts whoever acts for a trusted account",
    verdict: "COMPLIANT",
    ...given(everybodyIf({ StringEquals: { "aws:SourceAccount": PARTNER } })),
  },
  {
    title: "trusts roles of a trusted account by pattern",
    verdict: "COMPLIANT",
    ...given(everybodyIf({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${PARTNER}:role/ci-*` } })),
  },
  {
    title: "trusts a role of whatever account",
    verdict: "NON_COMPLIANT",
    ...given(everybodyIf({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci" } })),
  },
  {
    title: "trusts everybody but some",
    verdict: "NON_COMPLIANT",
    ...given({ Action: "sts:AssumeRole", NotPrincipal: { AWS: PARTNER } }),
  },
  {
    title: "denies everybody without a second factor, and trusts an account",
    verdict: "COMPLIANT",
    ...given(to(PARTNER), {
      Effect: "Deny",
      ...to("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
    }),
  },
  {
    title: "lets everybody tag sessions, and nobody begin one",
    verdict: "NOT_APPLICABLE",
    ...given(to("*", { Action: "sts:TagSession" })),
  },
  {
    title: "trusts everybody with all actions but one",
    verdict: "NON_COMPLIANT",
    ...given({ NotAction: "sts:TagSession", Principal: { AWS: "*" } }),
  },
  {
    title: "trusts a SAML provider that is trusted",
    verdict: "COMPLIANT",
    parameters: providers,
    ...trusting(saml(`arn:aws:iam::${PARTNER}:saml-provider/corp`)),
  },
  {
    title: "trusts a SAML provider of the same name in another account",
    verdict: "NON_COMPLIANT",
    parameters: providers,
    ...trusting(saml(`arn:aws:iam::${STRANGER}:saml-provider/corp`)),
  },
  {
    title: "trusts a SAML provider whose name ends like a trusted one",
    verdict: "NON_COMPLIANT",
    parameters: providers,
    ...trusting(saml(`arn:aws:iam::${PARTNER}:saml-provider/not-corp`)),
  },
  {
    title: "trusts issuers that are trusted by their hosts",
    verdict: "COMPLIANT",
    parameters: providers,
    ...trusting(
      web(`arn:aws:iam::${PARTNER}:oidc-provider/token.actions.githubusercontent.com`),
      web([`arn:aws-us-gov:iam::${PARTNER}:oidc-provider/app.terraform.io`]),
    ),
  },
  {
    title: "trusts an issuer whose path is named like a trusted host",
    verdict: "NON_COMPLIANT",
    parameters: providers,
    ...trusting(web(`arn:aws:iam::${PARTNER}:oidc-provider/example.org/app.terraform.io`)),
  },
  {
    title: "trusts a public provider while others are named",
    verdict: "NON_COMPLIANT",
    parameters: providers,
    ...trusting(web("accounts.google.com")),
  },
  {
    title: "trusts a public provider while none is named",
    verdict: "COMPLIANT",
    ...given(web("cognito-identity.amazonaws.com")),
  },
  {
    title: "trusts a provider of a stranger, held to the organisation",
    verdict: "NON_COMPLIANT",
    ...given({
      ...saml(`arn:aws:iam::${STRANGER}:saml-provider/corp`),
      Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
    }),
  },
  { title: "trusts every provider", verdict: "NON_COMPLIANT", ...given(web("*")) },
  {
    title: "has a trust policy that is not known",
    verdict: "UNDECIDED",
    parameters,
    before: declaredRole(UNKNOWN),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "trusts a principal that is not known, beside a service",
    verdict: "UNDECIDED",
    parameters,
    before: declaredRole({
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: UNKNOWN, Service: "a.aws" } },
      ],
    }),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "trusts a stranger, beside a principal that is not known",
    verdict: "NON_COMPLIANT",
    parameters,
    before: declaredRole({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: [UNKNOWN, STRANGER] } }],
    }),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "trusts or denies a stranger, which is not known",
    verdict: "UNDECIDED",
    parameters,
    before: declaredRole({ Statement: [{ ...to(STRANGER), Effect: UNKNOWN }] }),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "has a trust policy that is no policy",
    verdict: "UNDECIDED",
    parameters,
    before: declaredRole("{}"),
    after: recordedRole("{}"),
  },
];

import type { CustomCase } from "../cases";
import { declaredRole, OWN, recordedRole, trusting, trustingByText, UNKNOWN } from "../trust-cases";
import type { Part } from "../trust-cases";

const GITHUB = "token.actions.githubusercontent.com";
const EKS = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";

const provider = (issuer: string, partition = "aws"): string =>
  `arn:${partition}:iam::${OWN}:oidc-provider/${issuer}`;

/** A statement that lets the tokens of an issuer in, if a condition holds. */
const from = (issuer: string, Condition?: Part, more: Part = {}): Part => ({
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: provider(issuer) },
  ...(Condition === undefined ? {} : { Condition }),
  ...more,
});

/** A condition on the subject. */
const subject = (issuer: string, value: unknown, operator = "StringLike"): Part => ({
  [operator]: { [`${issuer}:sub`]: value },
});

const AUDIENCE = { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" } };

/** What a value of GitHub's subject comes to. */
const github = (
  title: string,
  verdict: CustomCase["verdict"],
  value: unknown,
  operator?: string,
): CustomCase => ({
  title,
  verdict,
  ...trusting(from(GITHUB, { ...AUDIENCE, ...subject(GITHUB, value, operator) })),
});

/** What a value of the subject of another issuer comes to. */
const other = (
  title: string,
  verdict: CustomCase["verdict"],
  issuer: string,
  value: unknown,
): CustomCase => ({
  title,
  verdict,
  ...trusting(from(issuer, subject(issuer, value))),
});

export const cases: readonly CustomCase[] = [
  github(
    "trusts one branch of a repository",
    "COMPLIANT",
    "repo:octo/shop:ref:refs/heads/main",
    "StringEquals",
  ),
  github("trusts a repository", "COMPLIANT", "repo:octo/shop:*"),
  github("trusts an organisation", "COMPLIANT", "repo:octo/*"),
  github("trusts an organisation by the claim of its name", "COMPLIANT", "repository_owner:octo"),
  github(
    "trusts several repositories",
    "COMPLIANT",
    ["repo:octo/shop:*", "repo:octo/site:*"],
    "ForAnyValue:StringLike",
  ),
  github("trusts a kind of workflow in whatever organisation", "NON_COMPLIANT", "environment:production"),
  github(
    "trusts a repository by a subject of another order",
    "COMPLIANT",
    "environment:prod:repository_id:42",
  ),
  github("trusts everybody on GitHub", "NON_COMPLIANT", "*"),
  github("trusts every repository on GitHub", "NON_COMPLIANT", "repo:*"),
  github("trusts every repository of every organisation", "NON_COMPLIANT", "repo:*/*"),
  github("trusts the main branch of every repository", "NON_COMPLIANT", "repo:*:ref:refs/heads/main"),
  github("trusts a repository of that name in whatever organisation", "NON_COMPLIANT", "repo:*/shop:*"),
  github("trusts organisations whose names begin alike", "NON_COMPLIANT", "repo:octo*"),
  github("trusts a repository, or else everybody", "NON_COMPLIANT", ["repo:octo/shop:*", "*"]),
  github("trusts everybody but a repository", "NON_COMPLIANT", "repo:octo/shop:*", "StringNotLike"),
  github(
    "trusts a repository, and tokens without a subject",
    "NON_COMPLIANT",
    "repo:octo/shop:*",
    "StringLikeIfExists",
  ),
  github(
    "trusts tokens all of whose subjects are good, even none",
    "NON_COMPLIANT",
    "repo:octo/shop:*",
    "ForAllValues:StringLike",
  ),
  github("trusts subjects of an empty list", "NON_COMPLIANT", []),
  {
    title: "trusts GitHub by the audience alone",
    verdict: "NON_COMPLIANT",
    ...trusting(from(GITHUB, AUDIENCE)),
  },
  { title: "trusts GitHub without a condition", verdict: "NON_COMPLIANT", ...trustingByText(from(GITHUB)) },
  {
    title: "trusts a repository, with the key in other letters, in China",
    verdict: "COMPLIANT",
    ...trustingByText({
      ...from(GITHUB, subject(GITHUB.toUpperCase(), "repo:octo/shop:*", "stringlike")),
      Principal: { Federated: [provider(GITHUB, "aws-cn")] },
    }),
  },
  {
    title: "asks GitHub's tokens for the subject of another issuer, which none of them has",
    verdict: "COMPLIANT",
    ...trusting(from(GITHUB, subject("gitlab.com", "project_path:octo/*"))),
  },
  {
    title: "trusts two issuers, of which one condition leaves one",
    verdict: "COMPLIANT",
    ...trusting({
      ...from(GITHUB, subject("gitlab.com", "project_path:octo/shop:ref_type:branch:ref:main")),
      Principal: { Federated: [provider(GITHUB), provider("gitlab.com")] },
    }),
  },
  {
    title: "has one statement with a subject and one without",
    verdict: "NON_COMPLIANT",
    ...trusting(from(GITHUB, subject(GITHUB, "repo:octo/shop:*")), from(EKS)),
  },
  other(
    "trusts a group on GitLab",
    "COMPLIANT",
    "gitlab.com",
    "project_path:octo/*:ref_type:branch:ref:main",
  ),
  other("trusts every project on GitLab", "NON_COMPLIANT", "gitlab.com", "project_path:*"),
  other(
    "trusts an organisation of HCP Terraform",
    "COMPLIANT",
    "app.terraform.io",
    "organization:octo:project:*:workspace:*:run_phase:*",
  ),
  other(
    "trusts every organisation of HCP Terraform",
    "NON_COMPLIANT",
    "app.terraform.io",
    "organization:*:workspace:shop:*",
  ),
  other(
    "trusts an organisation of Pulumi Cloud",
    "COMPLIANT",
    "api.pulumi.com/oidc",
    "pulumi:deploy:org:octo:project:*",
  ),
  other(
    "trusts every organisation of Pulumi Cloud",
    "NON_COMPLIANT",
    "api.pulumi.com/oidc",
    "pulumi:deploy:org:*:project:shop:*",
  ),
  other(
    "trusts a repository on Bitbucket",
    "COMPLIANT",
    "api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc",
    "{1b2c3d4e}*:*",
  ),
  other(
    "trusts a whole workspace on Bitbucket",
    "NON_COMPLIANT",
    "api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc",
    "*:*",
  ),
  other("trusts a service account of a cluster", "COMPLIANT", EKS, "system:serviceaccount:shop:orders"),
  other(
    "trusts the namespaces of a cluster that begin alike",
    "COMPLIANT",
    EKS,
    "system:serviceaccount:shop-*:orders",
  ),
  other("trusts every service account of a cluster", "NON_COMPLIANT", EKS, "system:serviceaccount:*:*"),
  {
    title: "trusts the subject under the name that EKS gives its keys in any letters",
    verdict: "COMPLIANT",
    ...trusting(from(EKS, subject(EKS.toLowerCase(), ["system:serviceaccount:shop:orders"], "StringEquals"))),
  },
  {
    title: "trusts everybody by every action",
    verdict: "NON_COMPLIANT",
    ...trusting({ Action: "sts:*", Principal: "*" }),
  },
  {
    title: "trusts a service, an account and a SAML provider",
    verdict: "NOT_APPLICABLE",
    ...trusting(
      { Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com", AWS: OWN } },
      {
        Action: "sts:AssumeRoleWithSAML",
        Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/corp` },
      },
    ),
  },
  {
    title: "trusts an identity pool of Cognito",
    verdict: "NOT_APPLICABLE",
    ...trusting({ ...from(GITHUB), Principal: { Federated: "cognito-identity.amazonaws.com" } }),
  },
  {
    title: "denies tokens of GitHub",
    verdict: "NOT_APPLICABLE",
    ...trusting(from(GITHUB, undefined, { Effect: "Deny" })),
  },
  {
    title: "trusts a provider that is not known, with a subject",
    verdict: "COMPLIANT",
    before: declaredRole({
      Statement: {
        ...from(GITHUB, subject(GITHUB, "repo:octo/shop:*")),
        Effect: "Allow",
        Principal: { Federated: UNKNOWN },
      },
    }),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "trusts a provider that is not known, without a subject",
    verdict: "UNDECIDED",
    before: declaredRole({
      Statement: { ...from(GITHUB, AUDIENCE), Effect: "Allow", Principal: { Federated: UNKNOWN } },
    }),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "trusts a subject that is not known",
    verdict: "UNDECIDED",
    before: declaredRole({ Statement: { ...from(GITHUB, subject(GITHUB, UNKNOWN)), Effect: "Allow" } }),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "has a trust policy that is not known",
    verdict: "UNDECIDED",
    before: declaredRole(UNKNOWN),
    after: { never: "AWS Config records policies as they are" },
  },
  {
    title: "has a trust policy that is no policy",
    verdict: "UNDECIDED",
    before: declaredRole("{}"),
    after: recordedRole("{}"),
  },
];

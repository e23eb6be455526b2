import { both, documentAt, negate, someItem } from "../../engine/documents";
import type { DocumentCondition, PolicyDocument, Statement, Ternary } from "../../engine/documents";
import { notApplicable } from "../../engine/outcome";
import type { Outcome } from "../../engine/outcome";
import { policy } from "../../engine/policy";
import type { NoParameters, Policy } from "../../engine/policy";
import type { Reader } from "../../engine/reader";
import type { ResourceArgs } from "../../catalog/generated/resource-types";
import { customControl } from "../control";
import type { ConfigurationItem } from "../items";
import { preventive } from "../judge";
import { allowsSome, everyTrust, recordedTrust, TRUST_PROPERTY, unlessTrue } from "../trust";

const ROLE = "aws:iam/role:Role";

/** What decides: the trust policy. */
export interface OidcTrust {
  readonly trust: PolicyDocument;
}

const FIX =
  'add a condition on the "sub" of the issuer that names who may assume the role, e.g. StringLike on "token.actions.githubusercontent.com:sub" with "repo:ORGANISATION/REPOSITORY:*"';

/**
 * Whoever gets a token from a shared issuer, such as that of GitHub Actions, can assume a role that trusts it without
 * asking for the token's subject.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export const control = customControl({
  name: "iam-oidc-trust-subject",
  title: "IAM roles that trust an OpenID Connect provider name the subjects of its tokens.",
  severity: "critical",
  resourceTypes: ["AWS::IAM::Role"],
  triggerTypes: ["ConfigurationChange"],
  parameters: {},
  requirements: ["aws-well-architected-security:SEC03-BP02", "nist-800-53-r5:AC-3", "nist-csf-2.0:PR.AA-05"],
  sources: { trust: { from: "item", path: "configuration.assumeRolePolicyDocument" } },
  listing: [],
  judge: ({ trust }: OidcTrust) => everyTrust(trust, FIX, judgeStatement),
});

/** Providers that IAM knows by the host only (Cognito, Google, ...) have roles of another make, and no ARN. */
function issuerIn(name: string): string | undefined {
  return /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/i.exec(name)?.[1]?.toLowerCase();
}

function judgeStatement(statement: Statement, property: string): Outcome {
  const { principals, notPrincipals } = statement;
  const federated = principals.items.filter(({ kind }) => kind === "Federated" || kind === "*");
  const issuers = federated.flatMap(({ name }) => (name === "*" ? [name] : (issuerIn(name) ?? [])));
  // An allowance for all but some does not leave providers out.
  const isForOthers = notPrincipals.items.length > 0 || !notPrincipals.complete;
  const concerned = both(
    allowsSome(statement, "sts:AssumeRoleWithWebIdentity"),
    issuers.length > 0 || isForOthers || (principals.complete ? false : "unknown"),
  );
  if (concerned === false) return notApplicable();
  return unlessTrue(both(concerned, negate(namesSubject(statement))), {
    property,
    found: `"${property}" lets an OpenID Connect provider decide alone who assumes the role`,
    fix: FIX,
  });
}

/**
 * Whether some condition holds tokens to subjects. Conditions are joined by "and", and the key of one issuer is not in
 * the tokens of another, so that one condition does for all providers of the statement.
 */
const namesSubject = ({ conditions }: Statement): Ternary => someItem(conditions, holdsToSubject);

/** `Not` forms and `IfExists` let others in, and `ForAllValues` holds for tokens without a subject. */
const POSITIVE = /^(?:foranyvalue:)?string(?:equals(?:ignorecase)?|like)$/i;

function holdsToSubject({ operator, key, values }: DocumentCondition): Ternary {
  const issuer = /^(.+):sub$/.exec(key)?.[1];
  if (issuer === undefined || !POSITIVE.test(operator)) return false;
  return both(
    ...values.items.map((value) => isSubject(issuer, value)),
    values.complete ? values.items.length > 0 : "unknown",
  );
}

/**
 * Issuers that give tokens to everybody who signs up, and how a subject names an owner there. The name must be whole:
 * everybody can take a name that begins alike, and on GitHub an organisation may leave its name out of its subjects.
 * @see https://docs.github.com/en/actions/reference/security/oidc
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
 * @see https://www.pulumi.com/docs/pulumi-cloud/access-management/oidc/provider/aws/
 * @see https://buildkite.com/docs/pipelines/security/oidc/aws
 */
const OWNERS: ReadonlyMap<string, RegExp> = new Map([
  [
    "token.actions.githubusercontent.com",
    /^(?:[^*?]*:)?(?:repo|repository|repository_id|repository_owner|repository_owner_id|enterprise|enterprise_id):[^*?/:]+(?:[/:]|$)/i,
  ],
  ["gitlab.com", /^project_path:[^*?/:]+(?:[/:]|$)/i],
  ["app.terraform.io", /^organization:[^*?:]+(?::|$)/i],
  ["api.pulumi.com/oidc", /^pulumi:[a-z]+:(?:org|pulumi\.organization\.login):[^*?:]+(?::|$)/i],
  ["agent.buildkite.com", /^organization:[^*?:]+(?::|$)/i],
]);

/** The claims at the beginning that say nothing by themselves, e.g. `system:serviceaccount:`. */
const LABELS = /^(?:[a-z_]+:)+/i;

/** Whether a value of a condition says whose tokens are meant. Of an own issuer, everything but a wildcard does. */
function isSubject(issuer: string, value: string): boolean {
  const owner = OWNERS.get(issuer);
  return owner === undefined ? /[^*?:/\s]/.test(value.replace(LABELS, "")) : owner.test(value);
}

/** Before the deployment: the trust policy of the role. */
export const fromInputs = (role: Reader<ResourceArgs[typeof ROLE]>): OidcTrust => ({
  trust: documentAt(role, TRUST_PROPERTY),
});

/** After the deployment: it stands in the role's item. */
export const fromItem = (item: ConfigurationItem<"AWS::IAM::Role">): OidcTrust => ({
  trust: recordedTrust(item),
});

export const preventivePolicy: Policy<NoParameters> = policy(control.title, {
  [ROLE]: preventive(control, fromInputs),
});

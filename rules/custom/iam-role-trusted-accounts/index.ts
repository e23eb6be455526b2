import { both, documentAt, negate } from "../../engine/documents";
import type { PolicyDocument, Principal, Statement, Ternary } from "../../engine/documents";
import { all, notApplicable } from "../../engine/outcome";
import type { Outcome } from "../../engine/outcome";
import { policy } from "../../engine/policy";
import type { Policy } from "../../engine/policy";
import type { Reader } from "../../engine/reader";
import { isUnknown } from "../../engine/values";
import type { ResourceArgs } from "../../catalog/generated/resource-types";
import { accountIn } from "../../views/account";
import { customControl } from "../control";
import { textAt } from "../items";
import type { ConfigurationItem } from "../items";
import { preventive } from "../judge";
import type { ParameterSchema, ParameterValues } from "../parameters";
import { accountOf, isExclusive, isHeldTo, isTrusted, SHARING_PARAMETERS, strangersOf } from "../sharing";
import type { Parties, Sharing, Stranger } from "../sharing";
import { allowsSome, everyTrust, recordedTrust, TRUST_PROPERTY, unlessTrue } from "../trust";

const ROLE = "aws:iam/role:Role";

const PARAMETERS = {
  ...SHARING_PARAMETERS,
  trustedProviders: {
    type: "CSV",
    description:
      "The identity providers that roles may trust: ARNs, names of SAML providers, and hosts of issuers. Without it every provider of a trusted account may be trusted, and every public one that AWS knows by its host.",
    optional: true,
  },
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof PARAMETERS>;

/** What decides: the trust policy, and whose role it is. */
export interface RoleTrust {
  readonly trust: PolicyDocument;
  /**
   * The role's account, where the trust policy speaks of it. Undefined also where a program does not say which account
   * it deploys to; then it must be named like any other account.
   */
  readonly ownAccount: Sharing["ownAccount"];
}

const FIX =
  'trust accounts of "trustedAccounts" and providers of "trustedProviders" only, or those of "organizationId" by a condition on aws:PrincipalOrgID';

/**
 * Who can assume a role has all its permissions. IAM Access Analyzer finds trust in strangers after the fact; no managed
 * rule asks whose accounts a trust policy names.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const control = customControl({
  name: "iam-role-trusted-accounts",
  title: "IAM roles can be assumed by known accounts and identity providers only.",
  severity: "high",
  resourceTypes: ["AWS::IAM::Role"],
  triggerTypes: ["ConfigurationChange"],
  parameters: PARAMETERS,
  requirements: ["aws-well-architected-security:SEC03-BP07", "nist-800-53-r5:AC-3", "nist-csf-2.0:PR.AA-05"],
  sources: {
    trust: { from: "item", path: "configuration.assumeRolePolicyDocument" },
    ownAccount: { from: "item", path: "awsAccountId" },
  },
  listing: [],
  judge: ({ trust, ownAccount: own }: RoleTrust, parameters) =>
    everyTrust(trust, FIX, (statement, property) =>
      judgeStatement(statement, property, { ...parameters, own }),
    ),
});

function judgeStatement(
  statement: Statement,
  property: string,
  parties: Parties & Pick<Parameters, "trustedProviders">,
): Outcome {
  const assumes = allowsSome(statement, "sts:AssumeRole*");
  if (assumes === false) return notApplicable();
  const { items, complete } = statement.principals;
  const others = {
    ...statement,
    principals: { items: items.filter((one) => !isProvider(one)), complete: true },
  };
  const isHeld = isExclusive(statement) ? false : isHeldTo(parties, statement);
  const strangers: readonly Stranger[] = [
    ...strangersOf(others, parties).map(({ who, isStranger }) => ({
      who,
      isStranger: both(isStranger, negate(isHeld)),
    })),
    // Nobody has an organisation or an account before a token is exchanged, so that no condition on those counts.
    ...items.filter(isProvider).map((provider) => ({
      who: "an identity provider that is not trusted",
      isStranger: negate(isTrustedProvider(provider, parties)),
    })),
    // What is not known yet may be a provider.
    ...(complete ? [] : [{ who: "principals that are not known yet", isStranger: "unknown" as const }]),
  ];
  return all(
    ...strangers.map(({ who, isStranger }) =>
      unlessTrue(both(assumes, isStranger), {
        property,
        found: `"${property}" lets ${who} assume the role`,
        fix: FIX,
      }),
    ),
  );
}

const isProvider = ({ kind }: Principal): boolean => kind === "Federated";

function isTrustedProvider(
  { name }: Principal,
  parties: Parties & Pick<Parameters, "trustedProviders">,
): Ternary {
  const { trustedProviders } = parties;
  if (name === "*") return false;
  const account = accountIn(name);
  return both(
    account === undefined ? true : isTrusted(account, parties),
    trustedProviders === undefined ? true : trustedProviders.some((given) => isSpelling(given, name)),
  );
}

/** Whether a text means a provider: by its ARN, by its name or URL with or without the type, or by its host. */
function isSpelling(given: string, name: string): boolean {
  const wanted = given.toLowerCase().replace(/^https:\/\//, "");
  const whole = name.toLowerCase();
  const resource = whole.slice(whole.lastIndexOf(":") + 1);
  const issuer = resource.slice(resource.indexOf("/") + 1);
  const host = /^oidc-provider\/([^/]+)/.exec(resource)?.[1];
  return [whole, resource, ...(resource === whole ? [] : [issuer]), host].includes(wanted);
}

/** The account where the trust policy speaks of it: elsewhere it decides nothing. */
const whereNamed = (trust: PolicyDocument, own: RoleTrust["ownAccount"]): RoleTrust["ownAccount"] =>
  own === undefined || isUnknown(own) || JSON.stringify(trust).includes(own) ? own : undefined;

/** Before the deployment: the trust policy of the role, and the account that the program deploys to if it says so. */
export function fromInputs(
  role: Reader<ResourceArgs[typeof ROLE]>,
  own?: RoleTrust["ownAccount"],
): RoleTrust {
  const trust = documentAt(role, TRUST_PROPERTY);
  return { trust, ownAccount: whereNamed(trust, own) };
}

/** After the deployment: both stand in the role's item. */
export function fromItem(item: ConfigurationItem<"AWS::IAM::Role">): RoleTrust {
  const trust = recordedTrust(item);
  return { trust, ownAccount: whereNamed(trust, textAt(item, "awsAccountId")) };
}

export const preventivePolicy: Policy<Parameters> = policy(control.title, {
  [ROLE]: (role, parameters: Parameters, context) =>
    preventive(control, (reader: typeof role) => fromInputs(reader, accountOf(context)))(
      role,
      parameters,
      context,
    ),
});

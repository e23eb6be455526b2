import { documentAt, noDocument } from "../engine/documents";
import type { PolicyDocument, Statement } from "../engine/documents";
import { all, notApplicable, undecided } from "../engine/outcome";
import type { Outcome, Reason } from "../engine/outcome";
import { policy } from "../engine/policy";
import type { Check, Policy } from "../engine/policy";
import type { Items, Reader } from "../engine/reader";
import { inlineOfRole } from "../views/iam";
import type { CustomControl, Source } from "./control";
import type { ConfigurationItem, IdentityConfiguration, InlinePolicy } from "./items";
import { preventive } from "./judge";
import type { ParameterSchema, ParameterValues } from "./parameters";
import { recordedDocument } from "./policy-text";

/** The permissions of identities: managed policies, and inline policies of roles, users and groups. */

const MANAGED = "aws:iam/policy:Policy";
const ROLE = "aws:iam/role:Role";

/** What AWS Config records with policies in it. Policies that AWS manages are not recorded. */
export const IDENTITY_TYPES = [
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::IAM::User",
  "AWS::IAM::Group",
] as const;

export type IdentityItem = ConfigurationItem<(typeof IDENTITY_TYPES)[number]>;

/** A policy of an identity. */
export interface IdentityPolicy {
  /** Of an inline policy, where it is known. */
  readonly name?: string;
  readonly document: PolicyDocument;
}

/** What decides: every policy that a resource holds itself. */
export interface IdentityPolicies {
  readonly policies: Items<IdentityPolicy>;
}

/** Policies stand in `policyVersionList` of a policy, and in `rolePolicyList`, `userPolicyList` and `groupPolicyList`. */
export const IDENTITY_SOURCES: { readonly policies: Source } = {
  policies: { from: "item", path: "configuration" },
};

/** Judges the statements of every policy; they are joined to one policy with all its denials. */
export function everyPolicyOf(
  { policies: { items, complete } }: IdentityPolicies,
  fix: string,
  judge: (statements: Items<Statement>, reason: (found: string, at?: number) => Reason) => Outcome,
): Outcome {
  const unseen = undecided({ found: "it is not known yet which inline policies there are", fix });
  return all(
    ...items.map(({ name, document }): Outcome => {
      const property = "policy";
      const reason = (found: string, at?: number): Reason => ({
        property: at === undefined ? property : `${property}.Statement[${at}]`,
        found: name === undefined ? found : `in the inline policy "${name}", ${found}`,
        fix,
        ...(name === undefined ? {} : { key: name }),
      });
      switch (document.kind) {
        case "absent":
          return notApplicable();
        case "unknown":
          return undecided(reason(`"${property}" is not known yet`));
        case "invalid":
          return noDocument(
            { property, key: name },
            name === undefined ? `"${property}"` : `in the inline policy "${name}", "${property}"`,
          );
        case "known":
          return judge(document.statements, reason);
      }
    }),
    complete ? notApplicable() : unseen,
  );
}

function policyIn(reader: Reader<unknown>): IdentityPolicy {
  const document = documentAt(reader, "policy");
  const name = reader.token === MANAGED ? undefined : reader.at("name");
  return name?.kind === "known" && typeof name.value === "string"
    ? { name: name.value, document }
    : { document };
}

const alone = (reader: Reader<unknown>): IdentityPolicies => ({
  policies: { items: [policyIn(reader)], complete: true },
});

/** Before the deployment: an inline policy may be a resource of its own, and is then judged by itself. */
export function declaredPolicies(reader: Reader<unknown>): IdentityPolicies {
  if (reader.token !== ROLE) return alone(reader);
  const { items, complete } = inlineOfRole(reader);
  return { policies: { items: items.map(policyIn), complete } };
}

/**
 * After the deployment: the default version of a policy, or the inline policies of an identity.
 * @throws ControlFailure when the item has a policy without its text.
 */
export function recordedPolicies({ resourceType, configuration }: IdentityItem): IdentityPolicies {
  const {
    policyVersionList: versions,
    rolePolicyList,
    userPolicyList,
    groupPolicyList,
  }: IdentityConfiguration = configuration;
  if (resourceType === "AWS::IAM::Policy") {
    const current = versions?.find(({ isDefaultVersion }) => isDefaultVersion === true);
    const path = "configuration.policyVersionList.document";
    const document = recordedDocument(current?.document, resourceType, path);
    return { policies: { items: [{ document }], complete: true } };
  }
  const lists = { rolePolicyList, userPolicyList, groupPolicyList };
  const items = Object.entries(lists).flatMap(([list, inline = []]) =>
    inline.map(({ policyName: name, policyDocument }: InlinePolicy): IdentityPolicy => {
      const path = `configuration.${list}.policyDocument`;
      const document = recordedDocument(policyDocument, resourceType, path);
      return name === undefined ? { document } : { name, document };
    }),
  );
  return { policies: { items, complete: true } };
}

/** The policy of a control about the permissions of identities. */
export function identityPolicy<S extends ParameterSchema>(
  control: CustomControl<IdentityPolicies, S>,
): Policy<ParameterValues<S>> {
  type P = ParameterValues<S>;
  const single: Check<unknown, P> = preventive<unknown, IdentityPolicies, S>(control, alone);
  return policy<P, PolicyHolder>(control.title, {
    [MANAGED]: single,
    "aws:iam/rolePolicy:RolePolicy": single,
    "aws:iam/userPolicy:UserPolicy": single,
    "aws:iam/groupPolicy:GroupPolicy": single,
    [ROLE]: (role, parameters: P, context) => {
      const { items, complete } = inlineOfRole(role);
      const hidden = undecided(role.reason("inlinePolicies", 'make "inlinePolicies" known'));
      const outcomes = items.map((inline) => {
        const { verdict, reasons } = single(inline, parameters, context);
        const place = inline.name("policy");
        return {
          verdict,
          reasons: reasons.map((reason) => ({
            ...reason,
            property: reason.property?.replace(/^policy/, () => place),
          })),
        };
      });
      return all(...outcomes, complete ? notApplicable() : hidden);
    },
  });
}

type PolicyHolder =
  | typeof MANAGED
  | typeof ROLE
  | "aws:iam/rolePolicy:RolePolicy"
  | "aws:iam/userPolicy:UserPolicy"
  | "aws:iam/groupPolicy:GroupPolicy";

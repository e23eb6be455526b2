import { both, coversAction, everyItem, hasEffect, negate, someItem } from "../../engine/documents";
import type { DocumentCondition, Statement, Ternary } from "../../engine/documents";
import { compliant, undecided, violation } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import type { Policy } from "../../engine/policy";
import type { Items } from "../../engine/reader";
import { matchesWildcard } from "../../engine/wildcard";
import { customControl } from "../control";
import {
  declaredPolicies,
  everyPolicyOf,
  IDENTITY_SOURCES,
  IDENTITY_TYPES,
  identityPolicy,
  recordedPolicies,
} from "../identity-policies";
import type { IdentityPolicies } from "../identity-policies";
import type { ParameterSchema, ParameterValues } from "../parameters";
import { everyValue, isBroad, isDenied, isNegative, isPositive } from "../permissions";
import { kindOf, METHODS, PASS_ROLE, passedTo } from "./methods";
import type { Method } from "./methods";

const PARAMETERS = {
  allowedMethods: {
    type: "CSV",
    description:
      "Methods that policies may allow all the same, each by its actions joined by a plus sign, e.g. iam:PassRole+ec2:RunInstances.",
    pattern: new RegExp(METHODS.map(({ name }) => name.replaceAll("+", "\\+")).join("|")),
    optional: true,
  },
} as const satisfies ParameterSchema;

const FIX =
  "name the resources that are needed instead of all, take away one action of each method, or bound it by a condition such as iam:PermissionsBoundary";

/**
 * Some permissions are as good as all: who may write a new version of a policy, or hand a strong role to a machine of his
 * own, can do whatever the account can.
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 */
export const control = customControl({
  name: "iam-policy-no-privilege-escalation",
  title: "IAM policies do not let their holders give themselves more permissions.",
  severity: "high",
  resourceTypes: IDENTITY_TYPES,
  triggerTypes: ["ConfigurationChange"],
  parameters: PARAMETERS,
  requirements: [
    "aws-well-architected-security:SEC03-BP02",
    "nist-800-53-r5:AC-6",
    "pci-dss-4.0:7.2.2",
    "nist-csf-2.0:PR.AA-05",
  ],
  sources: IDENTITY_SOURCES,
  listing: [],
  judge: (facts: IdentityPolicies, { allowedMethods = [] }) => {
    const methods = METHODS.filter(({ name }) => !allowedMethods.includes(name));
    return everyPolicyOf(facts, FIX, (statements, reason) => judgeStatements(statements, methods, reason));
  },
});

function judgeStatements(
  statements: Items<Statement>,
  methods: readonly Method[],
  reason: (found: string) => Reason,
): Outcome {
  const facts = methods.map((method) => ({
    method,
    fact: everyItem({ items: method.actions, complete: true }, (action) =>
      allows(statements, action, method),
    ),
  }));
  const are = (wanted: Ternary): readonly Method[] =>
    facts.filter(({ fact }) => fact === wanted).map(({ method }) => method);
  const [open, hidden] = [are(true), are("unknown")];
  if (open.length > 0) return violation(reason(`the policy gives way to all permissions by ${listed(open)}`));
  return hidden.length > 0
    ? undecided(
        reason(`it is not known yet whether the policy gives way to all permissions by ${listed(hidden)}`),
      )
    : compliant();
}

/** An annotation has 256 characters. */
const SHOWN = 2;

function listed(methods: readonly Method[]): string {
  const names = methods.slice(0, SHOWN).map(({ name }) => name);
  const rest = methods.length - names.length;
  return [...names, ...(rest > 0 ? [`${rest} more ${rest === 1 ? "method" : "methods"}`] : [])].join(" and ");
}

/** Whether a policy allows an action of a method on whatever resource, and does not forbid it. */
function allows(statements: Items<Statement>, action: string, method: Method): Ternary {
  const kind = kindOf(action);
  const isBound = (condition: DocumentCondition): Ternary => leavesLittle(condition, action, method);
  const allowed = someItem(statements, (statement) => {
    // Most statements speak of other actions; the patterns of resources are dear to read.
    const speaks = both(hasEffect(statement, "Allow"), coversAction(statement, action));
    return speaks === false
      ? false
      : both(
          speaks,
          isBroad(statement, kind),
          negate(someItem(statement.conditions, (one) => isPositive(one) && isBound(one))),
        );
  });
  return allowed === false
    ? false
    : both(allowed, negate(isDenied(statements, action, kind, (one) => isNegative(one) && isBound(one))));
}

/** Policies that no attachment of which leaves less than everything. */
const STRONG = ["AdministratorAccess", "IAMFullAccess"].map((name) => `arn:aws:iam::aws:policy/${name}`);

const meansOneOf = (pattern: string, names: readonly string[]): boolean =>
  names.some((name) => matchesWildcard(pattern.toLowerCase(), name.toLowerCase()));

/**
 * Whether what the values of a condition name is little. Keys that an action does not have in its requests hold it to
 * nothing at all. Time, network and second factor say when an action is allowed, not how far it reaches.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
function leavesLittle(condition: DocumentCondition, action: string, method: Method): Ternary {
  const { key } = condition;
  if (key === "iam:permissionsboundary") return everyValue(condition, (value) => !/^[*?]/.test(value));
  if (key === "iam:policyarn") return everyValue(condition, (value) => !meansOneOf(value, STRONG));
  if (key === "iam:passedtoservice") {
    return everyValue(condition, (value) => action !== PASS_ROLE || !meansOneOf(value, passedTo(method)));
  }
  // AWS advises against tags where roles are passed: they do not hold there reliably.
  return action !== PASS_ROLE && /^[a-z0-9-]+:resourcetag\//.test(key)
    ? everyValue(condition, (value) => !/^[*?]*$/.test(value))
    : false;
}

export const fromInputs = declaredPolicies;
export const fromItem = recordedPolicies;

export const preventivePolicy: Policy<ParameterValues<typeof PARAMETERS>> = identityPolicy(control);

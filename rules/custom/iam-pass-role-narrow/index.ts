import { both, coversAction, hasEffect, negate, someItem } from "../../engine/documents";
import type { DocumentCondition, Statement, Ternary } from "../../engine/documents";
import { all, compliant, undecided } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import type { NoParameters, Policy } from "../../engine/policy";
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
import { everyValue, isBroad, isDenied, isPositive } from "../permissions";
import { unlessTrue } from "../trust";

const PASS_ROLE = "iam:PassRole";
const ROLES = { service: "iam", prefix: "role/" };

const FIX =
  'name the roles that may be passed, e.g. "arn:aws:iam::ACCOUNT:role/app-*", or the services by a condition StringEquals on iam:PassedToService';

/**
 * Who can pass any role to any service has the permissions of the strongest role of the account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const control = customControl({
  name: "iam-pass-role-narrow",
  title: "IAM policies let roles be passed by name, or to named services only.",
  severity: "high",
  resourceTypes: IDENTITY_TYPES,
  triggerTypes: ["ConfigurationChange"],
  parameters: {},
  requirements: [
    "aws-well-architected-security:SEC03-BP02",
    "nist-800-53-r5:AC-6",
    "pci-dss-4.0:7.2.2",
    "nist-csf-2.0:PR.AA-05",
  ],
  sources: IDENTITY_SOURCES,
  listing: [],
  judge: (facts: IdentityPolicies) => everyPolicyOf(facts, FIX, judgeStatements),
});

function judgeStatements(
  statements: Items<Statement>,
  reason: (found: string, at?: number) => Reason,
): Outcome {
  const isRefused = isDenied(statements, PASS_ROLE, ROLES);
  const outcomes = statements.items.map((statement) =>
    unlessTrue(
      both(passesEveryRole(statement), negate(isRefused)),
      reason("a statement lets every role be passed to every service", statement.index),
    ),
  );
  // What is not known may be a denial as well as an allowance.
  const unseen = undecided(reason('a statement of "policy" is not known yet'));
  return all(...outcomes, statements.complete ? compliant() : unseen);
}

const passesEveryRole = (statement: Statement): Ternary =>
  both(
    hasEffect(statement, "Allow"),
    coversAction(statement, PASS_ROLE),
    isBroad(statement, ROLES),
    negate(someItem(statement.conditions, namesServices)),
  );

/** Services of which a pattern means both only if it means all; in China they have another ending. */
const SERVICES = ["ec2.amazonaws.com", "q7-x.amazonaws.com"];

function isEveryService(value: string): boolean {
  const pattern = value.toLowerCase();
  return ["", ".cn"].some((end) => SERVICES.every((name) => matchesWildcard(pattern, `${name}${end}`)));
}

/**
 * `IfExists` does not do: some services do not say in a request which of them the role is passed to.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService
 */
const namesServices = (condition: DocumentCondition): Ternary =>
  condition.key === "iam:passedtoservice" &&
  isPositive(condition) &&
  everyValue(condition, (value) => !isEveryService(value));

export const fromInputs = declaredPolicies;
export const fromItem = recordedPolicies;

export const preventivePolicy: Policy<NoParameters> = identityPolicy(control);

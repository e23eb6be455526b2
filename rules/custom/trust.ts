import { coversSomeAction, hasEffect, noDocument } from "../engine/documents";
import type { PolicyDocument, Statement, Ternary } from "../engine/documents";
import { all, compliant, notApplicable, undecided, violation } from "../engine/outcome";
import type { Outcome, Reason } from "../engine/outcome";
import type { ConfigurationItem } from "./items";
import { recordedDocument } from "./policy-text";

/** Who may assume a role: its trust policy, as a program declares it and as AWS Config records it. */

/** The property that a program writes the trust policy in. */
export const TRUST_PROPERTY = "assumeRolePolicy";

/**
 * The trust policy of a recorded role.
 * @throws ControlFailure when the item has none, since every role has one.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html
 */
export const recordedTrust = ({
  resourceType,
  configuration,
}: ConfigurationItem<"AWS::IAM::Role">): PolicyDocument =>
  recordedDocument(
    configuration.assumeRolePolicyDocument,
    resourceType,
    "configuration.assumeRolePolicyDocument",
  );

/** Whether a statement allows some of the actions that a pattern stands for; a denial allows nothing. */
export const allowsSome = (statement: Statement, pattern: string): Ternary =>
  statement.effect === "Deny" ? false : coversSomeAction(statement, pattern);

/** The outcome of a fact that must not be, about one statement. */
export function unlessTrue(fact: Ternary, reason: Reason): Outcome {
  if (fact === "unknown") return undecided({ ...reason, found: partUnknown(reason.property) });
  return fact ? violation(reason) : compliant();
}

const partUnknown = (property = TRUST_PROPERTY): string => `a part of "${property}" is not known yet`;

/** Judges every statement of a trust policy; what is not known yet leaves the whole undecided. */
export function everyTrust(
  trust: PolicyDocument,
  fix: string,
  judge: (statement: Statement, property: string) => Outcome,
): Outcome {
  const reason = (found: string): Reason => ({ property: TRUST_PROPERTY, found, fix });
  switch (trust.kind) {
    case "unknown":
      return undecided(reason(`"${TRUST_PROPERTY}" is not known yet`));
    case "absent":
    case "invalid":
      return noDocument({ property: TRUST_PROPERTY });
    case "known": {
      const outcomes = trust.statements.items.map((statement): Outcome => {
        const property = `${TRUST_PROPERTY}.Statement[${statement.index}]`;
        const outcome = judge(statement, property);
        // What may be a denial is no violation yet.
        return outcome.verdict === "NON_COMPLIANT" && hasEffect(statement, "Allow") === "unknown"
          ? undecided({ property, found: partUnknown(property), fix })
          : outcome;
      });
      const unseen = undecided(reason(`a statement of "${TRUST_PROPERTY}" is not known yet`));
      return all(...outcomes, trust.statements.complete ? notApplicable() : unseen);
    }
  }
}

import { joined, shownBy } from "./place";
import type { Found } from "./place";

/** What a check answers: one of four verdicts and the reasons for it. */

/**
 * AWS Config's own words, and `UNDECIDED`: an input is not known yet, so it is neither a pass nor a failure.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html
 */
export type Verdict = "COMPLIANT" | "NON_COMPLIANT" | "NOT_APPLICABLE" | "UNDECIDED";

/** Why a check says what it says. */
export interface Reason extends Found {
  /** What was found: a clause that begins with the thing found and has no full stop. */
  readonly found: string;
  /** What to do: a clause that begins with a verb in lower case and has no full stop. */
  readonly fix: string;
  /** Another way out of this and of whatever else has the same one: a clause like `fix`, said once. */
  readonly otherwise?: string | undefined;
  /** Tells findings of one control on one resource apart, e.g. `tcp/22 0.0.0.0/0`; free of generated names. */
  readonly key?: string | undefined;
  /** AWS refuses the value, whatever the control asks for: no verdict, and no reason to let the change pass. */
  readonly refused?: boolean | undefined;
}

export interface Outcome {
  readonly verdict: Verdict;
  /** For `NON_COMPLIANT` and `UNDECIDED` at least one reason. */
  readonly reasons: readonly Reason[];
}

const COMPLIANT: Outcome = { verdict: "COMPLIANT", reasons: [] };
const NOT_APPLICABLE: Outcome = { verdict: "NOT_APPLICABLE", reasons: [] };

export const compliant = (): Outcome => COMPLIANT;
export const notApplicable = (): Outcome => NOT_APPLICABLE;
export const violation = (...reasons: readonly Reason[]): Outcome => ({ verdict: "NON_COMPLIANT", reasons });
export const undecided = (...reasons: readonly Reason[]): Outcome => ({ verdict: "UNDECIDED", reasons });

/** Compliant when the condition holds, else a violation; the condition is a known fact. */
export const check = (holds: boolean, reason: Reason): Outcome => (holds ? COMPLIANT : violation(reason));

const reasonsOf = (outcomes: readonly Outcome[], verdict: Verdict): readonly Reason[] =>
  outcomes.filter((outcome) => outcome.verdict === verdict).flatMap((outcome) => outcome.reasons);

/** What to do about several reasons, each said once, and the other ways out behind all of it. */
export function fixOf(reasons: readonly Reason[], conjunction: ", and " | ", or "): string {
  const fixes = new Set(reasons.map(({ fix }) => fix));
  const ways = new Set(reasons.flatMap(({ otherwise }) => otherwise ?? []));
  return [[...fixes].join(conjunction), ...ways].join(", or ");
}

/**
 * All conditions must hold; those that do not apply do not count. One violation decides, whatever is not known yet.
 * Without conditions, or when none applies, the answer is `NOT_APPLICABLE`.
 */
export function all(...outcomes: readonly Outcome[]): Outcome {
  const failed = outcomes.filter((outcome) => outcome.verdict === "NON_COMPLIANT");
  if (failed.length > 0) return violation(...reasonsOf(failed, "NON_COMPLIANT"));
  if (outcomes.some((outcome) => outcome.verdict === "UNDECIDED")) {
    return undecided(...reasonsOf(outcomes, "UNDECIDED"));
  }
  return outcomes.some((outcome) => outcome.verdict === "COMPLIANT") ? COMPLIANT : NOT_APPLICABLE;
}

/** One condition must hold; those that do not apply do not count. One that holds decides, whatever is not known yet. */
export function any(...outcomes: readonly Outcome[]): Outcome {
  if (outcomes.some((outcome) => outcome.verdict === "COMPLIANT")) return COMPLIANT;
  if (outcomes.some((outcome) => outcome.verdict === "UNDECIDED")) {
    return undecided(...reasonsOf(outcomes, "UNDECIDED"));
  }
  const reasons = reasonsOf(outcomes, "NON_COMPLIANT");
  const [first, ...others] = reasons;
  if (first === undefined) return NOT_APPLICABLE;
  // Of one resource the reason itself says which.
  const places = new Set(reasons.map(({ holder }) => holder?.urn));
  const found = places.size === 1 ? joined(reasons, first.holder?.urn) : joined(reasons);
  const fix = fixOf(reasons, ", or ");
  const { property, holder } = shownBy(reasons);
  return violation(
    others.length === 0 ? first : { ...first, property, holder, found, fix, otherwise: undefined },
  );
}

/** The opposite of a condition; the reason says what is wrong when the condition holds. */
export function not(outcome: Outcome, reason: Reason): Outcome {
  switch (outcome.verdict) {
    case "COMPLIANT":
      return violation(reason);
    case "NON_COMPLIANT":
      return COMPLIANT;
    case "UNDECIDED":
    case "NOT_APPLICABLE":
      return outcome;
  }
}

/**
 * The control applies only where a condition holds. While that is not known, the answer is known only if the rest
 * does not apply either.
 */
export function when(condition: Outcome, then: () => Outcome): Outcome {
  switch (condition.verdict) {
    case "COMPLIANT":
      return then();
    case "NON_COMPLIANT":
    case "NOT_APPLICABLE":
      return NOT_APPLICABLE;
    case "UNDECIDED":
      return condition;
  }
}

/** The control does not apply where a condition holds. */
export function unless(condition: Outcome, then: () => Outcome): Outcome {
  switch (condition.verdict) {
    case "COMPLIANT":
      return NOT_APPLICABLE;
    case "NON_COMPLIANT":
    case "NOT_APPLICABLE":
      return then();
    case "UNDECIDED":
      return condition;
  }
}

/** A condition that an optional parameter of the rule asks for; without the parameter it does not apply. */
export function given<V>(parameter: V | undefined, condition: (value: V) => Outcome): Outcome {
  return parameter === undefined ? NOT_APPLICABLE : condition(parameter);
}

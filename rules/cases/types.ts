import type { ManagedRuleIdentifier } from "../catalog";
import type { Verdict } from "../engine";

/**
 * Examples of a control: what complies, what does not, what cannot be decided yet and what it does not speak of. They
 * are written from the documentation of the rule. Tests run them by every path; `explain` and the docs show them.
 */
export interface Case {
  /** What the example shows, as the end of "a resource ...". */
  readonly title: string;
  readonly verdict: Verdict;
  /** The resources of the stack by logical name, the subject first. */
  readonly stack: Readonly<Record<string, CaseResource>>;
  /** Parameters of the rule as text; the documented defaults hold for all others. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether explicit configuration is required; default false. */
  readonly strict?: boolean;
  /** What the documentation leaves open, and how it is read here. */
  readonly note?: string;
}

export interface CaseResource {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Only for a resource that exists already. */
  readonly id?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly provider?: string;
}

/** The cases of a service's controls, by identifier. */
export type Cases = Readonly<Partial<Record<ManagedRuleIdentifier, readonly Case[]>>>;

/** Stands in a case for an output of another resource that is not known yet, e.g. `ref("logs", "arn")`. */
export interface Reference {
  readonly $ref: string;
  readonly property: string;
}

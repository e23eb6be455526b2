import type { ManagedRuleIdentifier } from "./generated/rule-types";

export type { ManagedRuleIdentifier, ManagedRuleParameters } from "./generated/rule-types";
export { alternatives, didYouMean, nearest } from "./nearest";

/** How grave a violation is; Security Hub's rating where it has a control for the rule. */
export type Severity = "low" | "medium" | "high" | "critical";
/** From the mildest to the gravest. */
export const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/** The type of a parameter's value; every value travels as text. */
export type ParameterType = "CSV" | "String" | "int" | "boolean" | "double" | "StringMap";

export interface RuleParameter {
  /** AWS's spelling, case included. */
  readonly name: string;
  readonly type: ParameterType;
  /** What the console fills in. Through the API nothing is filled in, so that it must be sent. */
  readonly default?: string;
  readonly optional: boolean;
}

/**
 * An AWS Config managed rule.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 */
export interface ManagedRule {
  readonly identifier: ManagedRuleIdentifier;
  /** The Config rule name, the policy name, the doc page and the test title. */
  readonly name: string;
  /** The page in the AWS Config developer guide, without `.html`; absent when there is none. */
  readonly page?: string;
  readonly service: string;
  /** `listed` in AWS's public list; `unlisted` is made by Firewall Manager; `processCheck` only works in packs. */
  readonly status: "listed" | "unlisted" | "newer" | "processCheck";
  readonly severity: Severity;
  /** Whether the severity is Security Hub's; otherwise it is `medium`. */
  readonly rated?: true;
  /** Empty when unknown. */
  readonly triggerTypes: readonly ("ConfigurationChange" | "Periodic")[];
  /** CloudFormation type names. */
  readonly resourceTypes: readonly string[];
  readonly parameters: readonly RuleParameter[];
  readonly regionsExcept?: readonly string[];
  readonly regionsOnly?: readonly string[];
  /** Why the rule is dated, where it is. */
  readonly legacy?: string;
}

/** An AWS sample conformance pack: its rules, each with the parameters that the pack sets. */
export interface ConformancePack {
  readonly pack: string;
  readonly title: string;
  readonly identicalTo?: string;
  readonly rules: readonly (readonly [ManagedRuleIdentifier, Readonly<Record<string, string>>?])[];
}

/** A requirement of a framework: its number there, the rules and the parameters that it asks for. */
export type Requirement = readonly [
  string,
  readonly ManagedRuleIdentifier[],
  Readonly<Record<string, Readonly<Record<string, string>>>>?,
];

export interface Framework {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly note?: string;
  readonly controls: readonly Requirement[];
  /** Rules known for some requirement only through a crosswalk with another tool. */
  readonly inferred: readonly ManagedRuleIdentifier[];
}

/* eslint-disable @typescript-eslint/no-require-imports -- the parts of the catalogue are large and loaded when first asked for */
const parts = {
  rules: lazy(() => require("./generated/rules.json") as readonly ManagedRule[]),
  packs: lazy(() => require("./generated/packs.json") as readonly ConformancePack[]),
  frameworks: lazy(() => require("./generated/frameworks.json") as readonly Framework[]),
  withdrawn: lazy(() => new Set(require("./generated/withdrawn.json") as readonly string[])),
};
/* eslint-enable @typescript-eslint/no-require-imports */

function lazy<T>(load: () => T): () => T {
  let loaded: { readonly value: T } | undefined;
  return () => (loaded ??= { value: load() }).value;
}

/** Every managed rule, by identifier in alphabetical order. */
export const managedRules = (): readonly ManagedRule[] => parts.rules();

/** Every sample conformance pack. */
export const conformancePacks = (): readonly ConformancePack[] => parts.packs();

/** Every framework. */
export const frameworks = (): readonly Framework[] => parts.frameworks();

const byKey = lazy(() => {
  const index = new Map<string, ManagedRule>();
  for (const rule of managedRules()) index.set(rule.identifier, rule).set(rule.name, rule);
  return index;
});

/** A managed rule by its identifier or its name. */
export const findManagedRule = (key: string): ManagedRule | undefined => byKey().get(key);

/** The page of AWS's guide on a rule, or the list of rules when it has none. */
export const managedRuleUrl = (rule: Pick<ManagedRule, "page">): string =>
  `https://docs.aws.amazon.com/config/latest/developerguide/${rule.page ?? "managed-rules-by-aws-config"}.html`;

/** Whether an identifier stood in AWS's list only as a draft, and is valid no longer. */
export const isWithdrawn = (identifier: string): boolean => parts.withdrawn().has(identifier);

const byRule = lazy(() => {
  const index = new Map<string, (readonly [string, string])[]>();
  for (const { id, controls } of frameworks()) {
    for (const [requirement, rules] of controls) {
      for (const rule of rules) {
        const entries = index.get(rule);
        if (entries === undefined) index.set(rule, [[id, requirement]]);
        else entries.push([id, requirement]);
      }
    }
  }
  return index;
});

/** The requirements that a rule answers to, as pairs of framework id and requirement number. */
export const requirementsOfManaged = (identifier: string): readonly (readonly [string, string])[] =>
  byRule().get(identifier) ?? [];

/** Whether a rule exists in a region, as far as AWS's list knows. */
export function isAvailableIn(
  rule: Pick<ManagedRule, "regionsOnly" | "regionsExcept">,
  region: string,
): boolean {
  return rule.regionsOnly?.includes(region) ?? !(rule.regionsExcept?.includes(region) ?? false);
}

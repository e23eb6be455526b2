import { undecided } from "./engine";
import type { Decision, EvaluatedControl, Outcome, Policy } from "./engine";
import { policyOf } from "./policies";
import { allRules, findRule } from "./registry";
import type { Rule } from "./registry";
import { typedParameters } from "./selection";

/** A control: the rule that detects a violation, and the policy that prevents it where there is one. */
export interface Control {
  readonly rule: Rule;
  readonly policy?: Policy;
}

/** Every rule with its policy, by identifier in alphabetical order. */
export function allControls(): readonly Control[] {
  return allRules().map(controlOf);
}

/** A control by the identifier or the name of its rule. */
export function findControl(key: string): Control | undefined {
  const rule = findRule(key);
  return rule === undefined ? undefined : controlOf(rule);
}

function controlOf(rule: Rule): Control {
  const policy = policyOf(rule.identifier);
  return policy === undefined ? { rule } : { rule, policy };
}

/** How a control is prevented; `none` when it is not. */
export const decisionOf = (control: Control): Decision | "none" => control.policy?.decision ?? "none";

/**
 * A control as it is evaluated with parameters given as text; `undefined` for one that is not prevented. While a
 * required parameter has no value, nothing is decided.
 */
export function evaluated(
  rule: Rule,
  parameters: Readonly<Record<string, string>>,
  strict = false,
): EvaluatedControl | undefined {
  const policy = policyOf(rule.identifier);
  if (policy === undefined) return undefined;
  const typed = typedParameters(rule, parameters);
  const missing = rule.parameters.filter(({ name, optional }) => !optional && !Object.hasOwn(typed, name));
  if (missing.length === 0) return { id: rule.identifier, policy, parameters: typed, strict };
  const names = missing.map(({ name }) => `"${name}"`).join(", ");
  const answer = (): Outcome =>
    undecided({
      found: `the required parameter ${names} of ${rule.identifier} has no value`,
      fix: `set ${names} under "parameters" in the selection`,
    });
  const checks = new Map([...policy.checks.keys()].map((type) => [type, answer]));
  return { id: rule.identifier, policy: { ...policy, checks, early: new Map() }, parameters: typed };
}

import type { Check, Policy } from "../rules/engine";
import { NoAnswer, PREDICATE_MILLISECONDS, stoppable } from "../rules/lambda/guard";

/**
 * A policy whose checks are stopped when they do not come back: a loop in a control of a package would otherwise hold
 * the whole check, or a preview, for good. A control that was stopped once is not asked again, since it may loop for
 * every resource.
 * @param milliseconds - How long a check may take; at least 1.
 */
export function bounded(name: string, policy: Policy, milliseconds = PREDICATE_MILLISECONDS): Policy {
  let stopped: NoAnswer | undefined;
  const bound =
    (check: Check<unknown, never>): Check<unknown, never> =>
    (resource, parameters, context) => {
      if (stopped !== undefined) throw stopped;
      try {
        return stoppable(name, milliseconds, () => check(resource, parameters, context));
      } catch (error) {
        if (error instanceof NoAnswer) stopped = error;
        throw error;
      }
    };
  const all = (checks: Policy["checks"]): Policy["checks"] =>
    new Map([...checks].map(([type, check]) => [type, bound(check)]));
  return { ...policy, checks: all(policy.checks), early: all(policy.early) };
}

import { allControls } from "../rules/controls";
import type { Control } from "../rules/controls";
import { spellingsOf } from "../rules/engine";
import type { Policy } from "../rules/engine";

/** A control that the pack prevents: the managed rule and its policy. */
export interface PreventedControl extends Control {
  readonly policy: Policy;
  /** Every declared type token that its policy judges. */
  readonly types: ReadonlySet<string>;
}

/**
 * Whether a control can be decided only when the whole stack is known. One that is decided in part may look at other
 * resources as well: as a resource policy it would stay undecided for good.
 */
export const needsStack = ({ policy }: PreventedControl): boolean => policy.decision !== "resource";

/** Every control with a policy, by identifier in alphabetical order. */
export function preventedControls(): readonly PreventedControl[] {
  return allControls().flatMap(({ rule, policy }) =>
    policy === undefined
      ? []
      : [{ rule, policy, types: new Set([...policy.checks.keys()].flatMap((type) => spellingsOf(type))) }],
  );
}

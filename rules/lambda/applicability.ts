import { EventError } from "./errors";
import type { ItemHead } from "./events";

/** The states in which a resource is there. */
const PRESENT = new Set(["OK", "ResourceDiscovered"]);
/** The states in which it is gone, or is not recorded (in this region). */
const ABSENT = new Set(["ResourceDeleted", "ResourceDeletedNotRecorded", "ResourceNotRecorded"]);

/** Whether a resource is gone in that state, or is not recorded: such an item has no configuration. */
export const isAbsent = (status: string | undefined): boolean => status !== undefined && ABSENT.has(status);

/**
 * Why a control says nothing about a resource; `undefined` when it does. Such a resource is reported as not applicable
 * all the same: otherwise its last result would stay in sight, and for resources that are not recorded cost a
 * configuration item with every change.
 * @throws EventError for a state that is not known, which is no reason to be silent.
 */
export function inapplicable(
  head: ItemHead,
  leftScope: boolean,
  types: readonly string[],
): string | undefined {
  if (isAbsent(head.status)) return "The resource is deleted or not recorded.";
  if (leftScope) return "The resource left the scope of the rule.";
  if (!types.includes(head.resourceType)) {
    return `The rule evaluates ${types.join(", ")} only; set its scope to that.`;
  }
  if (PRESENT.has(head.status)) return undefined;
  throw new EventError(`The state "${head.status.slice(0, 80)}" of a configuration item is not known.`);
}

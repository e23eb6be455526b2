import { compliant, undecided, violation } from "../engine";
import type { Context, Outcome, Reader } from "../engine";
import { effectiveTags } from "../views/tags";

/** Checks that many services share. */

/** The parameters of the managed rules about tags. */
export interface TagParameters {
  readonly requiredKeyTags?: readonly string[] | undefined;
}

/**
 * The resource has every required tag, or any tag where none is required. Tags of AWS do not count; default tags of the
 * provider do.
 */
export function hasTags(_: Reader<unknown>, parameters: TagParameters, context: Context): Outcome {
  const { tags, complete } = effectiveTags(context);
  const missing = (parameters.requiredKeyTags ?? []).filter((key) => !tags.has(key));
  const named = missing.map((key) => `"${key}"`).join(", ");
  const isTagged = parameters.requiredKeyTags === undefined ? tags.size > 0 : missing.length === 0;
  if (isTagged) return compliant();
  const reason = {
    property: "tags",
    found: named === "" ? "the resource has no tags" : `the resource has no tag ${named}`,
    fix: named === "" ? 'add an entry to "tags"' : `add ${named} to "tags"`,
  };
  return complete
    ? violation(reason)
    : undecided({ ...reason, found: "not every tag of the resource is known yet" });
}

/** A text property is set and not empty; a value that is not known yet is a text. */
export const hasText =
  (property: string) =>
  (reader: Reader<unknown>): Outcome => {
    const read = reader.at(property);
    const isSet = read.kind === "unknown" || (read.kind === "known" && read.value !== "");
    return isSet ? compliant() : violation(reader.reason(property, `set "${property}"`));
  };

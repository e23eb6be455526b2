import { sharedPolicy } from "../../engine/policy";
import type { Context, Policy } from "../../engine/policy";
import { check, notApplicable, undecided, violation } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { isScalar } from "../../engine/reader";
import { isUnknown, reveal, UNKNOWN } from "../../engine/values";
import type { Unknown } from "../../engine/values";
import { effectiveTags } from "../../views/tags";
import { customControl } from "../control";
import type { ConfigurationItem } from "../items";
import { preventive } from "../judge";
import type { ParameterSchema, ParameterValues } from "../parameters";
import { safePattern } from "../safe-pattern";
import { TAGGABLE } from "../taggable";

/** What decides: the tags of a resource. */
export interface Tags {
  readonly tags: ReadonlyMap<string, string | Unknown>;
  /** Whether there are no others than these. */
  readonly complete: boolean;
}

function patternProblem(text: string): string | undefined {
  const pattern = safePattern(text);
  return pattern.ok ? undefined : pattern.problem;
}

const PARAMETERS = {
  tagKey: {
    type: "String",
    pattern: /[^\p{Cc}]{1,128}/u,
    description: "The key of the tag, with its upper and lower case.",
  },
  valuePattern: {
    type: "String",
    problem: patternProblem,
    form: "a short regular expression, e.g. cc-[0-9]{4}",
    description:
      "The regular expression that the whole value must match: 256 characters at most, without look-around, back-references and repeated groups whose content varies.",
  },
  required: {
    type: "boolean",
    default: "false",
    description: "Whether a resource without the tag violates; otherwise the rule does not apply to it.",
  },
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof PARAMETERS>;

/**
 * The managed rule `required-tags` takes lists of allowed values; cost centres, e-mail addresses and ticket numbers follow
 * a pattern instead.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const control = customControl({
  name: "tagging-value-pattern",
  title: "Values of a tag match the organisation's pattern.",
  severity: "low",
  resourceTypes: Object.keys(TAGGABLE),
  triggerTypes: ["ConfigurationChange"],
  parameters: PARAMETERS,
  sources: {
    tags: { from: "item", path: "tags" },
    complete: { from: "item", path: "tags" },
  },
  listing: [],
  judge: (facts: Tags, parameters) => judgeTags(facts, parameters),
});

// Values are not quoted: default tags of a provider may be secret.
function judgeTags({ tags, complete }: Tags, { tagKey, valuePattern, required }: Parameters): Outcome {
  const pattern = safePattern(valuePattern);
  // The declaration takes patterns alone.
  if (!pattern.ok) throw new RangeError(pattern.problem);
  const reason = (found: string): Reason => ({
    property: "tags",
    found,
    fix: `set the tag "${tagKey}" to a value that matches "${valuePattern}"`,
  });
  const value = tags.get(tagKey);
  if (isUnknown(value)) return undecided(reason(`the tag "${tagKey}" of the resource is not known yet`));
  if (value !== undefined)
    return check(pattern.matches(value), reason(`the value of the tag "${tagKey}" is another one`));
  if (!complete) return undecided(reason("not every tag of the resource is known yet"));
  return required ? violation(reason(`the resource has no tag "${tagKey}"`)) : notApplicable();
}

/** Before the deployment: the resource's own tags over the default tags of its provider. */
function fromContext(context: Context): Tags {
  const { tags, complete } = effectiveTags(context);
  return {
    tags: new Map(
      [...tags].map(([key, value]) => {
        const inner = reveal(value);
        return [key, isScalar(inner) ? String(inner) : UNKNOWN];
      }),
    ),
    complete,
  };
}

/** After the deployment: AWS Config keeps the tags beside the configuration. */
export const fromItem = (item: ConfigurationItem): Tags => ({
  tags: new Map(Object.entries(item.tags)),
  complete: true,
});

export const preventivePolicy: Policy<Parameters> = sharedPolicy(
  control.title,
  Object.values(TAGGABLE),
  (resource, parameters: Parameters, context) =>
    preventive(control, () => fromContext(context))(resource, parameters, context),
);

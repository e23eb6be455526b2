import { UNKNOWN, isProperties, isUnknown, mark, parseJson, reveal } from "../engine";
import type { Context, Properties, Unknown, Value } from "../engine";

/** The tags that a resource has in the end, or what is not known of them. */
export interface EffectiveTags {
  readonly tags: ReadonlyMap<string, Value>;
  /** Whether there are no others than these. */
  readonly complete: boolean;
}

/**
 * Own tags over the default tags of the provider. Tags of AWS and internal entries do not count. The generated provider
 * class turns nested settings into JSON text, so that default tags come as text.
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/provider/
 */
export function effectiveTags({ stack, node }: Context): EffectiveTags {
  const provider = stack.providerOf(node);
  const inherited = readTags(defaultTags(provider?.inputs["defaultTags"] ?? null));
  const own = readTags(node.inputs["tags"] ?? null);
  const merged = readTags(node.outputs["tagsAll"] ?? null);
  return {
    tags: new Map([
      ...inherited.tags,
      ...(isUnknown(reveal(node.outputs["tagsAll"] ?? null)) ? [] : merged.tags),
      ...own.tags,
    ]),
    complete: inherited.complete && own.complete,
  };
}

function defaultTags(value: Value): Properties | Unknown {
  const inner = reveal(value);
  if (isUnknown(inner)) return UNKNOWN;
  const settings = typeof inner === "string" ? mark(parseJson(inner)) : inner;
  if (!isProperties(settings)) return {};
  const tags = reveal(settings["tags"] ?? null);
  return isUnknown(tags) ? UNKNOWN : isProperties(tags) ? tags : {};
}

function readTags(value: Value): EffectiveTags {
  const inner = reveal(value);
  if (isUnknown(inner)) return { tags: new Map(), complete: false };
  if (!isProperties(inner)) return { tags: new Map(), complete: true };
  return { tags: new Map(Object.entries(inner).filter(([key]) => !/^(aws:|__)/.test(key))), complete: true };
}

import { UNKNOWN, fromJson, isList, isProperties, isUnknown, reveal } from "../engine";
import type { Context, Properties, Unknown, Value } from "../engine";

/** The tags that a resource has in the end, or what is not known of them. */
export interface EffectiveTags {
  readonly tags: ReadonlyMap<string, Value>;
  /** Whether there are no others than these. */
  readonly complete: boolean;
}

/** Types whose tags are a list of blocks, which default tags of the provider do not reach. */
const WITHOUT_DEFAULT_TAGS: ReadonlySet<string> = new Set(["aws:autoscaling/group:Group"]);

/**
 * Own tags over the default tags of the provider. Tags of AWS and internal entries do not count. The generated provider
 * class turns nested settings into JSON text, so that default tags come as text.
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/provider/
 */
export function effectiveTags({ stack, node }: Context): EffectiveTags {
  const provider = stack.providerOf(node);
  const inherited = readTags(
    WITHOUT_DEFAULT_TAGS.has(node.type) ? null : defaultTags(provider?.inputs["defaultTags"] ?? null),
  );
  const own = readTags(node.inputs["tags"] ?? null);
  const merged = readTags(node.output("tagsAll") ?? null);
  return {
    tags: new Map([
      ...inherited.tags,
      ...(isUnknown(reveal(node.output("tagsAll") ?? null)) ? [] : merged.tags),
      ...own.tags,
    ]),
    complete: inherited.complete && own.complete,
  };
}

function defaultTags(value: Value): Properties | Unknown {
  const inner = reveal(value);
  if (isUnknown(inner)) return UNKNOWN;
  const settings = fromJson(inner);
  if (!isProperties(settings)) return {};
  const tags = reveal(settings["tags"] ?? null);
  return isUnknown(tags) ? UNKNOWN : isProperties(tags) ? tags : {};
}

function readTags(value: Value): EffectiveTags {
  const inner = reveal(value);
  if (isUnknown(inner)) return { tags: new Map(), complete: false };
  if (isList(inner)) return readBlocks(inner);
  if (!isProperties(inner)) return { tags: new Map(), complete: true };
  const entries = Object.entries(inner).filter(
    ([key, value]) => !/^(aws:|__)/.test(key) && reveal(value) !== null,
  );
  return { tags: new Map(entries), complete: true };
}

/** Tags as blocks with a key and a value. */
function readBlocks(blocks: readonly Value[]): EffectiveTags {
  const entries = blocks.map((block): [Value, Value] => {
    const inner = reveal(block);
    return isProperties(inner) ? [reveal(inner["key"] ?? null), inner["value"] ?? null] : [inner, null];
  });
  return {
    tags: new Map(
      entries.filter(
        (entry): entry is [string, Value] => typeof entry[0] === "string" && !entry[0].startsWith("aws:"),
      ),
    ),
    complete: entries.every(([key]) => !isUnknown(key)),
  };
}

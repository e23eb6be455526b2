import { either, holdsUnknown, isList, isProperties, reveal } from "../engine";
import type { Context, ResourceNode, Ternary, Value } from "../engine";

/** Deep enough for every block that names another resource. */
const MAX_DEPTH = 8;

function holdsText(value: Value, texts: ReadonlySet<string>, depth = 0): boolean {
  const inner = reveal(value);
  if (typeof inner === "string") return texts.has(inner);
  if (depth >= MAX_DEPTH) return false;
  if (isList(inner)) return inner.some((item) => holdsText(item, texts, depth + 1));
  return isProperties(inner) && Object.values(inner).some((item) => holdsText(item, texts, depth + 1));
}

/** The id and the ARN, where they are known. Names are too ordinary to prove a use. */
function idsOf(node: ResourceNode): ReadonlySet<string> {
  const arn = reveal(node.outputs["arn"] ?? null);
  return new Set([node.facts.id, arn].filter((id): id is string => typeof id === "string" && id !== ""));
}

/**
 * Whether some resource of the stack uses a resource in any of its properties, by property dependency or by a known
 * id. Uses in other stacks cannot be seen.
 * @param except - Types that do not count as users.
 */
export function isUsed({ stack, node }: Context, except: readonly string[] = []): Ternary {
  const ids = idsOf(node);
  const uses = (other: ResourceNode): Ternary => {
    if (other === node || except.includes(other.type)) return false;
    const dependencies = other.facts.propertyDependencies ?? {};
    if (Object.values(dependencies).some((urns) => urns.includes(node.urn))) return true;
    if (ids.size === 0) return false;
    return either(
      ...Object.entries(other.inputs).map(([property, value]): Ternary => {
        if (holdsText(value, ids)) return true;
        return holdsUnknown(value) && (dependencies[property] ?? []).length === 0 ? "unknown" : false;
      }),
    );
  };
  return either(...stack.nodes.map(uses), stack.partial ? "unknown" : false);
}

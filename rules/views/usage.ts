import { holdsUnknown, isList, isProperties, reveal } from "../engine";
import type { Context, ResourceGraph, ResourceNode, Ternary, Value } from "../engine";

/** Deep enough for every block that names another resource. */
const MAX_DEPTH = 8;

/** Who uses what in a stack. Made once for a graph: looking through all resources for each one would be quadratic. */
interface Uses {
  /** By URN: the resources that have a property made from it. */
  readonly byUrn: ReadonlyMap<string, ReadonlySet<ResourceNode>>;
  /** By the id or ARN of a resource: those that hold it as text. */
  readonly byText: ReadonlyMap<string, ReadonlySet<ResourceNode>>;
  /** Resources with a value that is not known, and that no dependency explains. */
  readonly unexplained: ReadonlySet<ResourceNode>;
}

const known = new WeakMap<ResourceGraph, Uses>();

function usesIn(graph: ResourceGraph): Uses {
  const before = known.get(graph);
  if (before !== undefined) return before;
  const names = new Set(graph.nodes.flatMap(idsOf));
  const byUrn = new Map<string, Set<ResourceNode>>();
  const byText = new Map<string, Set<ResourceNode>>();
  const unexplained = new Set<ResourceNode>();
  for (const node of graph.nodes) {
    const dependencies = node.facts.propertyDependencies ?? {};
    for (const urn of Object.values(dependencies).flat()) append(byUrn, urn, node);
    for (const [property, value] of Object.entries(node.inputs)) {
      eachText(value, (text) => {
        if (names.has(text)) append(byText, text, node);
      });
      if (holdsUnknown(value) && (dependencies[property] ?? []).length === 0) unexplained.add(node);
    }
  }
  const uses = { byUrn, byText, unexplained };
  known.set(graph, uses);
  return uses;
}

function append(index: Map<string, Set<ResourceNode>>, key: string, node: ResourceNode): void {
  const nodes = index.get(key);
  if (nodes === undefined) index.set(key, new Set([node]));
  else nodes.add(node);
}

function eachText(value: Value, visit: (text: string) => void, depth = 0): void {
  const inner = reveal(value);
  if (typeof inner === "string") visit(inner);
  if (depth >= MAX_DEPTH) return;
  if (isList(inner)) for (const item of inner) eachText(item, visit, depth + 1);
  else if (isProperties(inner)) for (const item of Object.values(inner)) eachText(item, visit, depth + 1);
}

/** The id and the ARN, where they are known. Names are too ordinary to prove a use. */
function idsOf(node: ResourceNode): readonly string[] {
  const arn = reveal(node.output("arn") ?? null);
  return [node.facts.id, arn].filter((id): id is string => typeof id === "string" && id !== "");
}

/**
 * Whether some resource of the stack uses a resource in any of its properties, by property dependency or by a known
 * id. Uses in other stacks cannot be seen.
 * @param except - Types that do not count as users.
 */
export function isUsed({ stack, node }: Context, except: readonly string[] = []): Ternary {
  const { byUrn, byText, unexplained } = usesIn(stack);
  const ids = idsOf(node);
  const isUser = (other: ResourceNode): boolean => other !== node && !except.includes(other.type);
  const users = [byUrn.get(node.urn), ...ids.map((id) => byText.get(id))];
  if (users.some((nodes) => nodes !== undefined && [...nodes].some(isUser))) return true;
  const mayBe = ids.length > 0 && [...unexplained].some(isUser);
  return stack.partial || mayBe ? "unknown" : false;
}

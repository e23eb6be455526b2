import type { ResourceGraph, ResourceNode } from "../../rules";
import { printable } from "../../rules";
import type { Colours } from "./format";

/** From this many siblings of one type on, the rest is counted. */
const SHOWN_SIBLINGS = 3;

/** The resources of a stack by parent, as lines of a tree. Many siblings of one type and without children are counted. */
export function treeOf(graph: ResourceGraph, colours: Colours): readonly string[] {
  const children = new Map<string | undefined, ResourceNode[]>();
  for (const node of graph.nodes) {
    if (node.facts.type.startsWith("pulumi:providers:") || node.facts.type === STACK) continue;
    const parent = parentOf(node, graph);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  }
  const lines: string[] = [];
  const draw = (parent: string | undefined, indent: string): void => {
    const entries = entriesOf(children.get(parent) ?? [], (urn) => children.has(urn));
    entries.forEach((entry, index) => {
      const isLast = index === entries.length - 1;
      const branch = colours.dim(`${indent}${isLast ? "└─ " : "├─ "}`);
      if (typeof entry === "string") {
        lines.push(branch + colours.dim(entry));
        return;
      }
      lines.push(
        `${branch}${colours.bold(printable(entry.name))}  ${colours.dim(printable(entry.facts.type))}`,
      );
      draw(entry.urn, `${indent}${isLast ? "   " : "│  "}`);
    });
  };
  draw(undefined, "");
  return lines;
}

const STACK = "pulumi:pulumi:Stack";

/** The component that a resource is in; `undefined` for the stack itself, or a parent that the source does not have. */
function parentOf(node: ResourceNode, graph: ResourceGraph): string | undefined {
  const parent = node.facts.parent === undefined ? undefined : graph.node(node.facts.parent);
  return parent === undefined || parent.type === STACK ? undefined : parent.urn;
}

/** Siblings in their order; of many alike only the first are shown, and how many more there are. */
function entriesOf(
  nodes: readonly ResourceNode[],
  hasChildren: (urn: string) => boolean,
): readonly (ResourceNode | string)[] {
  const leaves = new Map<string, number>();
  for (const { urn, facts } of nodes) {
    if (!hasChildren(urn)) leaves.set(facts.type, (leaves.get(facts.type) ?? 0) + 1);
  }
  const seen = new Map<string, number>();
  return nodes.flatMap((node): readonly (ResourceNode | string)[] => {
    const { type } = node.facts;
    const alike = leaves.get(type) ?? 0;
    if (hasChildren(node.urn) || alike <= SHOWN_SIBLINGS + 1) return [node];
    const before = seen.get(type) ?? 0;
    seen.set(type, before + 1);
    if (before < SHOWN_SIBLINGS) return [node];
    return before === SHOWN_SIBLINGS ? [`and ${alike - SHOWN_SIBLINGS} more  ${printable(type)}`] : [];
  });
}

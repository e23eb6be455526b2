import type { ResourceGraph, ResourceNode } from "../../rules";
import { printable } from "../../rules";
import type { Colours } from "./format";

/** Columns of the narrowest terminal that people use. */
const WIDTH = 80;

/**
 * The components of a stack by parent, as lines of a tree. Resources without children are counted by type in the line of
 * what they are in: a program of hundreds still fits on a few screens.
 */
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
    const inside = children.get(parent) ?? [];
    const components = inside.filter(({ urn }) => children.has(urn));
    const leaves = counts(inside.filter(({ urn }) => !children.has(urn)));
    const under = components.length === 0 ? "   " : "│  ";
    // Before the components in it, whose lines would part them from the name that they belong to.
    for (const line of wrapped(leaves, WIDTH - indent.length - under.length))
      lines.push(colours.dim(`${indent}${under}${line}`));
    components.forEach((node, index) => {
      const isLast = index === components.length - 1;
      const type = printable(node.facts.type.split(":").at(-1) ?? "");
      lines.push(
        `${colours.dim(`${indent}${isLast ? "└─ " : "├─ "}`)}${colours.bold(printable(node.name))}  ${type}`,
      );
      draw(node.urn, `${indent}${isLast ? "   " : "│  "}`);
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

/** How many there are of each type, in the order of the first: `2 sns.Topic`. */
function counts(nodes: readonly ResourceNode[]): readonly string[] {
  const byType = new Map<string, number>();
  for (const { facts } of nodes) byType.set(facts.type, (byType.get(facts.type) ?? 0) + 1);
  return [...byType].map(([type, count]) => `${count === 1 ? "" : `${count} `}${printable(shortType(type))}`);
}

/** As programs write it: `aws:s3/bucket:Bucket` is `s3.Bucket`. */
function shortType(type: string): string {
  const [provider, module = "", name] = type.split(":");
  if (name === undefined) return type;
  const short = `${module.split("/")[0] ?? ""}.${name}`;
  return provider === "aws" ? short : `${provider ?? ""}.${short}`;
}

/** A list as lines that are at most so wide, unless one entry alone is wider. */
function wrapped(entries: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const text = index === entries.length - 1 ? entry : `${entry},`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= width)
      lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  }
  return lines;
}

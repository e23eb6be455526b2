import { nameIn } from "./arns";
import type { ResourceGraph, ResourceNode } from "./graph";
import { textsOf } from "./reader";
import { isUnknown, UNKNOWN, isList, isProperties, reveal } from "./values";
import type { Value } from "./values";

/** Resources at the other end of a link. */
export interface Related {
  readonly nodes: readonly ResourceNode[];
  /** There may be others that cannot be seen: a value is not known yet, or only a part of the stack is in view. */
  readonly uncertain: boolean;
}

/** Properties by which other resources name a resource. */
const IDENTITIES = [
  "arn",
  "id",
  "name",
  "bucket",
  "keyId",
  "url",
  "identifier",
  "clusterIdentifier",
  "functionName",
  "publicIp",
];

/** Those of them that a program chooses. */
const NAMES = ["name", "bucket", "identifier", "clusterIdentifier", "functionName"];

/** How far a link is followed through resources that only pass a value on. */
const MAX_HOPS = 3;

interface ReferrerIndex {
  readonly byTarget: ReadonlyMap<string, readonly ResourceNode[]>;
  /** Referrers whose target is not known: each may point to any resource. */
  readonly unresolved: boolean;
  /** Targets that are one of several candidates of some referrer. */
  readonly possible: ReadonlySet<string>;
}

/** Finds out which resources of a graph point to which. */
export class Links {
  private readonly identities = new Map<string, ReadonlyMap<string, readonly ResourceNode[]>>();
  private readonly unnamedNodes = new Map<string, readonly ResourceNode[]>();
  private readonly referrerIndexes = new Map<string, ReferrerIndex>();
  /** By node, and by path and type: many controls follow the same link. */
  private readonly followed = new Map<ResourceNode, Map<string, Related>>();

  public constructor(private readonly graph: ResourceGraph) {}

  public targets(from: ResourceNode, path: string, type: string): Related {
    const links = this.followed.get(from) ?? new Map<string, Related>();
    this.followed.set(from, links);
    const key = `${path} ${type}`;
    const related = links.get(key) ?? this.follow(from, path, type);
    links.set(key, related);
    return related;
  }

  private follow(from: ResourceNode, path: string, type: string): Related {
    const value = valueAt(from.inputs, path);
    const values = textsOf(value);
    const byIdentity = values.items.flatMap((text) => this.named(text, type));
    if (byIdentity.length > 0) return { nodes: unique(byIdentity), uncertain: !values.complete };
    const candidates = this.candidates(from, path, type);
    if (values.complete && values.items.length > 0) {
      // The value is known and names nothing here: only a target whose own name is not known yet can be meant.
      const nameless = candidates.filter((node) => identitiesOf(node).length === 0);
      if (nameless.length === 1) return { nodes: nameless, uncertain: false };
      const possible = unique([...nameless, ...this.unnamed(type)]);
      return { nodes: possible, uncertain: possible.length > 0 };
    }
    if (values.complete) return { nodes: [], uncertain: false };
    // Of a list, each item that is not known yet was made from one resource.
    return { nodes: candidates, uncertain: candidates.length !== unknownItems(value) };
  }

  public referrers(to: ResourceNode, type: string, path: string): Related {
    const index = this.referrerIndex(to.type, type, path);
    return {
      nodes: index.byTarget.get(to.urn) ?? [],
      uncertain: index.unresolved || index.possible.has(to.urn) || this.graph.partial,
    };
  }

  private referrerIndex(targetType: string, type: string, path: string): ReferrerIndex {
    const key = `${targetType} ${type} ${path}`;
    const existing = this.referrerIndexes.get(key);
    if (existing !== undefined) return existing;
    const byTarget = new Map<string, ResourceNode[]>();
    const possible = new Set<string>();
    let unresolved = false;
    for (const node of this.graph.ofType(type)) {
      const { nodes, uncertain } = this.targets(node, path, targetType);
      if (uncertain && nodes.length === 0) unresolved = true;
      for (const target of nodes) {
        if (uncertain) possible.add(target.urn);
        else append(byTarget, target.urn, node);
      }
    }
    const index = { byTarget, possible, unresolved };
    this.referrerIndexes.set(key, index);
    return index;
  }

  /** The resources of a type that a property's value was made from, also through resources that pass it on. */
  private candidates(from: ResourceNode, path: string, type: string): readonly ResourceNode[] {
    let urns = dependenciesOf(from, path);
    const seen = new Set<string>();
    for (let hop = 0; hop < MAX_HOPS && urns.length > 0; hop++) {
      const nodes = unique(urns.map((urn) => this.graph.node(urn)).filter((node) => node !== undefined));
      const found = nodes.filter((node) => node.type === type);
      if (found.length > 0) return found;
      for (const urn of urns) seen.add(urn);
      urns = nodes
        .flatMap((node) => Object.values(node.facts.propertyDependencies ?? {}).flat())
        .filter((urn) => !seen.has(urn));
    }
    return [];
  }

  /** The resources that a text names: by an identity of theirs, else by an ARN that holds their name. */
  private named(text: string, type: string): readonly ResourceNode[] {
    const index = this.identified(type);
    const name = nameIn(type, text);
    return index.get(text) ?? (name === undefined ? undefined : index.get(name)) ?? [];
  }

  private identified(type: string): ReadonlyMap<string, readonly ResourceNode[]> {
    const existing = this.identities.get(type);
    if (existing !== undefined) return existing;
    const index = new Map<string, ResourceNode[]>();
    for (const node of this.graph.nodes) {
      if (node.type !== type) continue;
      for (const name of identitiesOf(node)) append(index, name, node);
    }
    this.identities.set(type, index);
    return index;
  }

  /** The resources of a type whose name is given by a value that is not known yet. */
  private unnamed(type: string): readonly ResourceNode[] {
    const existing = this.unnamedNodes.get(type);
    if (existing !== undefined) return existing;
    const found = this.graph.nodes.filter((node) => node.type === type && hasUnknownName(node));
    this.unnamedNodes.set(type, found);
    return found;
  }
}

/** Whether a program gives a resource a name that is not known yet. */
export const hasUnknownName = (node: ResourceNode): boolean =>
  NAMES.some((name) => isUnknown(reveal(node.inputs[name] ?? null)));

/** Everything by which a resource may be named: its id, its ARN, its physical name. */
export function identitiesOf(node: ResourceNode): readonly string[] {
  const before = known.get(node);
  if (before !== undefined) return before;
  const identities = namesOf(node);
  known.set(node, identities);
  return identities;
}

const known = new WeakMap<ResourceNode, readonly string[]>();

function namesOf(node: ResourceNode): readonly string[] {
  const names = new Set<string>();
  if (node.facts.id !== undefined && node.facts.id !== "") names.add(node.facts.id);
  for (const property of IDENTITIES) {
    for (const value of [node.inputs[property], node.output(property)]) {
      const text = value === undefined ? UNKNOWN : reveal(value);
      if (typeof text === "string" && text !== "") names.add(text);
    }
  }
  if (node.type === "aws:s3/bucket:Bucket") {
    for (const name of [...names]) {
      if (!name.startsWith("arn:"))
        for (const partition of ["aws", "aws-cn", "aws-us-gov"]) names.add(`arn:${partition}:s3:::${name}`);
    }
  }
  return [...names];
}

/** Property dependencies are recorded by top-level property, and by path in newer engines. */
function dependenciesOf(node: ResourceNode, path: string): readonly string[] {
  const recorded = node.facts.propertyDependencies ?? {};
  const top = path.split(".")[0] ?? path;
  return Object.hasOwn(recorded, path)
    ? (recorded[path] ?? [])
    : Object.hasOwn(recorded, top)
      ? (recorded[top] ?? [])
      : [];
}

/** All values at a path; lists on the way are gone through. */
function valueAt(root: Value, path: string): Value | undefined {
  let current: readonly Value[] = [root];
  for (const step of path.split(".")) {
    const next: Value[] = [];
    for (const value of current.flatMap((item) => (isList(reveal(item)) ? listOf(item) : [item]))) {
      const inner = reveal(value);
      if (isUnknown(inner)) next.push(UNKNOWN);
      else if (isProperties(inner) && Object.hasOwn(inner, step)) next.push(inner[step] ?? null);
    }
    current = next;
  }
  const values = current.flatMap(listOf).filter((value) => value !== null);
  return values.length === 0 ? undefined : values;
}

function unknownItems(value: Value | undefined): number {
  return value === undefined ? 0 : listOf(value).filter((item) => isUnknown(reveal(item))).length;
}

function listOf(value: Value): readonly Value[] {
  const inner = reveal(value);
  return isList(inner) ? inner : [value];
}

function append<T>(index: Map<string, T[]>, key: string, item: T): void {
  const items = index.get(key);
  if (items === undefined) index.set(key, [item]);
  else items.push(item);
}

function unique(nodes: readonly ResourceNode[]): ResourceNode[] {
  return [...new Set(nodes)];
}

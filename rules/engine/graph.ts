import type { ResourceArgs, ResourceType } from "../catalog/generated/resource-types";
import { Links } from "./links";
import type { Related } from "./links";
import type { Holder } from "./place";
import { Reader } from "./reader";
import { canonicalNames, canonicalToken } from "./twins";
import { mark, propertiesIn } from "./values";
import type { Properties, Value } from "./values";

/** A resource as a source (a recorded program, a state file, a preview, the policy engine) describes it. */
export interface ResourceFacts {
  readonly urn: string;
  /** The declared type token. */
  readonly type: string;
  /** What the program asked for, in Pulumi's wire format. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the provider answered, where there is a state. Used for identity only. */
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
  readonly id?: string | undefined;
  readonly parent?: string | undefined;
  /** The URN of the provider, with or without `::ID` behind it. */
  readonly provider?: string | undefined;
  readonly dependencies?: readonly string[] | undefined;
  /** Property to the URNs that its value was made from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Not a subject of controls: it is read, not managed, or about to be deleted, or a component. */
  readonly passive?: boolean | undefined;
  /** The program only reads it (`.get()`, or a data source as a resource): others own it. Then it is passive, too. */
  readonly read?: boolean | undefined;
}

/** One resource of a {@link ResourceGraph}; its properties are marked when they are first read. */
export class ResourceNode {
  /** The canonical type token. */
  public readonly type: string;
  public readonly urn: string;
  private marked: Properties | undefined;

  public constructor(public readonly facts: ResourceFacts) {
    this.urn = facts.urn;
    this.type = canonicalToken(facts.type);
  }

  /** The logical name. */
  public get name(): string {
    return this.urn.slice(this.urn.lastIndexOf("::") + 2);
  }

  public get inputs(): Properties {
    return (this.marked ??= propertiesIn(mark(canonicalNames(this.facts.type, this.facts.inputs))));
  }

  /** One output; only what is asked for is marked, for a state has many that nobody reads. */
  public output(name: string): Value | undefined {
    const outputs = this.facts.outputs;
    return outputs !== undefined && Object.hasOwn(outputs, name) ? mark(outputs[name]) : undefined;
  }

  /** The resource as what a check reads beside the one that it judges. */
  public get holder(): Holder {
    return { urn: this.urn, type: this.facts.type };
  }

  /**
   * A reader over the inputs, typed by a type token; the caller has chosen the node by that type. Reasons that come from
   * it name the resource.
   */
  public reader<K extends ResourceType>(type: K): Reader<ResourceArgs[K]> {
    return new Reader<ResourceArgs[K]>(type, this.inputs, "", this.holder);
  }
}

export interface GraphOptions {
  /**
   * Only a part of the stack is in the graph (one resource, while it is registered), so that the absence of a
   * resource proves nothing.
   */
  readonly partial?: boolean;
}

/**
 * The resources of one stack with their links. Links are followed by property dependencies first, for they survive
 * unknown ids, then by id, name or ARN.
 */
export class ResourceGraph {
  public readonly nodes: readonly ResourceNode[];
  /** Whether resources may exist that are not in the graph although they belong to the stack. */
  public readonly partial: boolean;
  private readonly byUrn = new Map<string, ResourceNode>();
  private readonly byType = new Map<string, ResourceNode[]>();
  private readonly asked = new Set<string>();
  private readonly linking: Links;

  public constructor(facts: readonly ResourceFacts[], options: GraphOptions = {}) {
    this.partial = options.partial ?? false;
    this.nodes = facts.map((fact) => new ResourceNode(fact));
    for (const node of this.nodes) {
      this.byUrn.set(node.urn, node);
      if (node.facts.passive === true) continue;
      const same = this.byType.get(node.type);
      if (same === undefined) this.byType.set(node.type, [node]);
      else same.push(node);
    }
    this.linking = new Links(this);
  }

  /** The managed resources of a canonical type, in the order of the source. */
  public ofType(type: string): readonly ResourceNode[] {
    this.asked.add(type);
    return this.byType.get(type) ?? [];
  }

  public node(urn: string): ResourceNode | undefined {
    return this.byUrn.get(urn);
  }

  /**
   * Whether resources of a canonical type were asked for so far: to judge them, or to read them beside others. After an
   * evaluation, no control looked at a type of which this is false.
   */
  public wasAskedFor(type: string): boolean {
    return this.asked.has(type);
  }

  /** The types that occur, canonical. */
  public types(): IterableIterator<string> {
    return this.byType.keys();
  }

  /** The provider resource of a node, where the source has it. */
  public providerOf(node: ResourceNode): ResourceNode | undefined {
    const reference = node.facts.provider;
    if (reference === undefined) return undefined;
    return (
      this.byUrn.get(reference) ??
      this.byUrn.get(reference.slice(0, Math.max(0, reference.lastIndexOf("::"))))
    );
  }

  /** The resources of a type that a property of a resource points to. */
  public targets(from: ResourceNode, path: string, type: string): Related {
    this.asked.add(type);
    return this.linking.targets(from, path, type);
  }

  /** The resources of a type whose property points to a resource. */
  public referrers(to: ResourceNode, type: string, path: string): Related {
    this.asked.add(type);
    return this.linking.referrers(to, type, path);
  }
}

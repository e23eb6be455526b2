import type { ManagedRuleIdentifier, ManagedRuleParameters } from "../catalog/generated/rule-types";
import type { ResourceArgs, ResourceType } from "../catalog/generated/resource-types";
import type { ResourceGraph, ResourceNode } from "./graph";
import type { Outcome } from "./outcome";
import type { Reader } from "./reader";

/** Of a rule without parameters. */
export type NoParameters = Readonly<Record<string, never>>;

/** The parameters of a managed rule, in AWS's spelling; empty for a rule without parameters. */
export type ParametersOf<K> = K extends keyof ManagedRuleParameters ? ManagedRuleParameters[K] : NoParameters;

/** What a check sees beside the resource: the stack and the resource's place in it. */
export interface Context {
  readonly stack: ResourceGraph;
  readonly node: ResourceNode;
  /**
   * What AWS's own default already satisfies must be configured explicitly all the same, e.g. the public access block
   * that new buckets have had since April 2023.
   */
  readonly strict: boolean;
}

/** Judges one resource. Pure, synchronous, total. */
export type Check<T, P> = (resource: Reader<T>, parameters: P, context: Context) => Outcome;

/**
 * How a policy decides.
 * - `resource`: from one resource (and its provider); it can stop that resource before it is created.
 * - `stack`: needs other resources of the stack; it stops the stack in preview.
 * - `partial`: what a stack shows can prove a violation, but the account as a whole decides about compliance.
 */
export type Decision = "resource" | "stack" | "partial";

/** The preventive implementation of a control. */
export interface Policy<P = never> {
  /** What the control asks for: one sentence that states the good condition. */
  readonly title: string;
  readonly decision: Decision;
  /** By canonical type token: the check of a resource of that type. */
  readonly checks: ReadonlyMap<ResourceType, Check<unknown, P>>;
  /**
   * Of a stack policy: checks of single resources that show a violation before the whole stack is known, e.g. the
   * status on a bucket's versioning resource. Used only while a resource is registered.
   */
  readonly early: ReadonlyMap<ResourceType, Check<unknown, P>>;
}

/** Checks by canonical type token, each typed by the `...Args` interface of its class. */
export type Checks<P, K extends ResourceType> = { readonly [T in K]: Check<ResourceArgs[T], P> };

interface PolicyOptions {
  /** The stack shows only a part of what decides; see {@link Decision}. */
  readonly partial?: boolean;
}

/** A control that is decided from one resource. */
export function policy<P, K extends ResourceType>(
  title: string,
  checks: Checks<P, K>,
  options: PolicyOptions = {},
): Policy<P> {
  const decision = options.partial === true ? "partial" : "resource";
  return { title, decision, checks: tableOf(checks), early: new Map() };
}

/** A control that needs other resources of the stack. */
export function stackPolicy<P, K extends ResourceType, E extends ResourceType = never>(
  title: string,
  checks: Checks<P, K>,
  early?: Checks<P, E>,
): Policy<P> {
  return {
    title,
    decision: "stack",
    checks: tableOf(checks),
    early: early === undefined ? new Map<ResourceType, Check<unknown, P>>() : tableOf(early),
  };
}

/** A control that asks the same of resources of several types, and reads nothing that only one of them has. */
export function sharedPolicy<P>(
  title: string,
  types: readonly ResourceType[],
  check: Check<unknown, P>,
): Policy<P> {
  const checks = new Map(types.map((type) => [type, check]));
  return { title, decision: "resource", checks, early: new Map() };
}

function tableOf<P, K extends ResourceType>(
  checks: Checks<P, K>,
): ReadonlyMap<ResourceType, Check<unknown, P>> {
  // The evaluator looks a check up by the very token that types it.
  return new Map(Object.entries(checks)) as unknown as ReadonlyMap<ResourceType, Check<unknown, P>>;
}

/** The policies of a service's controls, by identifier. */
export type Policies = { readonly [K in ManagedRuleIdentifier]?: Policy<ParametersOf<K>> };

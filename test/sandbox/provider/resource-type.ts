import { type OutputInstance, type Resource } from "@pulumi/pulumi";

import { type JsonObject } from "../json";
import { type Session } from "./session";
import { type Properties } from "./values";

/** A policy document; Check has turned it into text. */
interface Document {
  readonly Version: unknown;
  readonly Statement: unknown;
}

/** An argument as it arrives: known, references to resources as ids, documents as text, files as their descriptors. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Promise<unknown> | OutputInstance<unknown> | Resource | Document
    ? never
    : keyof T extends never
      ? JsonObject
      : T extends readonly (infer Element)[]
        ? readonly Plain<Element>[]
        : { readonly [K in keyof T]: Plain<T[K]> };

/** The inputs of a resource after Check, all known: the arguments of the class, and what Check adds to them. */
export type Args<A> = { readonly [K in keyof A]: Plain<A[K]> } & {
  /** The provider's default tags and the resource's own. */
  readonly tagsAll?: Readonly<Record<string, string>>;
};

/** What AWS holds, by the names of the Pulumi properties; `undefined` where AWS holds nothing. */
export type Live = Properties;

/** How one resource type is created, read, changed and deleted. */
export interface ResourceType<A, Arguments = Args<A>> {
  /** Properties whose change needs a new resource, besides those that the documentation names. */
  readonly replaceOn?: readonly (keyof A & string)[];
  /** What the provider's schema fills in. False, zero and empty text are not listed: the bridge leaves them out. */
  readonly defaults?: { readonly [K in keyof A]?: Plain<A[K]> };
  /** Problems that the provider itself finds before it calls AWS, as pairs of property and reason. */
  check?(args: Arguments): readonly (readonly [keyof A & string, string])[];
  /** Creates the resource and returns its id. Where no `update` or `configure` is given, it overwrites too. */
  create(session: Session, args: Arguments): Promise<string>;
  /** Completes what was just created, and repeats it in an update: everything that needs a call of its own. */
  configure?(session: Session, id: string, args: Arguments, old: Arguments | undefined): Promise<void>;
  /** Changes what `configure` does not. */
  update?(session: Session, id: string, args: Arguments, old: Arguments): Promise<void>;
  /** Reads the resource; throws the error of AWS, or returns `undefined`, when it is gone. */
  read(session: Session, id: string, args: Partial<Arguments>): Promise<Live | undefined>;
  delete(session: Session, id: string, args: Arguments): Promise<void>;
}

/** A resource type whose arguments are not told apart any more, as the server handles it. */
export type AnyResourceType = ResourceType<Properties, Properties>;

/** Resource types of one service, by token. */
export type ResourceTypes = Readonly<Record<string, AnyResourceType>>;

/** Declares a resource type with typed arguments. */
export function resourceType<A>(type: ResourceType<A>): AnyResourceType {
  // Check has held the inputs against the declarations of A.
  return type as unknown as AnyResourceType;
}

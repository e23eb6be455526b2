import { printable } from "../../rules";
import type { ResourceFacts } from "../../rules";
import { UsageError } from "../errors";
import { isObject, own } from "./json";
import type { Json } from "./json";

/** The order in which {@link checked} looks at a resource's neighbours. */
type Edges = ReadonlyMap<string, readonly string[]>;

/**
 * A resource as a state file or a preview writes it.
 * @param place - the place in the document, e.g. `deployment.resources[3]`.
 * @throws UsageError when it is no resource.
 */
export function resourceFacts(value: unknown, file: string, place: string): ResourceFacts {
  if (!isObject(value)) throw malformed(file, place, "is not an object");
  const text = (name: string): string | undefined => {
    const found = own(value, name);
    if (found === undefined || found === null || found === "") return undefined;
    if (typeof found !== "string") throw malformed(file, `${place}.${name}`, "is not a text");
    return found;
  };
  const map = (name: string): Json | undefined => {
    const found = own(value, name);
    if (found === undefined || found === null) return undefined;
    if (!isObject(found)) throw malformed(file, `${place}.${name}`, "is not an object");
    return found;
  };
  const urn = text("urn");
  if (urn === undefined) throw malformed(file, place, 'has no "urn"');
  const type = text("type") ?? typeOf(urn);
  if (type === undefined) throw malformed(file, `${place}.urn`, "is not a URN");
  return {
    urn,
    type,
    inputs: map("inputs") ?? {},
    outputs: map("outputs"),
    id: text("id"),
    parent: text("parent"),
    provider: text("provider"),
    dependencies: texts(value, "dependencies", file, place),
    propertyDependencies: lists(map("propertyDependencies") ?? {}, file, `${place}.propertyDependencies`),
    ...standingOf(value, type, file, place),
  };
}

/** The error for a part of a document that is not as Pulumi writes it. */
export const malformed = (file: string, place: string, what: string): UsageError =>
  new UsageError(
    `"${printable(place)}" ${what}. The file is damaged, or was not written by Pulumi. Let Pulumi write it again.`,
    file,
  );

/**
 * The list in a property; one that is absent is empty.
 * @throws UsageError when it is no list.
 */
export function listOf(object: Json, name: string, file: string, place = name): readonly unknown[] {
  const found = own(object, name);
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found)) throw malformed(file, place, "is not a list");
  return found;
}

/** The type is the last part of a URN's qualified type. */
function typeOf(urn: string): string | undefined {
  return urn.split("::")[2]?.split("$").pop();
}

/**
 * Read resources, components, providers and what is about to be deleted are no subjects of controls. Only what the
 * document says outright makes a resource one of them: one without a word on it is judged.
 */
function standingOf(
  value: Json,
  type: string,
  file: string,
  place: string,
): Pick<ResourceFacts, "passive" | "read"> {
  const flag = (name: string): boolean | undefined => {
    const found = own(value, name);
    if (found === undefined || found === null) return undefined;
    if (typeof found !== "boolean") throw malformed(file, `${place}.${name}`, "is neither true nor false");
    return found;
  };
  const read = flag("external") === true;
  const isLeaving = [flag("delete"), flag("pendingReplacement")].includes(true);
  return {
    read,
    passive: flag("custom") === false || read || isLeaving || type.startsWith("pulumi:providers:"),
  };
}

function texts(object: Json, name: string, file: string, place: string): readonly string[] {
  return listOf(object, name, file, `${place}.${name}`).map((item, index) => {
    if (typeof item !== "string") throw malformed(file, `${place}.${name}[${index}]`, "is not a text");
    return item;
  });
}

function lists(map: Json, file: string, place: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.keys(map)
      .map((name) => [name, texts(map, name, file, place)] as const)
      .filter(([, urns]) => urns.length > 0),
  );
}

/** A resource of a document, with what decides whether it stays in the graph. */
export interface Listed {
  readonly facts: ResourceFacts;
  /** An old copy that is deleted at the end of an update; the living one has the same URN. */
  readonly doomed: boolean;
}

/**
 * The resources of one stack, without old copies.
 * @param complete - whether every resource of the stack is listed, so that each parent must be there.
 * @throws UsageError for a URN that occurs twice, a parent that is missing, or a circle.
 */
export function checked(
  listed: readonly Listed[],
  file: string,
  complete: boolean,
): readonly ResourceFacts[] {
  const byUrn = new Map<string, Listed>();
  for (const resource of listed) {
    const { urn } = resource.facts;
    const other = byUrn.get(urn);
    if (other !== undefined && !other.doomed && !resource.doomed) {
      throw new UsageError(
        `The resource "${printable(urn)}" is listed twice. Repair the state with "pulumi state repair", and export it again.`,
        file,
      );
    }
    if (other === undefined || other.doomed) byUrn.set(urn, resource);
  }
  const facts = [...byUrn.values()].map((resource) => resource.facts);
  for (const { urn, parent } of facts) {
    if (!complete || parent === undefined || byUrn.has(parent)) continue;
    throw new UsageError(
      `The parent "${printable(parent)}" of "${printable(urn)}" is missing. ` +
        'Repair the state with "pulumi state repair", and export it again.',
      file,
    );
  }
  const circle =
    circleIn(new Map(facts.map(({ urn, parent }) => [urn, parent === undefined ? [] : [parent]]))) ??
    circleIn(new Map(facts.map(({ urn, dependencies = [] }) => [urn, dependencies])));
  if (circle !== undefined) {
    throw new UsageError(
      `The resources depend on each other in a circle: ${circle.map(printable).join(" -> ")}. ` +
        'Repair the state with "pulumi state repair", and export it again.',
      file,
    );
  }
  return facts;
}

/** A path that ends where it begins; found without recursion, for chains may be long. */
function circleIn(edges: Edges): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    if (done.has(start)) continue;
    const path: { readonly urn: string; next: number }[] = [{ urn: start, next: 0 }];
    const onPath = new Set([start]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = edges.get(top.urn)?.[top.next++];
      if (target === undefined) {
        done.add(top.urn);
        onPath.delete(top.urn);
        path.pop();
      } else if (onPath.has(target)) {
        const urns = path.map((step) => step.urn);
        return [...urns.slice(urns.indexOf(target)), target];
      } else if (!done.has(target)) {
        onPath.add(target);
        path.push({ urn: target, next: 0 });
      }
    }
  }
  return undefined;
}

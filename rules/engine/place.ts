import { printable } from "./values";

/** Where something was read, and how a message says so. */

/** A resource that holds a property. */
export interface Holder {
  readonly urn: string;
  /** The declared type token. */
  readonly type: string;
}

export interface Place {
  /** The property that shows it, as a dotted path; absent when nothing can be named. */
  readonly property?: string | undefined;
  /** The resource that holds it; absent for the one that is judged. */
  readonly holder?: Holder | undefined;
}

/** What was read somewhere, as a clause. */
export interface Found extends Place {
  readonly found: string;
}

/** How messages name a resource: `BucketPublicAccessBlock "site"`. */
export function labelOf({ urn, type }: Holder): string {
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  return `${type.slice(type.lastIndexOf(":") + 1)} "${printable(name)}"`;
}

/** The first place among several that names a property. */
export const shownBy = (places: readonly Place[]): Place =>
  places.find(({ property }) => property !== undefined) ?? {};

/**
 * Several clauses as one, each said once. What another resource than the one that is judged holds comes last, behind the
 * name of that resource, so that it cannot be taken for a property of the first; a clause that has the name keeps it.
 * @param subject - The URN of the resource that is judged, where its own properties may be read as those of a holder.
 */
export function joined(items: readonly Found[], subject?: string): string {
  const own = new Set<string>();
  const others = new Map<string, Set<string>>();
  const isOther = ({ holder }: Found): boolean => holder !== undefined && holder.urn !== subject;
  for (const item of items) {
    const { found, holder, property } = item;
    const label = holder !== undefined && isOther(item) ? labelOf(holder) : undefined;
    if (label !== undefined && !found.includes(label))
      others.set(label, (others.get(label) ?? new Set()).add(found));
    // What is missing altogether need not be said beside what a holder lacks in the same words.
    else if (property !== undefined || !items.some((other) => isOther(other) && other.found === found))
      own.add(found);
  }
  return [
    ...own,
    ...[...others].map(([label, clauses]) => `in ${label}, ${[...clauses].join(" and ")}`),
  ].join(" and ");
}

import { any, compliant, undecided, violation } from "../engine";
import type { Context, Outcome, Reader } from "../engine";
import { SUBNET_TYPES } from "./zones";

/**
 * A load balancer has at most one subnet in each Availability Zone, so that its subnets, or the zones that it names, can
 * be counted. A list that is not known yet is counted by the subnets of the stack that it was made from.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export function countsZones(
  reader: Reader<unknown>,
  lists: readonly (readonly [list: string, member?: string])[],
  { stack, node }: Context,
  minimum: number,
): Outcome {
  const outcomes = lists
    .filter(([list]) => reader.at(list).kind !== "absent")
    .map(([list, member]): Outcome => {
      const reason = reader.reason(list, `name at least ${minimum} Availability Zones`);
      const read = reader.at(list);
      if (read.kind === "unknown") return undecided(reason);
      const path = member === undefined ? list : `${list}.${member}`;
      const { known, unknown } = entriesOf(reader, list, member);
      if (known.size >= minimum) return compliant();
      if (known.size + unknown < minimum) return violation(reason);
      // Two unknown entries may be the same subnet, unless they were made from as many different ones.
      const nodes = SUBNET_TYPES.flatMap((type) => stack.targets(node, path, type).nodes);
      return known.size + Math.min(unknown, nodes.length) >= minimum ? compliant() : undecided(reason);
    });
  const none = reader.reason(lists[0]?.[0] ?? "subnets", `name at least ${minimum} Availability Zones`);
  return outcomes.length === 0 ? violation(none) : any(...outcomes);
}

function entriesOf(
  reader: Reader<unknown>,
  list: string,
  member: string | undefined,
): { readonly known: ReadonlySet<string>; readonly unknown: number } {
  const known = new Set<string>();
  let unknown = 0;
  const read = reader.at(list);
  const length = read.kind === "known" && Array.isArray(read.value) ? read.value.length : 1;
  if (member === undefined) {
    const { items } = (reader as Reader<Record<string, string[]>>).texts(list);
    for (const item of items) known.add(item);
    return { known, unknown: length - items.length };
  }
  const { items } = (reader as Reader<Record<string, object[]>>).each(list);
  unknown = length - items.length;
  for (const item of items) {
    const value = item.at(member);
    if (value.kind === "known" && typeof value.value === "string") known.add(value.value);
    else unknown += 1;
  }
  return { known, unknown };
}

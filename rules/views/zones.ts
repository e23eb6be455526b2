import { check, compliant, undecided, violation } from "../engine";
import type { Context, Outcome, Path, Reader } from "../engine";

const SUBNET = "aws:ec2/subnet:Subnet";
/** Default subnets name their zone as others do. */
export const SUBNET_TYPES = [SUBNET, "aws:ec2/defaultSubnet:DefaultSubnet"] as const;

/** How many entries a list has, known or not; undefined while the list is not known. */
function lengthOf(reader: Reader<unknown>, path: string): number | undefined {
  const read = reader.at(path);
  if (read.kind === "unknown") return undefined;
  if (read.kind === "absent") return 0;
  return Array.isArray(read.value) ? read.value.length : 1;
}

/**
 * The subnets that a list names lie in enough different Availability Zones. One subnet is in one zone. Subnets of other
 * stacks do not show their zone.
 */
export function spansZones<T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  { stack, node }: Context,
  minimum: number,
): Outcome {
  const reason = reader.reason(path, `name subnets in at least ${minimum} Availability Zones`);
  const count = lengthOf(reader, path);
  if (count === undefined) return undecided(reason);
  if (count < minimum) return violation(reason);
  const related = SUBNET_TYPES.map((type) => stack.targets(node, reader.name(path), type));
  const nodes = related.flatMap((one) => one.nodes);
  // Subnets of both kinds leave each kind uncertain, and together are all that the list was made from.
  const uncertain = nodes.length !== count && related.some((one) => one.uncertain && one.nodes.length > 0);
  const zones = nodes.map((subnet) => {
    const own = subnet.reader(SUBNET);
    return { name: own.value("availabilityZone"), id: own.value("availabilityZoneId") };
  });
  // A name and an id may be those of one zone.
  const [byName = 0, byId = 0] = (["name", "id"] as const).map(
    (kind) => new Set(zones.map((zone) => zone[kind]).filter((zone) => typeof zone === "string")).size,
  );
  const isSpread = Math.max(byName, byId) >= minimum;
  if (isSpread && !uncertain) return compliant();
  const allBy = (kind: "name" | "id"): boolean => zones.every((zone) => typeof zone[kind] === "string");
  const isSettled = !uncertain && nodes.length === count && (allBy("name") || allBy("id"));
  return isSettled ? check(isSpread, reason) : undecided(reason);
}

import { isUnknown, reveal, UNKNOWN } from "../engine";
import type { ResourceGraph, ResourceNode, Ternary, Unknown, Value } from "../engine";

/** Where a resource lives: its own region, else that of its provider, else that of the environment, which is not seen. */
interface Place {
  readonly region: string | undefined;
  /** The region is given by a value that is not known yet. */
  readonly unknown: boolean;
  readonly provider: string;
}

function placeOf(node: ResourceNode, stack: ResourceGraph): Place {
  const provider = stack.providerOf(node);
  const given = regionIn(node.inputs["region"]) ?? regionIn(provider?.inputs["region"]);
  return {
    region: isUnknown(given) ? undefined : given,
    unknown: isUnknown(given),
    provider: provider?.urn ?? "",
  };
}

function regionIn(value: Value | undefined): string | Unknown | undefined {
  const inner = reveal(value ?? null);
  return isUnknown(inner) || (typeof inner === "string" && inner !== "") ? inner : undefined;
}

/** The region of a resource; unknown also where only the environment gives it. */
export function regionOf(node: ResourceNode, stack: ResourceGraph): string | Unknown {
  return placeOf(node, stack).region ?? UNKNOWN;
}

/** Whether two resources live in different regions. */
export function inOtherRegion(a: ResourceNode, b: ResourceNode, stack: ResourceGraph): Ternary {
  const [one, other] = [placeOf(a, stack), placeOf(b, stack)];
  if (one.unknown || other.unknown) return "unknown";
  if (one.region !== undefined && other.region !== undefined) return one.region !== other.region;
  return one.region === other.region && one.provider === other.provider ? false : "unknown";
}

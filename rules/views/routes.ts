import { both, either, isUnknown, textsOf } from "../engine";
import type { Context, Items, Reader, ResourceNode, Ternary } from "../engine";
import { isEverywhere } from "./networks";

/** The routes of a table, which come inline and as resources of their own, and where they lead. */

const ROUTE = "aws:ec2/route:Route";
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const VPN_GATEWAY = "aws:ec2/vpnGateway:VpnGateway";

/** Where a route goes: the networks by property, and the gateway. */
export interface Route {
  readonly reader: Reader<unknown>;
  readonly node: ResourceNode;
  /** The property of the node that holds the gateway, for links. */
  readonly gatewayPath: string;
  readonly destinations: readonly string[];
}

/** Properties of a route that name another kind of target than an internet gateway. */
const OTHER_TARGETS = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

export function goesEverywhere({ reader, destinations }: Route): Ternary {
  return either(
    ...destinations.map((path): Ternary => {
      const { items, complete } = textsOf(reader.valueAt(path));
      if (items.some(isEverywhere)) return true;
      return complete ? false : "unknown";
    }),
  );
}

/** By the prefix of a known id, or by what a value that is not known yet was made from. */
export function goesToInternetGateway(
  { reader, node, gatewayPath }: Route,
  { stack }: Pick<Context, "stack">,
): Ternary {
  const gateway = reader.valueAt("gatewayId");
  if (typeof gateway === "string") return gateway.startsWith("igw-");
  if (!isUnknown(gateway)) return false;
  if (OTHER_TARGETS.some((path) => reader.at(path).kind === "known")) return false;
  const { nodes, uncertain } = stack.targets(node, gatewayPath, INTERNET_GATEWAY);
  const isVpn = stack.targets(node, gatewayPath, VPN_GATEWAY).nodes.length > 0;
  if (nodes.length === 0) return isVpn ? false : "unknown";
  // The routes of a table depend on all their gateways at once.
  return isVpn || (uncertain && gatewayPath === "gatewayId") ? "unknown" : true;
}

/** The route that a resource of its own type is. */
export const routeOf = (node: ResourceNode): Route => ({
  reader: node.reader(ROUTE),
  node,
  gatewayPath: "gatewayId",
  destinations: ["destinationCidrBlock", "destinationIpv6CidrBlock"],
});

/** Every route of a table; incomplete when some are not known yet. */
export function routesOf(node: ResourceNode, { stack }: Pick<Context, "stack">): Items<Route> {
  // The default table has the same inline blocks as any other.
  const table = node.reader("aws:ec2/routeTable:RouteTable");
  const inline = table.each("routes");
  const separate = stack.referrers(node, ROUTE, "routeTableId");
  const destinations = ["cidrBlock", "ipv6CidrBlock"];
  return {
    items: [
      ...inline.items.map((reader) => ({ reader, node, gatewayPath: "routes.gatewayId", destinations })),
      ...separate.nodes.map(routeOf),
    ],
    complete: inline.complete && !separate.uncertain,
  };
}

/** Whether a table leads from everywhere to an internet gateway. */
export function leadsToInternet(node: ResourceNode, context: Pick<Context, "stack">): Ternary {
  const { items, complete } = routesOf(node, context);
  return either(
    ...items.map((route) => both(goesEverywhere(route), goesToInternetGateway(route, context))),
    complete ? false : "unknown",
  );
}

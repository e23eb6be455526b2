import {
  all,
  any,
  check,
  compliant,
  either,
  given,
  isUnknown,
  policy,
  stackPolicy,
  textsOf,
  undecided,
  UNKNOWN,
  violation,
} from "../engine";
import type {
  Context,
  Known,
  NoParameters,
  Outcome,
  Policies,
  Reader,
  ResourceNode,
  Ternary,
  Unknown,
} from "../engine";
import { admitsEverybody, ingressEntries } from "../views/network-acl";
import { isEverywhere } from "../views/networks";

const ROUTE = "aws:ec2/route:Route";
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const VPN_GATEWAY = "aws:ec2/vpnGateway:VpnGateway";
const SUBNET = "aws:ec2/subnet:Subnet";

/** SSH and RDP; RDP also goes over UDP. */
const ADMINISTRATION = [22, 3389];

function closedAcl(acl: Reader<unknown>, _: NoParameters, context: Context): Outcome {
  const entries = ingressEntries(acl, context);
  const outcomes = ADMINISTRATION.flatMap((port) =>
    (["tcp", "udp"] as const).flatMap((protocol) =>
      (["ipv4", "ipv6"] as const).map((version): Outcome => {
        const fact = admitsEverybody(entries, protocol, port, version);
        if (fact === false) return compliant();
        const reason = {
          property: "ingress",
          found: `${protocol} port ${port} ${fact === true ? "is" : "may be"} open to every ${version === "ipv4" ? "IPv4" : "IPv6"} address`,
          fix: "allow it to named networks only, or deny it by an entry with a lower number",
          key: `${protocol}/${port} ${version}`,
        };
        return fact === true ? violation(reason) : undecided(reason);
      }),
    ),
  );
  return all(...outcomes);
}

/** Where a route goes: the networks by property, and the gateway. */
interface Route {
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

function valueOf(reader: Reader<unknown>, path: string): Known | Unknown | undefined {
  const read = reader.at(path);
  return read.kind === "unknown" ? UNKNOWN : read.kind === "known" ? read.value : undefined;
}

function goesEverywhere({ reader, destinations }: Route): Ternary {
  return either(
    ...destinations.map((path): Ternary => {
      const { items, complete } = textsOf(valueOf(reader, path));
      if (items.some(isEverywhere)) return true;
      return complete ? false : "unknown";
    }),
  );
}

/** By the prefix of a known id, or by what a value that is not known yet was made from. */
function goesToInternetGateway({ reader, node, gatewayPath }: Route, { stack }: Context): Ternary {
  const gateway = valueOf(reader, "gatewayId");
  if (typeof gateway === "string") return gateway.startsWith("igw-");
  if (!isUnknown(gateway)) return false;
  if (OTHER_TARGETS.some((path) => reader.at(path).kind === "known")) return false;
  const { nodes, uncertain } = stack.targets(node, gatewayPath, INTERNET_GATEWAY);
  const isVpn = stack.targets(node, gatewayPath, VPN_GATEWAY).nodes.length > 0;
  if (nodes.length === 0) return isVpn ? false : "unknown";
  // The routes of a table depend on all their gateways at once.
  return isVpn || (uncertain && gatewayPath === "gatewayId") ? "unknown" : true;
}

function judgeRoute(route: Route, context: Context): Outcome {
  const everywhere = goesEverywhere(route);
  const gateway = goesToInternetGateway(route, context);
  if (everywhere === false || gateway === false) return compliant();
  const reason = {
    property: route.reader.name("gatewayId"),
    found: "a route leads from everywhere to an internet gateway",
    fix: "route to named networks, or by a NAT gateway",
  };
  if (everywhere === true && gateway === true) return violation(reason);
  return undecided({ ...reason, found: "a route may lead from everywhere to an internet gateway" });
}

const routeOf = (node: ResourceNode): Route => ({
  reader: node.reader(ROUTE),
  node,
  gatewayPath: "gatewayId",
  destinations: ["destinationCidrBlock", "destinationIpv6CidrBlock"],
});

/** A table that a parameter exempts by id may lead to the internet. */
function privateTable(
  table: Reader<unknown>,
  parameters: { readonly routeTableIds?: readonly string[] | undefined },
  context: Context,
): Outcome {
  const { node, stack } = context;
  const id = node.facts.id;
  const exempted = parameters.routeTableIds ?? [];
  if (id !== undefined && exempted.includes(id)) return compliant();
  if (id === undefined && stack.partial && exempted.length > 0) {
    // While a resource is registered its id is not told, and it may be one of these.
    return undecided({
      found: "the id of the route table is not known yet",
      fix: "check it again with the whole stack",
    });
  }
  const property =
    node.type === "aws:ec2/defaultRouteTable:DefaultRouteTable" ? "defaultRouteTableId" : "routes";
  const inline = (table as Reader<{ routes: { gatewayId: string }[] }>).each("routes");
  const separate = stack.referrers(node, ROUTE, "routeTableId");
  const complete = inline.complete && !separate.uncertain;
  return all(
    ...inline.items.map((reader) =>
      judgeRoute(
        { reader, node, gatewayPath: "routes.gatewayId", destinations: ["cidrBlock", "ipv6CidrBlock"] },
        context,
      ),
    ),
    ...separate.nodes.map((route) => judgeRoute(routeOf(route), context)),
    complete
      ? compliant()
      : undecided({
          property,
          found: "not all routes of the table are known yet",
          fix: "make the routes known",
        }),
  );
}

/** The id of a VPC is among the authorised ones. A VPC that is yet to be made has an id that no parameter can name. */
function authorized(vpc: Reader<unknown>, property: string, ids: readonly string[] | undefined): Outcome {
  const read = vpc.at(property);
  const reason = vpc.reason(property, "attach it to an authorised VPC only");
  if (read.kind === "absent") return compliant();
  if (ids === undefined) return violation(reason);
  return read.kind === "unknown"
    ? undecided(reason)
    : check(typeof read.value === "string" && ids.includes(read.value), reason);
}

function authorizedGateway(
  gateway: Reader<unknown>,
  ids: readonly string[] | undefined,
  { stack, node }: Context,
): Outcome {
  const attachments = stack.referrers(
    node,
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
    "internetGatewayId",
  );
  return all(
    authorized(gateway, "vpcId", ids),
    ...attachments.nodes.map((attachment) =>
      authorized(
        attachment.reader("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment"),
        "vpcId",
        ids,
      ),
    ),
    attachments.uncertain
      ? undecided({ found: "not all attachments are known yet", fix: "attach it to an authorised VPC only" })
      : compliant(),
  );
}

export const ec2Network: Policies = {
  EC2_ENIS_SOURCE_DESTINATION_CHECK_ENABLED: policy("Network interfaces check source and destination.", {
    "aws:ec2/networkInterface:NetworkInterface": (networkInterface) =>
      networkInterface.isTrue("sourceDestCheck"),
  }),

  // Every instance is in a VPC today; a parameter may name which.
  INSTANCES_IN_VPC: stackPolicy("Instances are in a VPC.", {
    "aws:ec2/instance:Instance": (instance, p, { stack, node }) =>
      any(
        given(p.vpcId, (vpcId) => {
          const { nodes, uncertain } = stack.targets(node, "subnetId", SUBNET);
          const reason = instance.reason("subnetId", `choose a subnet of ${vpcId}`);
          const seen = nodes.length > 0 && !uncertain;
          return seen
            ? all(...nodes.map((subnet) => subnet.reader(SUBNET).equals("vpcId", vpcId)))
            : undecided(reason);
        }),
        p.vpcId === undefined
          ? compliant()
          : violation(instance.reason("subnetId", `choose a subnet of ${p.vpcId}`)),
      ),
  }),

  INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY: stackPolicy(
    "Internet gateways are attached to authorised VPCs only.",
    {
      [INTERNET_GATEWAY]: (gateway, p, context) => authorizedGateway(gateway, p.AuthorizedVpcIds, context),
    },
  ),

  NACL_NO_UNRESTRICTED_SSH_RDP: stackPolicy("Network ACLs do not open SSH and RDP to everybody.", {
    "aws:ec2/networkAcl:NetworkAcl": closedAcl,
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": closedAcl,
  }),

  NO_UNRESTRICTED_ROUTE_TO_IGW: stackPolicy(
    "Route tables do not lead from everywhere to an internet gateway.",
    {
      "aws:ec2/routeTable:RouteTable": privateTable,
      "aws:ec2/defaultRouteTable:DefaultRouteTable": privateTable,
    },
  ),

  SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED: policy("Subnets give no public IP addresses at launch.", {
    [SUBNET]: (subnet) => subnet.isFalse("mapPublicIpOnLaunch"),
    "aws:ec2/defaultSubnet:DefaultSubnet": (subnet) => subnet.isFalse("mapPublicIpOnLaunch"),
  }),
};

import {
  all,
  any,
  check,
  compliant,
  given,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  unless,
  violation,
} from "../engine";
import type { Context, Items, NoParameters, Outcome, Policies, Reader } from "../engine";
import { admitsEverybody, ingressEntries, ingressRule } from "../views/network-acl";
import type { AclEntry } from "../views/network-acl";
import { among, loneRule } from "../views/parts";
import { goesEverywhere, goesToInternetGateway, routeOf, routesOf } from "../views/routes";
import type { Route } from "../views/routes";

const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const SUBNET = "aws:ec2/subnet:Subnet";
const ACL = "aws:ec2/networkAcl:NetworkAcl";
const DEFAULT_ACL = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
const RULE = "aws:ec2/networkAclRule:NetworkAclRule";
const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_ROUTE_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";

/** SSH and RDP; RDP also goes over UDP. */
const ADMINISTRATION = [22, 3389];

const closedAcl = (acl: Reader<unknown>, _: NoParameters, context: Context): Outcome =>
  closedToEverybody(ingressEntries(acl, context), "ingress");

/** A rule of an ACL elsewhere is judged by itself: what that ACL denies before it is not seen. */
function closedRule(rule: Reader<unknown>, _: NoParameters, context: Context): Outcome {
  const entry = ingressRule(rule);
  if (entry === undefined) return notApplicable();
  return loneRule(context, "networkAclId", [ACL, DEFAULT_ACL], () => {
    if (isUnknown(entry)) return undecided(rule.reason("egress", "make the direction of the rule known"));
    const own = closedToEverybody({ items: [entry], complete: true }, "cidrBlock");
    // Another rule of the stack may deny before what this one allows.
    const isDenied =
      context.stack.partial ||
      context.stack
        .ofType(RULE)
        .some((other) => other.reader(RULE).equals("ruleAction", "deny").verdict !== "NON_COMPLIANT");
    return isDenied && own.verdict === "NON_COMPLIANT" ? undecided(...own.reasons) : own;
  });
}

function closedToEverybody(entries: Items<AclEntry>, property: string): Outcome {
  const outcomes = ADMINISTRATION.flatMap((port) =>
    (["tcp", "udp"] as const).flatMap((protocol) =>
      (["ipv4", "ipv6"] as const).map((version): Outcome => {
        const { fact, entries: open } = admitsEverybody(entries, protocol, port, version);
        if (fact === false) return compliant();
        const others = open.flatMap(({ holder }) => holder ?? []);
        const isElsewhere = open.length > 0 && others.length === open.length;
        const addresses = `every ${version === "ipv4" ? "IPv4" : "IPv6"} address`;
        const reason = {
          ...(isElsewhere ? {} : { property }),
          found: `${protocol} port ${port} ${fact === true ? "is" : "may be"} open to ${addresses}${among(others)}`,
          fix: "allow it to named networks only, or deny it by an entry with a lower number",
          key: `${protocol}/${port} ${version}`,
        };
        return fact === true ? violation(reason) : undecided(reason);
      }),
    ),
  );
  return all(...outcomes);
}

function judgeRoute(route: Route, context: Context): Outcome {
  const everywhere = goesEverywhere(route);
  const gateway = goesToInternetGateway(route, context);
  if (everywhere === false || gateway === false) return compliant();
  const reason = {
    ...route.reader.place("gatewayId"),
    found: "a route leads from everywhere to an internet gateway",
    fix: "route to named networks, or by a NAT gateway",
  };
  if (everywhere === true && gateway === true) return violation(reason);
  return undecided({ ...reason, found: "a route may lead from everywhere to an internet gateway" });
}

/** A table that a parameter exempts by id may lead to the internet. */
function privateTable(
  _: unknown,
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
  const property = node.type === DEFAULT_ROUTE_TABLE ? "defaultRouteTableId" : "routes";
  const { items, complete } = routesOf(node, context);
  return all(
    ...items.map((route) => judgeRoute(route, context)),
    complete
      ? compliant()
      : undecided({
          property,
          found: "not all routes of the table are known yet",
          fix: "make the routes known",
        }),
  );
}

/** A route of a table elsewhere, e.g. of the main table of a VPC, is judged by itself. */
function privateRoute(
  route: Reader<unknown>,
  parameters: { readonly routeTableIds?: readonly string[] | undefined },
  context: Context,
): Outcome {
  const exempted = parameters.routeTableIds ?? [];
  const table = route.at("routeTableId");
  return loneRule(context, "routeTableId", [ROUTE_TABLE, DEFAULT_ROUTE_TABLE], () => {
    if (table.kind === "known" && exempted.some((id) => id === table.value)) return compliant();
    const outcome = judgeRoute(routeOf(context.node), context);
    return table.kind === "unknown" && exempted.length > 0 && outcome.verdict === "NON_COMPLIANT"
      ? undecided(...outcome.reasons)
      : outcome;
  });
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
  // An instance that is given no interface makes one, and says what that one checks.
  EC2_ENIS_SOURCE_DESTINATION_CHECK_ENABLED: policy("Network interfaces check source and destination.", {
    "aws:ec2/networkInterface:NetworkInterface": (networkInterface) =>
      networkInterface.isTrue("sourceDestCheck"),
    "aws:ec2/instance:Instance": (instance) =>
      unless(any(instance.present("networkInterfaces"), instance.present("primaryNetworkInterface")), () =>
        instance.isTrue("sourceDestCheck"),
      ),
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
    [ACL]: closedAcl,
    [DEFAULT_ACL]: closedAcl,
    [RULE]: closedRule,
  }),

  NO_UNRESTRICTED_ROUTE_TO_IGW: stackPolicy(
    "Route tables do not lead from everywhere to an internet gateway.",
    {
      [ROUTE_TABLE]: privateTable,
      [DEFAULT_ROUTE_TABLE]: privateTable,
      "aws:ec2/route:Route": privateRoute,
    },
  ),

  SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED: policy("Subnets give no public IP addresses at launch.", {
    [SUBNET]: (subnet) => subnet.isFalse("mapPublicIpOnLaunch"),
    "aws:ec2/defaultSubnet:DefaultSubnet": (subnet) => subnet.isFalse("mapPublicIpOnLaunch"),
  }),
};

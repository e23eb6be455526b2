import { all, any, compliant, notApplicable, stackPolicy, undecided, violation } from "../engine";
import type { Context, Outcome, Policies, ResourceNode, Ternary } from "../engine";
import { leadsToInternet } from "../views/routes";

const INSTANCE = "aws:rds/instance:Instance";
const GROUP = "aws:rds/subnetGroup:SubnetGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const TABLE = "aws:ec2/routeTable:RouteTable";
const MAIN = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const ROUTE = "aws:ec2/route:Route";
const VPC = "aws:ec2/vpc:Vpc";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";

const FIX = "choose a subnet group of private subnets";

const UNSEEN = { found: "the route table of a subnet is not in this stack", fix: FIX };
const LEADS_OUT = { found: "a subnet of the database leads to an internet gateway", fix: FIX };
const ofFact = (fact: Ternary): Outcome =>
  fact === true ? violation(LEADS_OUT) : fact === false ? compliant() : undecided(LEADS_OUT);

/**
 * A new VPC has a main table without routes to the internet. What a program adds to it, it adds by the default table as a
 * resource, by routes, or by another main table.
 */
function byMainTable(subnet: ResourceNode, { stack }: Pick<Context, "stack">): Outcome {
  const vpcs = stack.targets(subnet, "vpcId", VPC);
  const [vpc] = vpcs.nodes;
  if (vpc === undefined || vpcs.uncertain || vpc.facts.passive === true) return undecided(UNSEEN);
  const named = stack.referrers(vpc, MAIN, "vpcId");
  const own = stack.referrers(vpc, DEFAULT_TABLE, "defaultRouteTableId");
  const routes = stack
    .ofType(ROUTE)
    .filter((route) =>
      [TABLE, DEFAULT_TABLE].every((type) => stack.targets(route, "routeTableId", type).nodes.length === 0),
    );
  // Once the VPC exists its table is named by an id, which does not say whose it is.
  const strays = stack
    .ofType(DEFAULT_TABLE)
    .filter((table) => stack.targets(table, "defaultRouteTableId", VPC).nodes.length === 0);
  // A route of a table that is no resource of the stack may be one of the main table.
  if (named.uncertain || own.uncertain || routes.length > 0 || strays.length > 0) return undecided(UNSEEN);
  const main = named.nodes.flatMap((node) => stack.targets(node, "routeTableId", TABLE).nodes);
  if (named.nodes.length > 0)
    return main.length === named.nodes.length
      ? all(...main.map((table) => ofFact(leadsToInternet(table, { stack }))))
      : undecided(UNSEEN);
  return all(compliant(), ...own.nodes.map((table) => ofFact(leadsToInternet(table, { stack }))));
}

/** A subnet has the table that is associated with it; without one it has the main table of its VPC. */
function privateSubnet(subnet: ResourceNode, { stack }: Context): Outcome {
  const associations = stack.referrers(subnet, ASSOCIATION, "subnetId");
  const outcomes = associations.nodes.flatMap((association) =>
    [TABLE, DEFAULT_TABLE].flatMap((type) =>
      stack
        .targets(association, "routeTableId", type)
        .nodes.map((table): Outcome => ofFact(leadsToInternet(table, { stack }))),
    ),
  );
  if (associations.nodes.length === 0 && !associations.uncertain) return byMainTable(subnet, { stack });
  return outcomes.length > 0 && !associations.uncertain
    ? all(...outcomes)
    : any(...outcomes.filter(({ verdict }) => verdict === "NON_COMPLIANT"), undecided(UNSEEN));
}

function inPrivateSubnets(context: Context): Outcome {
  const { stack, node } = context;
  const groups = stack.targets(node, "dbSubnetGroupName", GROUP);
  const unseen = undecided({
    property: "dbSubnetGroupName",
    found: "the subnet group is not in this stack",
    fix: FIX,
  });
  if (groups.nodes.length === 0 || groups.uncertain) return unseen;
  const related = groups.nodes.map((group) => stack.targets(group, "subnetIds", SUBNET));
  const subnets = related.flatMap(({ nodes }) => nodes);
  const seen = subnets.length > 0 && !related.some(({ uncertain }) => uncertain);
  return all(...subnets.map((subnet) => privateSubnet(subnet, context)), seen ? notApplicable() : unseen);
}

export const rdsSubnets: Policies = {
  RDS_INSTANCE_SUBNET_IGW_CHECK: stackPolicy(
    "RDS instances are in subnets without a route to the internet.",
    {
      [INSTANCE]: (_, _parameters, context) => inPrivateSubnets(context),
    },
  ),
};

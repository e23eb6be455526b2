import { all, any, compliant, notApplicable, stackPolicy, undecided, violation } from "../engine";
import type { Context, Outcome, Policies, ResourceNode } from "../engine";
import { leadsToInternet } from "../views/routes";

const INSTANCE = "aws:rds/instance:Instance";
const GROUP = "aws:rds/subnetGroup:SubnetGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";

const FIX = "choose a subnet group of private subnets";

/** A subnet has the table that is associated with it; without one it has the main table of its VPC. */
function privateSubnet(subnet: ResourceNode, { stack }: Context): Outcome {
  const associations = stack.referrers(subnet, ASSOCIATION, "subnetId");
  const unseen = { found: "the route table of a subnet is not in this stack", fix: FIX };
  const outcomes = associations.nodes.flatMap((association) =>
    [TABLE, DEFAULT_TABLE].flatMap((type) =>
      stack.targets(association, "routeTableId", type).nodes.map((table): Outcome => {
        const fact = leadsToInternet(table, { stack });
        const reason = { found: "a subnet of the database leads to an internet gateway", fix: FIX };
        return fact === true ? violation(reason) : fact === false ? compliant() : undecided(reason);
      }),
    ),
  );
  return outcomes.length > 0 && !associations.uncertain
    ? all(...outcomes)
    : any(...outcomes.filter(({ verdict }) => verdict === "NON_COMPLIANT"), undecided(unseen));
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

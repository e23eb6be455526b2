import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { CaseResource, Cases } from "./types";

const instance = resource("aws:rds/instance:Instance");
const group = resource("aws:rds/subnetGroup:SubnetGroup");
const subnet = resource("aws:ec2/subnet:Subnet");
const table = resource("aws:ec2/routeTable:RouteTable");
const association = resource("aws:ec2/routeTableAssociation:RouteTableAssociation");

const database = instance({ engine: "postgres", dbSubnetGroupName: ref("g", "name") });
const inSubnet = (routes: unknown): Readonly<Record<string, CaseResource>> => ({
  g: group({ subnetIds: [ref("s")] }),
  s: subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }),
  t: table({ vpcId: "vpc-1", routes }),
  a: association({ subnetId: ref("s"), routeTableId: ref("t") }),
});

export const rdsSubnets: Cases = {
  RDS_INSTANCE_SUBNET_IGW_CHECK: [
    compliantCase("is in a subnet that leads to a NAT gateway", database, {
      with: inSubnet([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }]),
    }),
    violatingCase("is in a subnet that leads to an internet gateway", database, {
      with: inSubnet([{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }]),
    }),
    violatingCase("is in a subnet that leads there by a route of its own type", database, {
      with: {
        ...inSubnet([]),
        i: resource("aws:ec2/internetGateway:InternetGateway")({}),
        r: resource("aws:ec2/route:Route")({
          routeTableId: ref("t"),
          destinationCidrBlock: "0.0.0.0/0",
          gatewayId: ref("i"),
        }),
      },
    }),
    undecidedCase(
      "is in a subnet group that is not in the stack",
      instance({ dbSubnetGroupName: "private" }),
    ),
    undecidedCase("is in the default subnet group", instance({ engine: "postgres" })),
    undecidedCase("is in a subnet whose routes are not known yet", database, { with: inSubnet(unknown) }),
  ],
};

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

/** Without an association the subnet has the main table of its VPC. */
const inMainTable = (
  more: Readonly<Record<string, CaseResource>>,
): Readonly<Record<string, CaseResource>> => ({
  g: group({ subnetIds: [ref("s")] }),
  s: subnet({ vpcId: ref("v"), cidrBlock: "10.0.0.0/24" }),
  v: resource("aws:ec2/vpc:Vpc")({ cidrBlock: "10.0.0.0/16" }),
  ...more,
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
    compliantCase("is in a subnet that has the main table of a new VPC", database, {
      with: inMainTable({}),
    }),
    violatingCase("is in a subnet whose VPC leads to an internet gateway by its default table", database, {
      with: inMainTable({
        d: resource("aws:ec2/defaultRouteTable:DefaultRouteTable")({
          defaultRouteTableId: ref("v", "defaultRouteTableId"),
          routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
        }),
      }),
    }),
    undecidedCase("is in a subnet whose VPC may have a default table that is known by its id", database, {
      with: inMainTable({
        d: resource("aws:ec2/defaultRouteTable:DefaultRouteTable")({
          defaultRouteTableId: "rtb-1",
          routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
        }),
      }),
    }),
    violatingCase("is in a subnet whose VPC has a main table that leads to an internet gateway", database, {
      with: inMainTable({
        t: table({ vpcId: ref("v"), routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] }),
        m: resource("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation")({
          vpcId: ref("v"),
          routeTableId: ref("t"),
        }),
      }),
    }),
    undecidedCase("is in a subnet whose VPC may have a route in its main table", database, {
      with: inMainTable({
        r: resource("aws:ec2/route:Route")({
          routeTableId: ref("v", "mainRouteTableId"),
          destinationCidrBlock: "0.0.0.0/0",
          gatewayId: "igw-1",
        }),
      }),
    }),
    undecidedCase("is in a subnet of a VPC of another stack, without a table of its own", database, {
      with: {
        g: group({ subnetIds: [ref("s")] }),
        s: subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }),
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

import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const instance = resource("aws:ec2/instance:Instance");
const subnet = resource("aws:ec2/subnet:Subnet");
const defaultSubnet = resource("aws:ec2/defaultSubnet:DefaultSubnet");
const networkInterface = resource("aws:ec2/networkInterface:NetworkInterface");
const gateway = resource("aws:ec2/internetGateway:InternetGateway");
const attachment = resource("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment");
const table = resource("aws:ec2/routeTable:RouteTable");
const defaultTable = resource("aws:ec2/defaultRouteTable:DefaultRouteTable");
const route = resource("aws:ec2/route:Route");
const vpc = resource("aws:ec2/vpc:Vpc");
const igw = gateway({});

export const ec2Network: Cases = {
  EC2_ENIS_SOURCE_DESTINATION_CHECK_ENABLED: [
    compliantCase("checks", networkInterface({ subnetId: "subnet-1", sourceDestCheck: true })),
    compliantCase("does not say, which checks", networkInterface({ subnetId: "subnet-1" })),
    violatingCase("does not check", networkInterface({ subnetId: "subnet-1", sourceDestCheck: false })),
    undecidedCase("does not know yet", networkInterface({ subnetId: "subnet-1", sourceDestCheck: unknown })),
    violatingCase(
      "is an instance whose interface does not check",
      instance({ ami: "ami-1", sourceDestCheck: false }),
    ),
    compliantCase("is an instance that does not say, which checks", instance({ ami: "ami-1" })),
    notApplicableCase(
      "is an instance that is given its interface",
      instance({ networkInterfaces: [{ networkInterfaceId: "eni-1", deviceIndex: 0 }] }),
    ),
  ],
  INSTANCES_IN_VPC: [
    compliantCase("is in a subnet", instance({ subnetId: "subnet-1" })),
    compliantCase("names no subnet", instance({ ami: "ami-1" }), {
      note: "There is no EC2-Classic any more, so that every instance is in a VPC.",
    }),
    compliantCase("is in the VPC of the parameter", instance({ subnetId: ref("s") }), {
      parameters: { vpcId: "vpc-1" },
      with: { s: subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }) },
    }),
    violatingCase("is in another VPC", instance({ subnetId: ref("s") }), {
      parameters: { vpcId: "vpc-1" },
      with: { s: subnet({ vpcId: "vpc-2", cidrBlock: "10.0.0.0/24" }) },
    }),
    undecidedCase("is in a subnet that is not in the stack", instance({ subnetId: "subnet-1" }), {
      parameters: { vpcId: "vpc-1" },
    }),
  ],
  INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY: [
    compliantCase("is not attached", gateway({})),
    compliantCase("is attached to an authorised VPC", gateway({ vpcId: "vpc-1" }), {
      parameters: { AuthorizedVpcIds: "vpc-1,vpc-2" },
    }),
    violatingCase("is attached to another VPC", gateway({ vpcId: "vpc-3" }), {
      parameters: { AuthorizedVpcIds: "vpc-1,vpc-2" },
    }),
    violatingCase("is attached while no VPC is authorised", gateway({ vpcId: "vpc-3" })),
    violatingCase("is attached to another VPC by an attachment", gateway({}), {
      parameters: { AuthorizedVpcIds: "vpc-1" },
      with: { a: attachment({ internetGatewayId: ref("subject"), vpcId: "vpc-3" }) },
    }),
    violatingCase(
      "is attached to a VPC of the stack while none is authorised",
      gateway({ vpcId: ref("v") }),
      {
        with: { v: vpc({ cidrBlock: "10.0.0.0/16" }) },
      },
    ),
    undecidedCase("is attached to a VPC whose id is not known yet", gateway({ vpcId: unknown }), {
      parameters: { AuthorizedVpcIds: "vpc-1" },
    }),
  ],
  NO_UNRESTRICTED_ROUTE_TO_IGW: [
    compliantCase("has no routes", table({ vpcId: "vpc-1" })),
    compliantCase(
      "leads everywhere by a NAT gateway",
      table({ vpcId: "vpc-1", routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] }),
    ),
    compliantCase(
      "leads to an internet gateway from one network",
      table({ vpcId: "vpc-1", routes: [{ cidrBlock: "203.0.113.0/24", gatewayId: "igw-1" }] }),
    ),
    compliantCase(
      "leads everywhere by a VPN gateway",
      table({ vpcId: "vpc-1", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "vgw-1" }] }),
    ),
    compliantCase("leads everywhere by a VPN gateway of the stack", table({ vpcId: "vpc-1" }), {
      with: {
        g: resource("aws:ec2/vpnGateway:VpnGateway")({}),
        r: route({ routeTableId: ref("subject"), destinationCidrBlock: "0.0.0.0/0", gatewayId: ref("g") }),
      },
    }),
    compliantCase(
      "leads by an egress-only gateway",
      table({ vpcId: "vpc-1", routes: [{ ipv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-1" }] }),
    ),
    compliantCase(
      "is exempted by its id",
      table({ vpcId: "vpc-1", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] }, { id: "rtb-1" }),
      { parameters: { routeTableIds: "rtb-1" } },
    ),
    violatingCase(
      "leads everywhere by an internet gateway",
      table({ vpcId: "vpc-1", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] }),
    ),
    violatingCase(
      "leads everywhere by an internet gateway of the stack",
      table({ vpcId: "vpc-1", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: ref("g") }] }),
      { with: { g: igw } },
    ),
    violatingCase(
      "leads to every IPv6 address, in another spelling",
      table({ vpcId: "vpc-1", routes: [{ ipv6CidrBlock: "0:0:0:0:0:0:0:0/0", gatewayId: "igw-1" }] }),
    ),
    violatingCase("has a route of its own type that does", table({ vpcId: "vpc-1" }), {
      with: {
        g: igw,
        r: route({ routeTableId: ref("subject"), destinationCidrBlock: "0.0.0.0/0", gatewayId: ref("g") }),
      },
    }),
    violatingCase("has a route of its own type for IPv6 that does", table({ vpcId: "vpc-1" }), {
      with: {
        r: route({ routeTableId: ref("subject"), destinationIpv6CidrBlock: "::/0", gatewayId: "igw-1" }),
      },
    }),
    violatingCase(
      "is a default table that does",
      defaultTable({
        defaultRouteTableId: "rtb-1",
        routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
      }),
    ),
    violatingCase(
      "is a route of a table outside of the stack",
      route({ routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }),
    ),
    violatingCase(
      "is a route of the main table of a VPC",
      route({
        routeTableId: ref("v", "mainRouteTableId"),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: ref("g"),
      }),
      { with: { v: vpc({ cidrBlock: "10.0.0.0/16" }), g: igw } },
    ),
    compliantCase(
      "is a route of a table that is exempted by its id",
      route({ routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }),
      { parameters: { routeTableIds: "rtb-1" } },
    ),
    notApplicableCase(
      "is a route of a table of the stack, where the finding is",
      route({ routeTableId: ref("t"), destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }),
      { with: { t: table({ vpcId: "vpc-1" }) } },
    ),
    undecidedCase(
      "is a route of an unknown table, while tables are exempted",
      route({ routeTableId: unknown, destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }),
      { parameters: { routeTableIds: "rtb-1" } },
    ),
    undecidedCase(
      "leads everywhere by an unknown gateway",
      table({ vpcId: "vpc-1", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: unknown }] }),
    ),
    undecidedCase("does not know its routes yet", table({ vpcId: "vpc-1", routes: unknown })),
  ],
  SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED: [
    compliantCase("gives none", subnet({ vpcId: "vpc-1", mapPublicIpOnLaunch: false })),
    compliantCase("does not say, which gives none", subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" })),
    compliantCase(
      "is a default subnet that gives none",
      defaultSubnet({ availabilityZone: "us-east-1a", mapPublicIpOnLaunch: false }),
    ),
    violatingCase("gives addresses", subnet({ vpcId: "vpc-1", mapPublicIpOnLaunch: true })),
    violatingCase("is a default subnet that does not say", defaultSubnet({ availabilityZone: "us-east-1a" })),
    undecidedCase("does not know yet", subnet({ vpcId: "vpc-1", mapPublicIpOnLaunch: unknown })),
  ],
};

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

const vpc = resource("aws:ec2/vpc:Vpc");
const defaultVpc = resource("aws:ec2/defaultVpc:DefaultVpc");
const defaultGroup = resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
const rule = resource("aws:ec2/securityGroupRule:SecurityGroupRule");
const ingress = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
const flowLog = resource("aws:ec2/flowLog:FlowLog");
const endpoint = resource("aws:ec2/vpcEndpoint:VpcEndpoint");
const peering = resource("aws:ec2/vpcPeeringConnection:VpcPeeringConnection");
const options = resource("aws:ec2/peeringConnectionOptions:PeeringConnectionOptions");

const network = vpc({ cidrBlock: "10.0.0.0/16" });
const existing = vpc({ cidrBlock: "10.0.0.0/16" }, { id: "vpc-1" });
const dns = { allowRemoteVpcDnsResolution: true };
const fromItself = { protocol: "-1", fromPort: 0, toPort: 0, self: true };

export const ec2Vpc: Cases = {
  SERVICE_VPC_ENDPOINT_ENABLED: [
    compliantCase("has the endpoint", network, {
      parameters: { serviceName: "ec2" },
      with: { e: endpoint({ vpcId: ref("subject"), serviceName: "com.amazonaws.us-east-1.ec2" }) },
    }),
    violatingCase("has an endpoint of another service", network, {
      parameters: { serviceName: "ec2" },
      with: { e: endpoint({ vpcId: ref("subject"), serviceName: "com.amazonaws.us-east-1.s3" }) },
    }),
    violatingCase("has an endpoint whose name only ends alike", network, {
      parameters: { serviceName: "api" },
      with: { e: endpoint({ vpcId: ref("subject"), serviceName: "com.amazonaws.us-east-1.ecr.api" }) },
    }),
    violatingCase("has no endpoint", network, { parameters: { serviceName: "ec2" } }),
    undecidedCase("has an endpoint whose service is not known yet", network, {
      parameters: { serviceName: "ec2" },
      with: { e: endpoint({ vpcId: ref("subject"), serviceName: unknown }) },
    }),
  ],
  VPC_ENDPOINT_ENABLED: [
    compliantCase("has all endpoints", network, {
      parameters: { serviceNames: "s3,ecr.api" },
      with: {
        a: endpoint({ vpcId: ref("subject"), serviceName: "com.amazonaws.eu-west-1.s3" }),
        b: endpoint({ vpcId: ref("subject"), serviceName: "com.amazonaws.eu-west-1.ecr.api" }),
      },
    }),
    violatingCase("lacks one endpoint", network, {
      parameters: { serviceNames: "s3,ecr.api" },
      with: { a: endpoint({ vpcId: ref("subject"), serviceName: "com.amazonaws.eu-west-1.s3" }) },
    }),
    violatingCase("is beside an endpoint of another VPC", network, {
      parameters: { serviceNames: "s3" },
      with: { a: endpoint({ vpcId: "vpc-2", serviceName: "com.amazonaws.eu-west-1.s3" }) },
    }),
    violatingCase("is one of the named VPCs", existing, {
      parameters: { serviceNames: "s3", vpcIds: "vpc-1" },
    }),
    notApplicableCase("is not one of the named VPCs", existing, {
      parameters: { serviceNames: "s3", vpcIds: "vpc-2" },
    }),
    undecidedCase("may be the VPC of an endpoint", network, {
      parameters: { serviceNames: "s3" },
      with: { a: endpoint({ vpcId: unknown, serviceName: "com.amazonaws.eu-west-1.s3" }) },
    }),
  ],
  VPC_DEFAULT_SECURITY_GROUP_CLOSED: [
    compliantCase("is a default group without rules", defaultGroup({ vpcId: ref("v") }), {
      with: { v: network },
    }),
    compliantCase(
      "is a default group with empty rules",
      defaultGroup({ vpcId: "vpc-1", ingress: [], egress: [] }),
    ),
    compliantCase("is a VPC whose default group is taken over", network, {
      with: { g: defaultGroup({ vpcId: ref("subject") }) },
    }),
    compliantCase("is the default VPC, whose default group is taken over", defaultVpc({}), {
      with: { g: defaultGroup({}) },
    }),
    violatingCase(
      "is a default group with AWS's own ingress rule",
      defaultGroup({ vpcId: "vpc-1", ingress: [fromItself] }),
    ),
    violatingCase(
      "is a default group with an egress rule",
      defaultGroup({
        vpcId: "vpc-1",
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      }),
    ),
    violatingCase("is a default group with a rule of its own type", defaultGroup({ vpcId: "vpc-1" }), {
      with: {
        r: rule({
          type: "egress",
          securityGroupId: ref("subject"),
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlocks: ["10.0.0.0/8"],
        }),
      },
    }),
    violatingCase(
      "is a default group with an ingress rule of its own type",
      defaultGroup({ vpcId: "vpc-1" }),
      {
        with: { r: ingress({ securityGroupId: ref("subject"), ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }) },
      },
    ),
    violatingCase("is a VPC whose default group is left as it is", network),
    violatingCase("is a VPC beside the default group of another", network, {
      with: { g: defaultGroup({ vpcId: "vpc-2" }) },
    }),
    undecidedCase(
      "is a default group whose rules are not known yet",
      defaultGroup({ vpcId: "vpc-1", ingress: unknown }),
    ),
    undecidedCase("is a VPC that a default group may be of", network, {
      with: { g: defaultGroup({ vpcId: unknown }) },
    }),
  ],
  VPC_FLOW_LOGS_ENABLED: [
    compliantCase("has a flow log", network, {
      with: {
        f: flowLog({ vpcId: ref("subject"), trafficType: "ALL", logDestination: "arn:aws:s3:::flows" }),
      },
    }),
    compliantCase("has a flow log of the wanted traffic", network, {
      parameters: { trafficType: "REJECT" },
      with: { f: flowLog({ vpcId: ref("subject"), trafficType: "REJECT" }) },
    }),
    compliantCase("has a flow log of all traffic where that of rejected traffic is wanted", network, {
      parameters: { trafficType: "REJECT" },
      with: { f: flowLog({ vpcId: ref("subject"), trafficType: "ALL" }) },
      note: "The documentation does not say whether a log of all traffic counts; it holds the wanted traffic.",
    }),
    compliantCase("has one of two flow logs with the wanted traffic", network, {
      parameters: { trafficType: "ALL" },
      with: {
        a: flowLog({ vpcId: ref("subject"), trafficType: "REJECT" }),
        b: flowLog({ vpcId: ref("subject"), trafficType: "ALL" }),
      },
    }),
    compliantCase("has a flow log that names it by its known id", existing, {
      with: { f: flowLog({ vpcId: "vpc-1", trafficType: "ALL" }) },
    }),
    violatingCase("has none", network),
    violatingCase("is the default VPC and has none", defaultVpc({})),
    violatingCase("has one of other traffic", network, {
      parameters: { trafficType: "ALL" },
      with: { f: flowLog({ vpcId: ref("subject"), trafficType: "ACCEPT" }) },
    }),
    violatingCase("has one of a subnet only", network, {
      with: { f: flowLog({ subnetId: "subnet-1", trafficType: "ALL" }) },
    }),
    undecidedCase("may be the VPC of a flow log", network, {
      with: { f: flowLog({ vpcId: unknown, trafficType: "ALL" }) },
    }),
  ],
  VPC_PEERING_DNS_RESOLUTION_CHECK: [
    compliantCase("resolves on both sides", peering({ vpcId: "vpc-1", requester: dns, accepter: dns })),
    compliantCase("resolves on both sides by options", peering({ vpcId: "vpc-1" }), {
      with: { o: options({ vpcPeeringConnectionId: ref("subject"), requester: dns, accepter: dns }) },
    }),
    compliantCase("resolves on one side by options", peering({ vpcId: "vpc-1", requester: dns }), {
      with: { o: options({ vpcPeeringConnectionId: ref("subject"), accepter: dns }) },
    }),
    violatingCase("resolves on one side", peering({ vpcId: "vpc-1", requester: dns })),
    violatingCase("does not say", peering({ vpcId: "vpc-1", peerVpcId: "vpc-2" })),
    violatingCase(
      "turns one side off",
      peering({ vpcId: "vpc-1", requester: dns, accepter: { allowRemoteVpcDnsResolution: false } }),
    ),
    notApplicableCase("is of other VPCs", peering({ vpcId: "vpc-1", peerVpcId: "vpc-2" }), {
      parameters: { vpcIds: "vpc-3" },
    }),
    undecidedCase(
      "does not know yet",
      peering({ vpcId: "vpc-1", requester: dns, accepter: { allowRemoteVpcDnsResolution: unknown } }),
    ),
  ],
};

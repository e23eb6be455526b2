import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Case, Cases } from "./types";

const group = resource("aws:ec2/securityGroup:SecurityGroup");
const ingress = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
const instance = resource("aws:ec2/instance:Instance");
const volume = resource("aws:ebs/volume:Volume");
const attachment = resource("aws:ec2/volumeAttachment:VolumeAttachment");
const address = resource("aws:ec2/eip:Eip");
const nat = resource("aws:ec2/natGateway:NatGateway");
const acl = resource("aws:ec2/networkAcl:NetworkAcl");

const attached: readonly Case[] = [
  compliantCase("is attached to an instance", group({}), {
    with: { i: instance({ ami: "ami-1", vpcSecurityGroupIds: [ref("subject")] }) },
  }),
  compliantCase("is attached to a network interface by its known id", group({}, { id: "sg-1" }), {
    with: {
      n: resource("aws:ec2/networkInterface:NetworkInterface")({
        subnetId: "subnet-1",
        securityGroups: ["sg-1"],
      }),
    },
  }),
  violatingCase("is only the source of another group's rule", group({}), {
    with: {
      other: group({
        ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, securityGroups: [ref("subject")] }],
      }),
    },
  }),
  violatingCase("has rules and no user", group({}), {
    with: { r: ingress({ securityGroupId: ref("subject"), ipProtocol: "tcp", fromPort: 80, toPort: 80 }) },
    note: "A use in another stack cannot be seen.",
  }),
  undecidedCase("may be used by an instance whose groups are not known yet", group({}, { id: "sg-1" }), {
    with: { i: instance({ ami: "ami-1", vpcSecurityGroupIds: unknown }) },
  }),
];

export const ec2Unused: Cases = {
  EC2_SECURITY_GROUP_ATTACHED_TO_ENI: attached,
  EC2_SECURITY_GROUP_ATTACHED_TO_ENI_PERIODIC: attached,
  EC2_VOLUME_INUSE_CHECK: [
    compliantCase("is attached", volume({ availabilityZone: "us-east-1a", size: 8 }), {
      with: { a: attachment({ volumeId: ref("subject"), instanceId: "i-1", deviceName: "/dev/sdh" }) },
    }),
    compliantCase(
      "is attached by its known id",
      volume({ availabilityZone: "us-east-1a", size: 8 }, { id: "vol-1" }),
      {
        with: { a: attachment({ volumeId: "vol-1", instanceId: "i-1", deviceName: "/dev/sdh" }) },
      },
    ),
    violatingCase("is not attached", volume({ availabilityZone: "us-east-1a", size: 8 })),
    violatingCase(
      "is beside an attachment of another volume",
      volume({ availabilityZone: "us-east-1a", size: 8 }),
      {
        with: { a: attachment({ volumeId: "vol-2", instanceId: "i-1", deviceName: "/dev/sdh" }) },
      },
    ),
    violatingCase("is attached and must end with its instance", volume({ availabilityZone: "us-east-1a" }), {
      parameters: { deleteOnTermination: "true" },
      with: { a: attachment({ volumeId: ref("subject"), instanceId: "i-1", deviceName: "/dev/sdh" }) },
      note: "An attachment of its own type leaves the volume behind when the instance ends.",
    }),
    undecidedCase("may be what an attachment names", volume({ availabilityZone: "us-east-1a", size: 8 }), {
      with: { a: attachment({ volumeId: unknown, instanceId: "i-1", deviceName: "/dev/sdh" }) },
    }),
  ],
  EIP_ATTACHED: [
    compliantCase("names its instance", address({ domain: "vpc", instance: "i-1" })),
    compliantCase("names an instance of the stack", address({ instance: ref("i") }), {
      with: { i: instance({ ami: "ami-1" }) },
    }),
    compliantCase("names a network interface", address({ networkInterface: "eni-1" })),
    compliantCase("has an association", address({ domain: "vpc" }), {
      with: {
        a: resource("aws:ec2/eipAssociation:EipAssociation")({
          allocationId: ref("subject"),
          instanceId: "i-1",
        }),
      },
    }),
    compliantCase("has an association that names it by its address", address({ domain: "vpc" }), {
      with: {
        a: resource("aws:ec2/eipAssociation:EipAssociation")({
          publicIp: ref("subject", "publicIp"),
          instanceId: "i-1",
        }),
      },
    }),
    compliantCase(
      "has an association that names it by its known address",
      address({ domain: "vpc" }, { id: "eipalloc-1", outputs: { publicIp: "203.0.113.7" } }),
      {
        with: {
          a: resource("aws:ec2/eipAssociation:EipAssociation")({
            publicIp: "203.0.113.7",
            instanceId: "i-1",
          }),
        },
      },
    ),
    compliantCase("is the address of a server for file transfers", address({ domain: "vpc" }), {
      with: {
        s: resource("aws:transfer/server:Server")({
          endpointType: "VPC",
          endpointDetails: { subnetIds: ["subnet-1"], addressAllocationIds: [ref("subject")] },
        }),
      },
    }),
    compliantCase("is the address of a NAT gateway", address({ domain: "vpc" }), {
      with: { n: nat({ allocationId: ref("subject"), subnetId: "subnet-1" }) },
    }),
    compliantCase("is the address of a network load balancer", address({ domain: "vpc" }), {
      with: {
        l: resource("aws:alb/loadBalancer:LoadBalancer")({
          loadBalancerType: "network",
          subnetMappings: [{ subnetId: "subnet-1", allocationId: ref("subject") }],
        }),
      },
    }),
    violatingCase("is used by nothing", address({ domain: "vpc" })),
    violatingCase("is beside a NAT gateway with another address", address({ domain: "vpc" }), {
      with: { n: nat({ allocationId: "eipalloc-2", subnetId: "subnet-1" }) },
    }),
    undecidedCase("may be the address of a NAT gateway", address({ domain: "vpc" }), {
      with: { n: nat({ allocationId: unknown, subnetId: "subnet-1" }) },
    }),
  ],
  VPC_NETWORK_ACL_UNUSED_CHECK: [
    compliantCase("names a subnet", acl({ vpcId: "vpc-1", subnetIds: ["subnet-1"] })),
    compliantCase("has an association", acl({ vpcId: "vpc-1" }), {
      with: {
        a: resource("aws:ec2/networkAclAssociation:NetworkAclAssociation")({
          networkAclId: ref("subject"),
          subnetId: "subnet-1",
        }),
      },
    }),
    violatingCase("has neither", acl({ vpcId: "vpc-1" })),
    violatingCase("has an empty list of subnets", acl({ vpcId: "vpc-1", subnetIds: [] })),
    undecidedCase("does not know its subnets yet", acl({ vpcId: "vpc-1", subnetIds: unknown })),
  ],
};

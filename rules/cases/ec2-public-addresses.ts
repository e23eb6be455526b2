import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const instance = resource("aws:ec2/instance:Instance");
const template = resource("aws:ec2/launchTemplate:LaunchTemplate");
const subnet = resource("aws:ec2/subnet:Subnet");
const defaultSubnet = resource("aws:ec2/defaultSubnet:DefaultSubnet");
const address = resource("aws:ec2/eip:Eip");
const networkInterface = resource("aws:ec2/networkInterface:NetworkInterface");
const given = (...names: string[]): ReturnType<typeof instance> =>
  instance({
    networkInterfaces: names.map((name, deviceIndex) => ({ networkInterfaceId: ref(name), deviceIndex })),
  });

export const ec2PublicAddresses: Cases = {
  EC2_INSTANCE_NO_PUBLIC_IP: [
    compliantCase("asks for none", instance({ associatePublicIpAddress: false })),
    compliantCase("leaves it to a private subnet of the stack", instance({ subnetId: ref("s") }), {
      with: { s: subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }) },
    }),
    compliantCase(
      "is given an interface",
      instance({ networkInterfaces: [{ networkInterfaceId: "eni-1", deviceIndex: 0 }] }),
    ),
    compliantCase("has a template that asks for none", instance({ launchTemplate: { id: ref("t") } }), {
      with: { t: template({ networkInterfaces: [{ associatePublicIpAddress: "false" }] }) },
    }),
    violatingCase(
      "has a template with an interface that gets an Elastic IP address",
      instance({ launchTemplate: { id: ref("t") } }),
      {
        with: {
          t: template({ networkInterfaces: [{ networkInterfaceId: ref("n") }] }),
          n: networkInterface({ subnetId: "subnet-1" }),
          e: address({ domain: "vpc", networkInterface: ref("n") }),
        },
      },
    ),
    compliantCase(
      "has a template that leaves it to a private subnet",
      instance({ launchTemplate: { id: ref("t") } }),
      {
        with: {
          t: template({ networkInterfaces: [{ subnetId: ref("s") }] }),
          s: subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" }),
        },
      },
    ),
    violatingCase(
      "has a template that leaves it to a public subnet",
      instance({ launchTemplate: { id: ref("t") } }),
      {
        with: {
          t: template({ networkInterfaces: [{ subnetId: ref("s") }] }),
          s: subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true }),
        },
      },
    ),
    violatingCase("asks for one", instance({ associatePublicIpAddress: true, subnetId: "subnet-1" })),
    violatingCase("leaves it to a public subnet of the stack", instance({ subnetId: ref("s") }), {
      with: { s: subnet({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true }) },
    }),
    violatingCase("leaves it to a default subnet of the stack", instance({ subnetId: ref("s") }), {
      with: { s: defaultSubnet({ availabilityZone: "us-east-1a" }) },
    }),
    violatingCase("names no subnet, so that it goes to the default subnet", instance({ ami: "ami-1" })),
    violatingCase("has a template that asks for one", instance({ launchTemplate: { id: ref("t") } }), {
      with: { t: template({ networkInterfaces: [{ associatePublicIpAddress: "true" }] }) },
    }),
    violatingCase("gets an Elastic IP address", instance({ associatePublicIpAddress: false }), {
      with: { e: address({ instance: ref("subject") }) },
    }),
    violatingCase(
      "gets an Elastic IP address by an association",
      instance({ associatePublicIpAddress: false }),
      {
        with: {
          a: resource("aws:ec2/eipAssociation:EipAssociation")({
            instanceId: ref("subject"),
            allocationId: "eipalloc-1",
          }),
        },
      },
    ),
    violatingCase("is given an interface that gets an Elastic IP address", given("n"), {
      with: {
        n: networkInterface({ subnetId: "subnet-1" }),
        e: address({ domain: "vpc", networkInterface: ref("n") }),
      },
    }),
    violatingCase(
      "is given an interface that gets an Elastic IP address by an association",
      instance({ primaryNetworkInterface: { networkInterfaceId: ref("n") } }),
      {
        with: {
          n: networkInterface({ subnetId: "subnet-1" }),
          a: resource("aws:ec2/eipAssociation:EipAssociation")({
            networkInterfaceId: ref("n"),
            allocationId: "eipalloc-1",
          }),
        },
      },
    ),
    compliantCase("is given another interface than the one that gets an Elastic IP address", given("n"), {
      with: {
        n: networkInterface({ subnetId: "subnet-1" }),
        other: networkInterface({ subnetId: "subnet-2" }),
        e: address({ domain: "vpc", networkInterface: ref("other") }),
      },
    }),
    undecidedCase("is given two interfaces, one of which gets an Elastic IP address", given("a", "b"), {
      with: {
        a: networkInterface({ subnetId: "subnet-1" }),
        b: networkInterface({ subnetId: "subnet-2" }),
        e: address({ domain: "vpc", networkInterface: ref("b") }),
      },
      note: "AWS Config looks at the address of the first interface.",
    }),
    undecidedCase("leaves it to a subnet that is not in the stack", instance({ subnetId: "subnet-1" })),
    undecidedCase("does not know yet", instance({ associatePublicIpAddress: unknown })),
  ],
};

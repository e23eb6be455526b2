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

const group = resource("aws:autoscaling/group:Group");
const attachment = resource("aws:autoscaling/attachment:Attachment");
const configuration = resource("aws:ec2/launchConfiguration:LaunchConfiguration");
const subnet = resource("aws:ec2/subnet:Subnet");
const inZone = (availabilityZone: string): ReturnType<typeof subnet> =>
  subnet({ vpcId: "vpc-1", availabilityZone });

const mixed = (...overrides: object[]): ReturnType<typeof group> =>
  group({
    maxSize: 2,
    minSize: 1,
    mixedInstancesPolicy: {
      launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1" }, overrides },
    },
  });

export const autoscaling: Cases = {
  AUTOSCALING_CAPACITY_REBALANCING: [
    compliantCase("rebalances", group({ maxSize: 2, minSize: 1, capacityRebalance: true })),
    violatingCase("does not rebalance", group({ maxSize: 2, minSize: 1, capacityRebalance: false })),
    violatingCase("does not say", group({ maxSize: 2, minSize: 1 })),
    undecidedCase("does not know yet", group({ maxSize: 2, minSize: 1, capacityRebalance: unknown })),
  ],
  AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED: [
    compliantCase(
      "is behind a target group and uses its checks",
      group({ healthCheckType: "ELB", targetGroupArns: [ref("t", "arn")] }),
      { with: { t: resource("aws:lb/targetGroup:TargetGroup")({ port: 80 }) } },
    ),
    compliantCase(
      "is behind a classic load balancer and uses both kinds of checks",
      group({ healthCheckType: "EC2,ELB", loadBalancers: ["web"] }),
    ),
    violatingCase("is behind a target group and does not say", group({ targetGroupArns: ["arn:t"] })),
    violatingCase(
      "is behind a classic load balancer and uses checks of EC2",
      group({ healthCheckType: "EC2", loadBalancers: ["web"] }),
    ),
    violatingCase("is attached by a resource of its own type", group({ healthCheckType: "EC2" }), {
      with: { a: attachment({ autoscalingGroupName: ref("subject", "name"), lbTargetGroupArn: "arn:t" }) },
    }),
    violatingCase(
      "has a load balancer as a traffic source",
      group({ trafficSources: [{ identifier: "arn:t", type: "elbv2" }] }),
    ),
    notApplicableCase("is behind no load balancer", group({ healthCheckType: "EC2" })),
    notApplicableCase(
      "has a traffic source that is no load balancer",
      group({ trafficSources: [{ identifier: "arn:t", type: "vpc-lattice" }] }),
    ),
    notApplicableCase(
      "has a traffic source that is no load balancer by an attachment",
      group({ healthCheckType: "EC2" }),
      {
        with: {
          a: resource("aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment")({
            autoscalingGroupName: ref("subject", "name"),
            trafficSource: { identifier: "arn:t", type: "vpc-lattice" },
          }),
        },
      },
    ),
    violatingCase("has a target group by a traffic source attachment", group({ healthCheckType: "EC2" }), {
      with: {
        a: resource("aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment")({
          autoscalingGroupName: ref("subject", "name"),
          trafficSource: { identifier: "arn:t", type: "elbv2" },
        }),
      },
    }),
    undecidedCase(
      "does not know its checks yet",
      group({ healthCheckType: unknown, targetGroupArns: ["arn:t"] }),
    ),
    undecidedCase("may be attached", group({ healthCheckType: "EC2" }), {
      with: { a: attachment({ autoscalingGroupName: unknown, lbTargetGroupArn: "arn:t" }) },
    }),
  ],
  AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2: [
    compliantCase("requires tokens", configuration({ metadataOptions: { httpTokens: "required" } })),
    violatingCase("leaves tokens optional", configuration({ metadataOptions: { httpTokens: "optional" } })),
    violatingCase("does not say", configuration({ imageId: "ami-1", instanceType: "t3.micro" })),
    undecidedCase("does not know yet", configuration({ metadataOptions: { httpTokens: unknown } })),
  ],
  AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT: [
    compliantCase("has a limit of one", configuration({ metadataOptions: { httpPutResponseHopLimit: 1 } })),
    compliantCase("does not say, which is one", configuration({ imageId: "ami-1" })),
    violatingCase("has a limit of two", configuration({ metadataOptions: { httpPutResponseHopLimit: 2 } })),
    undecidedCase(
      "does not know yet",
      configuration({ metadataOptions: { httpPutResponseHopLimit: unknown } }),
    ),
  ],
  AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED: [
    compliantCase("gives none", configuration({ associatePublicIpAddress: false })),
    compliantCase("does not say, which leaves it to the subnet", configuration({ imageId: "ami-1" })),
    violatingCase("gives addresses", configuration({ associatePublicIpAddress: true })),
    undecidedCase("does not know yet", configuration({ associatePublicIpAddress: unknown })),
  ],
  AUTOSCALING_LAUNCH_TEMPLATE: [
    compliantCase("has a launch template", group({ launchTemplate: { id: ref("t"), version: "$Latest" } }), {
      with: { t: resource("aws:ec2/launchTemplate:LaunchTemplate")({}) },
    }),
    compliantCase("has a launch template in a mixed policy", mixed({ instanceType: "t3.micro" })),
    violatingCase("has a launch configuration", group({ launchConfiguration: "web" })),
    violatingCase("has a launch configuration of the stack", group({ launchConfiguration: "web" }), {
      with: { c: configuration({ name: "web", imageId: "ami-1" }) },
    }),
  ],
  AUTOSCALING_MULTIPLE_AZ: [
    compliantCase("names two zones", group({ availabilityZones: ["us-east-1a", "us-east-1b"] })),
    compliantCase("names subnets in two zones", group({ vpcZoneIdentifiers: [ref("a"), ref("b")] }), {
      with: { a: inZone("us-east-1a"), b: inZone("us-east-1b") },
    }),
    violatingCase("names one zone", group({ availabilityZones: ["us-east-1a"] })),
    violatingCase("names one zone twice", group({ availabilityZones: ["us-east-1a", "us-east-1a"] })),
    violatingCase("names two subnets in one zone", group({ vpcZoneIdentifiers: [ref("a"), ref("b")] }), {
      with: { a: inZone("us-east-1a"), b: inZone("us-east-1a") },
    }),
    violatingCase("names one subnet", group({ vpcZoneIdentifiers: ["subnet-1"] })),
    violatingCase(
      "names less zones than the parameter",
      group({ availabilityZones: ["us-east-1a", "us-east-1b"] }),
      {
        parameters: { minAvailabilityZones: "3" },
      },
    ),
    compliantCase(
      "names default subnets and others in two zones",
      group({ vpcZoneIdentifiers: [ref("a"), ref("b")] }),
      {
        with: {
          a: resource("aws:ec2/defaultSubnet:DefaultSubnet")({ availabilityZone: "us-east-1a" }),
          b: inZone("us-east-1b"),
        },
      },
    ),
    undecidedCase(
      "names subnets that are not in the stack",
      group({ vpcZoneIdentifiers: ["subnet-1", "subnet-2"] }),
    ),
    undecidedCase("does not know its zones yet", group({ availabilityZones: unknown })),
  ],
  AUTOSCALING_MULTIPLE_INSTANCE_TYPES: [
    compliantCase("names two types", mixed({ instanceType: "c3.large" }, { instanceType: "c4.large" })),
    violatingCase("names one type", mixed({ instanceType: "c3.large" })),
    violatingCase("names one type twice", mixed({ instanceType: "c3.large" }, { instanceType: "c3.large" })),
    violatingCase("has a launch template only", group({ launchTemplate: { id: "lt-1" } })),
    notApplicableCase(
      "describes what it needs",
      mixed({ instanceRequirements: { memoryMib: { min: 1000 }, vcpuCount: { min: 4 } } }),
    ),
    undecidedCase(
      "does not know its types yet",
      mixed({ instanceType: unknown }, { instanceType: "c3.large" }),
    ),
  ],
};

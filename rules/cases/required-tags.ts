import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const instance = resource("aws:ec2/instance:Instance");
const bucket = resource("aws:s3/bucketV2:BucketV2");
const group = resource("aws:autoscaling/group:Group");
const provider = resource("pulumi:providers:aws");

const two = { parameters: { tag1Key: "CostCenter", tag2Key: "stage", tag2Value: "dev,prod" } };

export const requiredTags: Cases = {
  REQUIRED_TAGS: [
    compliantCase("has the tag of the default parameter", instance({ tags: { CostCenter: "42" } })),
    compliantCase(
      "has both tags and an allowed value",
      bucket({ tags: { CostCenter: "42", stage: "prod" } }),
      two,
    ),
    compliantCase("has the tag by its provider", instance({ ami: "ami-1" }, { provider: "p" }), {
      with: { p: provider({ defaultTags: JSON.stringify({ tags: { CostCenter: "42" } }) }) },
    }),
    compliantCase(
      "is a group whose tags are blocks",
      group({ tags: [{ key: "CostCenter", value: "42", propagateAtLaunch: true }] }),
    ),
    violatingCase("has no tags", instance({ ami: "ami-1" })),
    violatingCase("has a tag without a value", instance({ tags: { CostCenter: null } })),
    violatingCase(
      "is an instance of an Aurora cluster, without tags",
      resource("aws:rds/clusterInstance:ClusterInstance")({ clusterIdentifier: "orders" }),
    ),
    violatingCase(
      "is the default security group of a VPC, without tags",
      resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")({ vpcId: unknown }),
    ),
    violatingCase("has the tag in other letters", instance({ tags: { costcenter: "42" } })),
    violatingCase("has another value", bucket({ tags: { CostCenter: "42", stage: "test" } }), two),
    violatingCase("lacks one tag of two", bucket({ tags: { CostCenter: "42" } }), two),
    violatingCase("is a group, which default tags do not reach", group({ maxSize: 1 }, { provider: "p" }), {
      with: { p: provider({ defaultTags: JSON.stringify({ tags: { CostCenter: "42" } }) }) },
    }),
    undecidedCase("does not know its tags yet", instance({ tags: unknown })),
    undecidedCase("does not know a value yet", bucket({ tags: { CostCenter: "42", stage: unknown } }), two),
  ],
};

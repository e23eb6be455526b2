import type { ResourceType } from "../catalog/generated/resource-types";
import { all, compliant, isUnknown, reveal, sharedPolicy, undecided, violation } from "../engine";
import type { ManagedRuleParameters } from "../catalog/generated/rule-types";
import type { Context, Outcome, Policies, Value } from "../engine";
import { effectiveTags } from "../views/tags";
import type { EffectiveTags } from "../views/tags";

/** The types that the rule speaks of, those that adopt what AWS has made included. */
const TYPES: readonly ResourceType[] = [
  "aws:acm/certificate:Certificate",
  "aws:autoscaling/group:Group",
  "aws:cloudformation/stack:Stack",
  "aws:codebuild/project:Project",
  "aws:dynamodb/table:Table",
  "aws:ebs/volume:Volume",
  "aws:ec2/customerGateway:CustomerGateway",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/defaultSubnet:DefaultSubnet",
  "aws:ec2/defaultVpc:DefaultVpc",
  "aws:ec2/instance:Instance",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/networkAcl:NetworkAcl",
  "aws:ec2/networkInterface:NetworkInterface",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/vpnConnection:VpnConnection",
  "aws:ec2/vpnGateway:VpnGateway",
  "aws:elb/loadBalancer:LoadBalancer",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:rds/eventSubscription:EventSubscription",
  "aws:rds/instance:Instance",
  "aws:rds/snapshot:Snapshot",
  "aws:rds/snapshotCopy:SnapshotCopy",
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:redshift/cluster:Cluster",
  "aws:redshift/clusterSnapshot:ClusterSnapshot",
  "aws:redshift/parameterGroup:ParameterGroup",
  "aws:redshift/subnetGroup:SubnetGroup",
  "aws:s3/bucket:Bucket",
];

type Parameters = ManagedRuleParameters["REQUIRED_TAGS"];

function hasTag(
  { tags, complete }: EffectiveTags,
  key: string,
  allowed: readonly string[] | undefined,
): Outcome {
  const values = allowed === undefined ? "" : ` with the value ${allowed.join(" or ")}`;
  const reason = {
    property: "tags",
    found: `the resource has no tag "${key}"${values}`,
    fix: `add "${key}"${values} to "tags"`,
  };
  const unknown = undecided({ ...reason, found: `the tag "${key}" of the resource is not known yet` });
  if (!tags.has(key)) return complete ? violation(reason) : unknown;
  if (allowed === undefined) return compliant();
  const value: Value = reveal(tags.get(key) ?? null);
  if (isUnknown(value)) return unknown;
  return allowed.some((one) => one === value) ? compliant() : violation(reason);
}

/** Up to six keys, each with its allowed values. */
function hasRequiredTags(_: unknown, p: Parameters, context: Context): Outcome {
  const tags = effectiveTags(context);
  const wanted: readonly (readonly [key: string | undefined, values: readonly string[] | undefined])[] = [
    [p.tag1Key, p.tag1Value],
    [p.tag2Key, p.tag2Value],
    [p.tag3Key, p.tag3Value],
    [p.tag4Key, p.tag4Value],
    [p.tag5Key, p.tag5Value],
    [p.tag6Key, p.tag6Value],
  ];
  return all(...wanted.flatMap(([key, values]) => (key === undefined ? [] : [hasTag(tags, key, values)])));
}

export const requiredTags: Policies = {
  REQUIRED_TAGS: sharedPolicy("Resources have the required tags.", TYPES, hasRequiredTags),
};

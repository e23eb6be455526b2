import { canonicalToken } from "./engine";
import { allControls } from "./controls";

/**
 * The Pulumi types (canonical tokens) whose resources AWS Config records under one of its resource types: several where
 * a resource is made of parts or AWS shares a type between services, none where no control tells.
 *
 * Nobody publishes such a table. The controls hold it: a rule names the types that it evaluates, and its policy the
 * types that it judges.
 *
 * @param type - as AWS Config spells it, e.g. `AWS::S3::Bucket`.
 */
export function tokensOfConfigType(type: string): ReadonlySet<string> {
  return (table ??= derived()).get(type) ?? NONE;
}

/**
 * Whether a Pulumi type by itself makes a resource that AWS Config records under a type, by their names. Narrower than
 * {@link tokensOfConfigType}: parts of a resource do not count, for they may be something else as well.
 *
 * @param type - as AWS Config spells it.
 * @param token - a canonical token.
 */
export const isTokenOfConfigType = (type: string, token: string): boolean =>
  nameOfType(type) === nameOfToken(token);

const NONE: ReadonlySet<string> = new Set();

/** Common types of which no rule with a policy speaks alone. */
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  "AWS::AmazonMQ::Broker": ["aws:mq/broker:Broker"],
  "AWS::CodeDeploy::DeploymentGroup": ["aws:codedeploy/deploymentGroup:DeploymentGroup"],
  "AWS::EC2::VPCEndpoint": ["aws:ec2/vpcEndpoint:VpcEndpoint"],
  "AWS::ElastiCache::CacheCluster": ["aws:elasticache/cluster:Cluster"],
  "AWS::EMR::Cluster": ["aws:emr/cluster:Cluster"],
  "AWS::EMR::SecurityConfiguration": ["aws:emr/securityConfiguration:SecurityConfiguration"],
  "AWS::FSx::FileSystem": [
    "aws:fsx/lustreFileSystem:LustreFileSystem",
    "aws:fsx/ontapFileSystem:OntapFileSystem",
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
    "aws:fsx/windowsFileSystem:WindowsFileSystem",
  ],
  "AWS::RDS::DBClusterSnapshot": ["aws:rds/clusterSnapshot:ClusterSnapshot"],
  "AWS::RDS::DBInstance": [
    "aws:docdb/clusterInstance:ClusterInstance",
    "aws:neptune/clusterInstance:ClusterInstance",
  ],
  "AWS::RDS::DBSnapshot": ["aws:rds/snapshot:Snapshot"],
  "AWS::RDS::DBSubnetGroup": ["aws:rds/subnetGroup:SubnetGroup"],
};

let table: ReadonlyMap<string, ReadonlySet<string>> | undefined;

function derived(): ReadonlyMap<string, ReadonlySet<string>> {
  const sure = new Map(Object.entries(FURTHER).map(([type, tokens]) => [type, new Set(tokens)]));
  const related = new Map<string, Set<string>>();
  const types = new Set<string>();
  const named = new Map<string, string>();
  for (const { rule, policy } of allControls()) {
    for (const type of rule.resourceTypes) types.add(type);
    if (policy === undefined) continue;
    const judged = [...policy.checks.keys()].map(canonicalToken);
    const tokens = [...judged, ...[...policy.early.keys()].map(canonicalToken)];
    for (const token of tokens) named.set(nameOfToken(token), token);
    const [type, ...others] = rule.resourceTypes;
    if (type === undefined || others.length > 0) continue;
    if (judged.length === 1) add(sure, type, judged);
    add(related, type, tokens);
  }
  for (const type of types) {
    const token = named.get(nameOfType(type));
    if (token !== undefined) add(sure, type, [token]);
    // The other types that rules about this one judge are its parts when they belong to the same service.
    const modules = new Set([...(sure.get(type) ?? [])].map(moduleOf));
    const parts = [...(related.get(type) ?? [])].filter((candidate) => modules.has(moduleOf(candidate)));
    if (parts.length > 0) add(sure, type, parts);
  }
  return sure;
}

function add(map: Map<string, Set<string>>, type: string, tokens: readonly string[]): void {
  const before = map.get(type) ?? new Set();
  for (const token of tokens) before.add(token);
  map.set(type, before);
}

/** `aws:s3/bucket:Bucket` is `s3/bucket`. */
const nameOfToken = (token: string): string => (token.split(":")[1] ?? "").toLowerCase();

/** `AWS::S3::Bucket` is `s3/bucket`. */
const nameOfType = (type: string): string => type.split("::").slice(1).join("/").toLowerCase();

const moduleOf = (token: string): string => nameOfToken(token).split("/")[0] ?? "";

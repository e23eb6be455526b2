import {
  all,
  any,
  compliant,
  given,
  isUnknown,
  notApplicable,
  policy,
  reveal,
  stackPolicy,
  toNumber,
  undecided,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { ownName } from "../views/default-names";
import { keyAmong } from "../views/kms";
import { namedValue } from "../views/named-values";
import { closedToEverybody } from "../views/open-ports";
import { groupRules } from "../views/security-group";
import { spansZones } from "../views/zones";

const CLUSTER = "aws:redshift/cluster:Cluster";
const LOGGING = "aws:redshift/logging:Logging";
const PARAMETER_GROUP = "aws:redshift/parameterGroup:ParameterGroup";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";

type Cluster = Reader<ResourceArgs[typeof CLUSTER]>;

interface InlineLogging {
  readonly logging?: { readonly enable?: boolean; readonly bucketName?: string };
}

/**
 * Before version 7 of the provider the cluster itself had a block for its audit log. The property is gone, so that no
 * reason names it.
 */
const logsInline = (cluster: Cluster, buckets: readonly string[] | undefined): Outcome => {
  const own = cluster as unknown as Reader<InlineLogging>;
  const { verdict } = all(
    own.isTrue("logging.enable"),
    given(buckets, (names) => own.oneOf("logging.bucketName", names)),
  );
  const reason = { found: "the block for logging does not do", fix: "replace it by a Logging resource" };
  if (verdict === "NON_COMPLIANT") return violation(reason);
  return verdict === "UNDECIDED" ? undecided(reason) : compliant();
};

const isLogged = (cluster: Cluster, context: Context, buckets?: readonly string[]): Outcome =>
  cluster.at("logging").kind === "absent"
    ? hasLogging(context, buckets)
    : any(logsInline(cluster, buckets), hasLogging(context, buckets));

const hasLogging = ({ node, stack }: Context, buckets?: readonly string[]): Outcome => {
  const { nodes, uncertain } = stack.referrers(node, LOGGING, "clusterIdentifier");
  const missing = {
    found: "the cluster has no audit logging",
    fix: "add a Logging resource for the cluster",
  };
  const outcomes = nodes.map((logging) =>
    given(buckets, (names) => logging.reader(LOGGING).oneOf("bucketName", names)),
  );
  if (nodes.length === 0) return uncertain ? undecided(missing) : violation(missing);
  return all(compliant(), any(...outcomes));
};

/** A cluster that is made from a snapshot has the names of its source. */
const isRestored = (cluster: Cluster): boolean =>
  cluster.read("snapshotIdentifier").kind !== "absent" || cluster.read("snapshotArn").kind !== "absent";

function ownDatabaseName(cluster: Cluster, valid: readonly string[] | undefined): Outcome {
  const outcome = ownName(cluster, "databaseName", "dev", valid);
  const inherits = cluster.read("databaseName").kind === "absent" && isRestored(cluster);
  return inherits && outcome.verdict === "NON_COMPLIANT" ? undecided(...outcome.reasons) : outcome;
}

/** The families of parameter groups in which TLS is required unless a group turns it off. */
const REQUIRES_TLS = "redshift-2.0";

/**
 * A cluster that names no group gets the default one of that family, which no program sees: where explicit
 * configuration is required, it does not count.
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-parameter-groups.html
 */
function requiresTls(cluster: Cluster, { node, stack, strict }: Context): Outcome {
  const fix = 'name a parameter group with "require_ssl" true';
  const reason = cluster.reason("clusterParameterGroupName", fix);
  // A cluster that exists has the default group of its own day.
  const deployed = reveal(node.output("clusterParameterGroupName") ?? null);
  const name =
    cluster.value("clusterParameterGroupName") ?? (typeof deployed === "string" ? deployed : undefined);
  if (name === `default.${REQUIRES_TLS}` || (name === undefined && !strict)) return compliant();
  const isDefault = typeof name === "string" && name.startsWith("default.");
  if (name === undefined || isDefault) return violation(reason);
  const { nodes, uncertain } = stack.targets(node, "clusterParameterGroupName", PARAMETER_GROUP);
  const [group] = nodes;
  if (group === undefined || nodes.length > 1 || uncertain) return undecided(reason);
  const own = group.reader(PARAMETER_GROUP);
  const family = own.value("family");
  return namedValue(own, "parameters", ["name", "value"], {
    name: "require_ssl",
    holds: (value) => value.toLowerCase() === "true",
    fix: 'set "require_ssl" to true in the parameter group',
    missing: (found) =>
      isUnknown(family) ? undecided(found) : family === REQUIRES_TLS ? compliant() : violation(found),
  });
}

/** The default group of a VPC lets in its own members only; groups of other stacks are not seen. */
function isClosed(cluster: Cluster, context: Context): Outcome {
  const { node, stack } = context;
  const port = cluster.value("port");
  const groups = cluster.texts("vpcSecurityGroupIds");
  if (groups.complete && groups.items.length === 0) return compliant();
  const { nodes, uncertain } = stack.targets(node, "vpcSecurityGroupIds", SECURITY_GROUP);
  const reason = cluster.reason("vpcSecurityGroupIds", "name security groups of the stack");
  if (isUnknown(port)) return undecided(cluster.reason("port", 'make "port" known'));
  const outcomes = nodes.map((group) =>
    closedToEverybody(groupRules(group.reader(SECURITY_GROUP), { ...context, node: group }, "ingress"), [
      { protocol: "tcp", port: toNumber(port ?? Number.NaN) },
    ]),
  );
  const unseen = uncertain || nodes.length < groups.items.length || nodes.length === 0;
  const certain = uncertain ? outcomes.map((outcome) => certainly(outcome)) : outcomes;
  return all(...certain, unseen ? undecided(reason) : compliant());
}

/** What is wrong with one of several candidates is not certain. */
const certainly = (outcome: Outcome): Outcome =>
  outcome.verdict === "NON_COMPLIANT" ? undecided(...outcome.reasons) : outcome;

export const redshift: Policies = {
  REDSHIFT_AUDIT_LOGGING_ENABLED: stackPolicy("Redshift clusters write an audit log.", {
    [CLUSTER]: (cluster, p, context) => isLogged(cluster, context, p.bucketNames),
  }),

  REDSHIFT_BACKUP_ENABLED: policy("Redshift clusters take automated snapshots.", {
    [CLUSTER]: (cluster, p) =>
      all(
        cluster.atLeast("automatedSnapshotRetentionPeriod", Math.max(1, p.MinRetentionPeriod ?? 1)),
        given(p.MaxRetentionPeriod, (days) => cluster.atMost("automatedSnapshotRetentionPeriod", days)),
      ),
  }),

  REDSHIFT_CLUSTER_CONFIGURATION_CHECK: stackPolicy(
    "Redshift clusters are encrypted, write an audit log and have the node types that are asked for.",
    {
      [CLUSTER]: (cluster, p, context) =>
        all(
          compliant(),
          p.clusterDbEncrypted ? cluster.isTrue("encrypted") : notApplicable(),
          p.loggingEnabled ? isLogged(cluster, context) : notApplicable(),
          given(p.nodeTypes, (types) => cluster.oneOf("nodeType", types)),
        ),
    },
  ),

  REDSHIFT_CLUSTER_KMS_ENABLED: policy("Redshift clusters are encrypted with a KMS key that is named.", {
    [CLUSTER]: (cluster, { kmsKeyArns }) =>
      all(
        cluster.isTrue("encrypted"),
        cluster.present("kmsKeyId"),
        given(kmsKeyArns, (keys) => keyAmong(cluster, "kmsKeyId", keys)),
      ),
  }),

  REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK: policy(
    "Redshift clusters have the maintenance settings that are asked for.",
    {
      [CLUSTER]: (cluster, p) =>
        all(
          p.allowVersionUpgrade
            ? cluster.isTrue("allowVersionUpgrade")
            : cluster.isFalse("allowVersionUpgrade"),
          cluster.atLeast("automatedSnapshotRetentionPeriod", p.automatedSnapshotRetentionPeriod),
          given(p.preferredMaintenanceWindow, (window) =>
            cluster.oneOf("preferredMaintenanceWindow", [window], { ignoreCase: true }),
          ),
        ),
    },
  ),

  REDSHIFT_CLUSTER_MULTI_AZ_ENABLED: policy("Redshift clusters span several Availability Zones.", {
    [CLUSTER]: (cluster) => cluster.isTrue("multiAz"),
  }),

  REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK: policy("Redshift clusters are not publicly accessible.", {
    [CLUSTER]: (cluster) => cluster.isFalse("publiclyAccessible"),
  }),

  REDSHIFT_CLUSTER_SUBNET_GROUP_MULTI_AZ: stackPolicy(
    "Redshift subnet groups span several Availability Zones.",
    {
      "aws:redshift/subnetGroup:SubnetGroup": (group, _, context) =>
        spansZones(group, "subnetIds", context, 2),
    },
  ),

  REDSHIFT_DEFAULT_ADMIN_CHECK: policy("Redshift clusters have an administrator with a name of its own.", {
    [CLUSTER]: (cluster, p) => ownName(cluster, "masterUsername", "awsuser", p.validAdminUserNames),
  }),

  REDSHIFT_DEFAULT_DB_NAME_CHECK: policy("Redshift clusters have a database with a name of its own.", {
    [CLUSTER]: (cluster, p) => ownDatabaseName(cluster, p.validDatabaseNames),
  }),

  REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED: policy("Redshift clusters copy data through their VPC.", {
    [CLUSTER]: (cluster) => cluster.isTrue("enhancedVpcRouting"),
  }),

  REDSHIFT_REQUIRE_TLS_SSL: stackPolicy("Redshift clusters require TLS.", {
    [CLUSTER]: (cluster, _, context) => requiresTls(cluster, context),
  }),

  REDSHIFT_UNRESTRICTED_PORT_ACCESS: stackPolicy("Redshift clusters do not open their port to everybody.", {
    [CLUSTER]: (cluster, _, context) => isClosed(cluster, context),
  }),
};

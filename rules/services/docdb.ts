import { all, compliant, given, policy, stackPolicy, undecided } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { storageIsEncrypted } from "../views/database";
import { keyAmong } from "../views/kms";
import { hasTexts } from "../views/lists";
import { namedValue } from "../views/named-values";

const CLUSTER = "aws:docdb/cluster:Cluster";
const PARAMETER_GROUP = "aws:docdb/clusterParameterGroup:ClusterParameterGroup";

/** What the rule asks for when no parameter is given, in days. */
const BACKUP_DAYS = 7;

const SOURCES = ["snapshotIdentifier", "restoreToPointInTime", "globalClusterIdentifier"];

/**
 * TLS is on unless a parameter group turns it off.
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
 */
function requiresTls(
  cluster: Reader<ResourceArgs[typeof CLUSTER]>,
  excluded: readonly string[],
  { node, stack }: Context,
): Outcome {
  const reason = cluster.reason(
    "dbClusterParameterGroupName",
    'name a parameter group of the stack that does not turn off "tls"',
  );
  const name = cluster.value("dbClusterParameterGroupName");
  if (name === undefined || (typeof name === "string" && name.startsWith("default."))) return compliant();
  const { nodes, uncertain } = stack.targets(node, "dbClusterParameterGroupName", PARAMETER_GROUP);
  const [group] = nodes;
  if (group === undefined || nodes.length > 1 || uncertain) return undecided(reason);
  return namedValue(group.reader(PARAMETER_GROUP), "parameters", ["name", "value"], {
    name: "tls",
    holds: (value) => !["disabled", ...excluded].includes(value.toLowerCase()),
    fix: 'set "tls" to enabled in the parameter group',
    missing: compliant,
  });
}

export const docdb: Policies = {
  DOCDB_CLUSTER_AUDIT_LOGGING_ENABLED: policy("DocumentDB clusters send their audit log to CloudWatch.", {
    [CLUSTER]: (cluster) => hasTexts(cluster, "enabledCloudwatchLogsExports", ["audit"]),
  }),

  DOCDB_CLUSTER_BACKUP_RETENTION_CHECK: policy("DocumentDB clusters keep backups long enough.", {
    [CLUSTER]: (cluster, p) =>
      cluster.atLeast("backupRetentionPeriod", p.minimumBackupRetentionPeriod ?? BACKUP_DAYS),
  }),

  DOCDB_CLUSTER_DELETION_PROTECTION_ENABLED: policy("DocumentDB clusters are protected against deletion.", {
    [CLUSTER]: (cluster) => cluster.isTrue("deletionProtection"),
  }),

  DOCDB_CLUSTER_ENCRYPTED: policy("DocumentDB clusters encrypt their storage.", {
    [CLUSTER]: (cluster, { kmsKeyArns }) =>
      all(
        storageIsEncrypted(cluster, SOURCES),
        given(kmsKeyArns, (keys) => keyAmong(cluster, "kmsKeyId", keys)),
      ),
  }),

  DOCDB_CLUSTER_ENCRYPTED_IN_TRANSIT: stackPolicy("DocumentDB clusters require TLS.", {
    [CLUSTER]: (cluster, { excludeTlsParameters }, context) =>
      requiresTls(
        cluster,
        (excludeTlsParameters ?? []).map((value) => value.toLowerCase()),
        context,
      ),
  }),
};

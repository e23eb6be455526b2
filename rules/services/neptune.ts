import { all, given, policy, stackPolicy } from "../engine";
import type { Policies } from "../engine";
import { hasSecondInstance, storageIsEncrypted } from "../views/database";
import { keyAmong } from "../views/kms";
import { hasTexts } from "../views/lists";

const CLUSTER = "aws:neptune/cluster:Cluster";

/** What the rule asks for when no parameter is given, in days. */
const BACKUP_DAYS = 7;

const SOURCES = ["snapshotIdentifier", "replicationSourceIdentifier", "globalClusterIdentifier"];

export const neptune: Policies = {
  NEPTUNE_CLUSTER_BACKUP_RETENTION_CHECK: policy("Neptune clusters keep backups long enough.", {
    [CLUSTER]: (cluster, p) =>
      cluster.atLeast("backupRetentionPeriod", p.minimumBackupRetentionPeriod ?? BACKUP_DAYS),
  }),

  NEPTUNE_CLUSTER_CLOUDWATCH_LOG_EXPORT_ENABLED: policy(
    "Neptune clusters send their audit log to CloudWatch.",
    {
      [CLUSTER]: (cluster) => hasTexts(cluster, "enableCloudwatchLogsExports", ["audit"]),
    },
  ),

  NEPTUNE_CLUSTER_COPY_TAGS_TO_SNAPSHOT_ENABLED: policy("Neptune clusters copy their tags to snapshots.", {
    [CLUSTER]: (cluster) => cluster.isTrue("copyTagsToSnapshot"),
  }),

  NEPTUNE_CLUSTER_DELETION_PROTECTION_ENABLED: policy("Neptune clusters are protected against deletion.", {
    [CLUSTER]: (cluster) => cluster.isTrue("deletionProtection"),
  }),

  NEPTUNE_CLUSTER_ENCRYPTED: policy("Neptune clusters encrypt their storage.", {
    [CLUSTER]: (cluster, { KmsKeyArns }) =>
      all(
        storageIsEncrypted(cluster, SOURCES),
        given(KmsKeyArns, (keys) => keyAmong(cluster, "kmsKeyArn", keys)),
      ),
  }),

  NEPTUNE_CLUSTER_IAM_DATABASE_AUTHENTICATION: policy("Neptune clusters authenticate by IAM.", {
    [CLUSTER]: (cluster) => cluster.isTrue("iamDatabaseAuthenticationEnabled"),
  }),

  NEPTUNE_CLUSTER_MULTI_AZ_ENABLED: stackPolicy(
    "Neptune clusters have instances in several Availability Zones.",
    {
      [CLUSTER]: (_, __, context) =>
        hasSecondInstance(context, "aws:neptune/clusterInstance:ClusterInstance"),
    },
  ),
};

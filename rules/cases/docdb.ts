import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { CaseResource, Cases } from "./types";

const cluster = resource("aws:docdb/cluster:Cluster");
const group = (parameters: unknown): { with: { p: CaseResource } } => ({
  with: {
    p: resource("aws:docdb/clusterParameterGroup:ClusterParameterGroup")({ family: "docdb5.0", parameters }),
  },
});
const grouped = cluster({ dbClusterParameterGroupName: ref("p", "name") });
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";

export const docdb: Cases = {
  DOCDB_CLUSTER_AUDIT_LOGGING_ENABLED: [
    compliantCase("sends it", cluster({ enabledCloudwatchLogsExports: ["audit", "profiler"] })),
    violatingCase("sends none", cluster({})),
    violatingCase("sends another", cluster({ enabledCloudwatchLogsExports: ["profiler"] })),
    undecidedCase("does not know yet", cluster({ enabledCloudwatchLogsExports: unknown })),
  ],
  DOCDB_CLUSTER_BACKUP_RETENTION_CHECK: [
    compliantCase("keeps them for seven days", cluster({ backupRetentionPeriod: 7 })),
    compliantCase("keeps them as long as asked for", cluster({ backupRetentionPeriod: 3 }), {
      parameters: { minimumBackupRetentionPeriod: "3" },
    }),
    violatingCase("does not say, which means one day", cluster({})),
    violatingCase("keeps them too short", cluster({ backupRetentionPeriod: 6 })),
    undecidedCase("does not know yet", cluster({ backupRetentionPeriod: unknown })),
  ],
  DOCDB_CLUSTER_DELETION_PROTECTION_ENABLED: [
    compliantCase("is protected", cluster({ deletionProtection: true })),
    violatingCase("does not say", cluster({})),
    violatingCase("is not protected", cluster({ deletionProtection: false })),
    undecidedCase("does not know yet", cluster({ deletionProtection: unknown })),
  ],
  DOCDB_CLUSTER_ENCRYPTED: [
    compliantCase("is encrypted", cluster({ storageEncrypted: true })),
    compliantCase("is encrypted with a listed key", cluster({ storageEncrypted: true, kmsKeyId: KEY }), {
      parameters: { kmsKeyArns: KEY },
    }),
    violatingCase("does not say", cluster({})),
    violatingCase("is not encrypted", cluster({ storageEncrypted: false })),
    violatingCase("has no listed key", cluster({ storageEncrypted: true }), {
      parameters: { kmsKeyArns: KEY },
    }),
    compliantCase(
      "is made from a snapshot with a key of its own",
      cluster({ snapshotIdentifier: "docs-1", kmsKeyId: KEY }),
    ),
    undecidedCase("is made from a snapshot", cluster({ snapshotIdentifier: "docs-1" })),
    undecidedCase(
      "is made from a snapshot with an empty key",
      cluster({ snapshotIdentifier: "docs-1", kmsKeyId: "" }),
    ),
    undecidedCase("does not know yet", cluster({ storageEncrypted: unknown })),
  ],
  DOCDB_CLUSTER_ENCRYPTED_IN_TRANSIT: [
    compliantCase("names no group, so that TLS is on", cluster({})),
    compliantCase("has the default group", cluster({ dbClusterParameterGroupName: "default.docdb5.0" })),
    compliantCase("has a group that turns it on", grouped, group([{ name: "tls", value: "enabled" }])),
    compliantCase("has a group that does not say", grouped, group([{ name: "audit_logs", value: "all" }])),
    violatingCase("has a group that turns it off", grouped, group([{ name: "tls", value: "disabled" }])),
    violatingCase("has a group with a value that is excluded", grouped, {
      ...group([{ name: "tls", value: "enabled" }]),
      parameters: { excludeTlsParameters: "enabled" },
    }),
    undecidedCase("has a group of another stack", cluster({ dbClusterParameterGroupName: "docs" })),
    undecidedCase(
      "has a group whose value is not known yet",
      grouped,
      group([{ name: "tls", value: unknown }]),
    ),
  ],
};

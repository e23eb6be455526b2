import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { CaseResource, Cases } from "./types";

const cluster = resource("aws:neptune/cluster:Cluster");
const instance = (availabilityZone?: unknown): CaseResource =>
  resource("aws:neptune/clusterInstance:ClusterInstance")({
    clusterIdentifier: ref("subject"),
    instanceClass: "db.r6g.large",
    ...(availabilityZone === undefined ? {} : { availabilityZone }),
  });
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";

export const neptune: Cases = {
  NEPTUNE_CLUSTER_BACKUP_RETENTION_CHECK: [
    compliantCase("keeps them for seven days", cluster({ backupRetentionPeriod: 7 })),
    compliantCase("keeps them as long as asked for", cluster({ backupRetentionPeriod: 3 }), {
      parameters: { minimumBackupRetentionPeriod: "3" },
    }),
    violatingCase("does not say, which means one day", cluster({})),
    violatingCase("keeps them too short", cluster({ backupRetentionPeriod: 6 })),
    violatingCase("keeps them shorter than asked for", cluster({ backupRetentionPeriod: 7 }), {
      parameters: { minimumBackupRetentionPeriod: "35" },
    }),
    undecidedCase("does not know yet", cluster({ backupRetentionPeriod: unknown })),
  ],
  NEPTUNE_CLUSTER_CLOUDWATCH_LOG_EXPORT_ENABLED: [
    compliantCase("sends it", cluster({ enableCloudwatchLogsExports: ["audit"] })),
    compliantCase("sends it with another", cluster({ enableCloudwatchLogsExports: ["slowquery", "audit"] })),
    violatingCase("sends none", cluster({})),
    violatingCase("sends another", cluster({ enableCloudwatchLogsExports: ["slowquery"] })),
    undecidedCase("does not know yet", cluster({ enableCloudwatchLogsExports: unknown })),
  ],
  NEPTUNE_CLUSTER_COPY_TAGS_TO_SNAPSHOT_ENABLED: [
    compliantCase("copies them", cluster({ copyTagsToSnapshot: true })),
    violatingCase("does not say", cluster({})),
    violatingCase("does not copy them", cluster({ copyTagsToSnapshot: false })),
    undecidedCase("does not know yet", cluster({ copyTagsToSnapshot: unknown })),
  ],
  NEPTUNE_CLUSTER_DELETION_PROTECTION_ENABLED: [
    compliantCase("is protected", cluster({ deletionProtection: true })),
    violatingCase("does not say", cluster({})),
    violatingCase("is not protected", cluster({ deletionProtection: false })),
    undecidedCase("does not know yet", cluster({ deletionProtection: unknown })),
  ],
  NEPTUNE_CLUSTER_ENCRYPTED: [
    compliantCase("is encrypted", cluster({ storageEncrypted: true })),
    compliantCase("is encrypted with a listed key", cluster({ storageEncrypted: true, kmsKeyArn: KEY }), {
      parameters: { KmsKeyArns: KEY },
    }),
    violatingCase("does not say", cluster({})),
    violatingCase("is not encrypted", cluster({ storageEncrypted: false })),
    violatingCase("has no listed key", cluster({ storageEncrypted: true }), {
      parameters: { KmsKeyArns: KEY },
    }),
    compliantCase(
      "is made from a snapshot with a key of its own",
      cluster({ snapshotIdentifier: "graph-1", kmsKeyArn: KEY }),
    ),
    undecidedCase("is made from a snapshot", cluster({ snapshotIdentifier: "graph-1" })),
    undecidedCase("does not know yet", cluster({ storageEncrypted: unknown })),
  ],
  NEPTUNE_CLUSTER_IAM_DATABASE_AUTHENTICATION: [
    compliantCase("authenticates by IAM", cluster({ iamDatabaseAuthenticationEnabled: true })),
    violatingCase("does not say", cluster({})),
    violatingCase("does not", cluster({ iamDatabaseAuthenticationEnabled: false })),
    undecidedCase("does not know yet", cluster({ iamDatabaseAuthenticationEnabled: unknown })),
  ],
  NEPTUNE_CLUSTER_MULTI_AZ_ENABLED: [
    compliantCase("has two instances", cluster({}), { with: { a: instance(), b: instance() } }),
    compliantCase("has instances in two zones", cluster({}), {
      with: { a: instance("eu-west-1a"), b: instance("eu-west-1b") },
    }),
    violatingCase("has one instance", cluster({}), { with: { a: instance() } }),
    violatingCase("has no instance", cluster({})),
    violatingCase("has two instances in one zone", cluster({}), {
      with: { a: instance("eu-west-1a"), b: instance("eu-west-1a") },
    }),
    undecidedCase("has instances in zones that are not known yet", cluster({}), {
      with: { a: instance("eu-west-1a"), b: instance(unknown) },
    }),
  ],
};

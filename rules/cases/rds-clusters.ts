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

const cluster = resource("aws:rds/cluster:Cluster");
const instance = resource("aws:rds/clusterInstance:ClusterInstance");
const global = resource("aws:rds/globalCluster:GlobalCluster");

const mysql = { engine: "aurora-mysql" };
const postgres = { engine: "aurora-postgresql" };
const member = (more: object = {}): ReturnType<typeof instance> =>
  instance({
    clusterIdentifier: ref("subject"),
    engine: "aurora-mysql",
    instanceClass: "db.r6g.large",
    ...more,
  });

export const rdsClusters: Cases = {
  AURORA_GLOBAL_DATABASE_ENCRYPTION_AT_REST: [
    compliantCase("is encrypted", global({ globalClusterIdentifier: "g", storageEncrypted: true })),
    compliantCase(
      "is made from an encrypted cluster",
      global({ globalClusterIdentifier: "g", sourceDbClusterIdentifier: ref("source", "arn") }),
      {
        with: { source: cluster({ ...mysql, storageEncrypted: true }) },
      },
    ),
    violatingCase("is not encrypted", global({ globalClusterIdentifier: "g", storageEncrypted: false })),
    violatingCase("does not say", global({ globalClusterIdentifier: "g" })),
    undecidedCase("does not know yet", global({ globalClusterIdentifier: "g", storageEncrypted: unknown })),
  ],
  AURORA_MYSQL_BACKTRACKING_ENABLED: [
    compliantCase("can be rewound by a day", cluster({ ...mysql, backtrackWindow: 86_400 })),
    violatingCase("cannot be rewound", cluster({ ...mysql, backtrackWindow: 0 })),
    violatingCase("does not say", cluster(mysql)),
    violatingCase("can be rewound by too little", cluster({ ...mysql, backtrackWindow: 3600 }), {
      parameters: { BacktrackWindowInHours: "24" },
    }),
    notApplicableCase("is PostgreSQL", cluster(postgres)),
    undecidedCase("has an unknown window", cluster({ ...mysql, backtrackWindow: unknown })),
  ],
  RDS_CLUSTER_AUTO_MINOR_VERSION_UPGRADE_ENABLE: [
    compliantCase("has instances that take them by default", cluster(mysql), {
      with: { a: member(), b: member() },
    }),
    violatingCase("has an instance that does not", cluster(mysql), {
      with: { a: member(), b: member({ autoMinorVersionUpgrade: false }) },
    }),
    undecidedCase("has an instance that does not know yet", cluster(mysql), {
      with: { a: member({ autoMinorVersionUpgrade: unknown }) },
    }),
  ],
  RDS_CLUSTER_BACKUP_RETENTION_CHECK: [
    compliantCase("keeps backups for a week", cluster({ ...mysql, backupRetentionPeriod: 7 })),
    violatingCase("keeps them for one day", cluster({ ...mysql, backupRetentionPeriod: 1 })),
    violatingCase("does not say", cluster(mysql)),
    violatingCase("keeps them shorter than asked", cluster({ ...mysql, backupRetentionPeriod: 14 }), {
      parameters: { minimumBackupRetentionPeriod: "30" },
    }),
    undecidedCase("keeps them for an unknown time", cluster({ ...mysql, backupRetentionPeriod: unknown })),
  ],
  RDS_CLUSTER_DEFAULT_ADMIN_CHECK: [
    compliantCase("has a name of its own", cluster({ ...mysql, masterUsername: "keeper" })),
    violatingCase("is called admin", cluster({ ...mysql, masterUsername: "admin" })),
    violatingCase("is called postgres", cluster({ ...postgres, masterUsername: "postgres" })),
    undecidedCase("has an unknown name", cluster({ ...mysql, masterUsername: unknown })),
  ],
  RDS_CLUSTER_DELETION_PROTECTION_ENABLED: [
    compliantCase("is protected", cluster({ ...mysql, deletionProtection: true })),
    violatingCase("is not protected", cluster({ ...mysql, deletionProtection: false })),
    violatingCase("does not say", cluster(mysql)),
    undecidedCase("does not know yet", cluster({ ...mysql, deletionProtection: unknown })),
  ],
  RDS_CLUSTER_ENCRYPTED_AT_REST: [
    compliantCase("is encrypted", cluster({ ...mysql, storageEncrypted: true })),
    compliantCase(
      "is serverless version 1, which always is",
      cluster({ ...mysql, engineMode: "serverless" }),
    ),
    violatingCase("is not encrypted", cluster({ ...mysql, storageEncrypted: false })),
    violatingCase("does not say", cluster(mysql)),
    compliantCase(
      "is restored from a snapshot with a key of its own",
      cluster({ ...mysql, snapshotIdentifier: "snap", kmsKeyId: "alias/data" }),
    ),
    undecidedCase("is restored from a snapshot", cluster({ ...mysql, snapshotIdentifier: "snap" })),
    undecidedCase(
      "is restored to a point in time of another cluster",
      cluster({
        ...mysql,
        restoreToPointInTime: { sourceClusterIdentifier: "main", useLatestRestorableTime: true },
      }),
    ),
    undecidedCase(
      "replicates a cluster of another stack",
      cluster({ ...mysql, replicationSourceIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster:main" }),
    ),
    undecidedCase("does not know yet", cluster({ ...mysql, storageEncrypted: unknown })),
  ],
  RDS_CLUSTER_IAM_AUTHENTICATION_ENABLED: [
    compliantCase("authenticates by IAM", cluster({ ...mysql, iamDatabaseAuthenticationEnabled: true })),
    violatingCase("does not", cluster({ ...mysql, iamDatabaseAuthenticationEnabled: false })),
    violatingCase("does not say", cluster(postgres)),
    undecidedCase("does not know yet", cluster({ ...mysql, iamDatabaseAuthenticationEnabled: unknown })),
  ],
  RDS_CLUSTER_MULTI_AZ_ENABLED: [
    compliantCase("has two instances", cluster(mysql), { with: { a: member(), b: member() } }),
    compliantCase(
      "is a Multi-AZ DB cluster",
      cluster({ engine: "mysql", dbClusterInstanceClass: "db.r6gd.xlarge" }),
    ),
    violatingCase("has one instance", cluster(mysql), { with: { a: member() } }),
    violatingCase("has no instance", cluster(mysql)),
    violatingCase("has two instances in one zone", cluster(mysql), {
      with: { a: member({ availabilityZone: "eu-west-1a" }), b: member({ availabilityZone: "eu-west-1a" }) },
    }),
    undecidedCase("may have another instance", cluster(mysql), {
      with: { a: member(), b: instance({ ...mysql, clusterIdentifier: unknown }) },
    }),
  ],
  RDS_GLOBAL_CLUSTER_AURORA_MYSQL_SUPPORTED_VERSION: [
    compliantCase("runs a later version", global({ ...mysql, engineVersion: "8.0.mysql_aurora.3.08.0" }), {
      parameters: { minSupportedEngineVersion: "8.0.mysql_aurora.3.04.0" },
    }),
    violatingCase("runs an older version", global({ ...mysql, engineVersion: "8.0.mysql_aurora.3.02.0" }), {
      parameters: { minSupportedEngineVersion: "8.0.mysql_aurora.3.04.0" },
    }),
    notApplicableCase("is PostgreSQL", global({ ...postgres, engineVersion: "16.1" }), {
      parameters: { minSupportedEngineVersion: "3.04.0" },
    }),
    undecidedCase("runs an unknown version", global({ ...mysql, engineVersion: unknown }), {
      parameters: { minSupportedEngineVersion: "3.04.0" },
    }),
    undecidedCase("runs the version that AWS chooses", global(mysql), {
      parameters: { minSupportedEngineVersion: "3.04.0" },
    }),
    undecidedCase("names the version of MySQL only", global({ ...mysql, engineVersion: "5.7" }), {
      parameters: { minSupportedEngineVersion: "3.04.0" },
    }),
    undecidedCase(
      "is judged without the required parameter",
      global({ ...mysql, engineVersion: "8.0.mysql_aurora.3.02.0" }),
    ),
  ],
  RDS_MYSQL_CLUSTER_COPY_TAGS_TO_SNAPSHOT_CHECK: [
    compliantCase("copies its tags", cluster({ ...mysql, copyTagsToSnapshot: true })),
    violatingCase("does not say", cluster(mysql)),
    notApplicableCase("is PostgreSQL", cluster(postgres)),
    undecidedCase("does not know yet", cluster({ ...mysql, copyTagsToSnapshot: unknown })),
  ],
  RDS_PGSQL_CLUSTER_COPY_TAGS_TO_SNAPSHOT_CHECK: [
    compliantCase("copies its tags", cluster({ ...postgres, copyTagsToSnapshot: true })),
    violatingCase("does not", cluster({ ...postgres, copyTagsToSnapshot: false })),
    notApplicableCase("is MySQL", cluster(mysql)),
    undecidedCase("does not know yet", cluster({ ...postgres, copyTagsToSnapshot: unknown })),
  ],
};

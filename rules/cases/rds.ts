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

const db = resource("aws:rds/instance:Instance");
const clusterInstance = resource("aws:rds/clusterInstance:ClusterInstance");
const proxy = resource("aws:rds/proxy:Proxy");
const snapshot = resource("aws:rds/snapshot:Snapshot");

const mysql = { engine: "mysql", instanceClass: "db.t4g.medium", allocatedStorage: 20 };
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

export const rds: Cases = {
  DB_INSTANCE_BACKUP_ENABLED: [
    compliantCase("keeps backups for a week", db({ ...mysql, backupRetentionPeriod: 7 })),
    compliantCase("keeps backups long enough", db({ ...mysql, backupRetentionPeriod: 30 }), {
      parameters: { backupRetentionPeriod: "14" },
    }),
    violatingCase("keeps no backups", db({ ...mysql, backupRetentionPeriod: 0 })),
    violatingCase("does not say", db(mysql), {
      note: "The provider sends 0 days where nothing is set, although the API's own default is 1.",
    }),
    violatingCase("keeps backups too short", db({ ...mysql, backupRetentionPeriod: 7 }), {
      parameters: { backupRetentionPeriod: "14" },
    }),
    violatingCase(
      "is backed up in another window",
      db({ ...mysql, backupRetentionPeriod: 7, backupWindow: "03:00-04:00" }),
      {
        parameters: { preferredBackupWindow: "01:00-02:00" },
      },
    ),
    notApplicableCase(
      "is a read replica, which are not checked",
      db({ replicateSourceDb: "main", instanceClass: "db.t4g.medium" }),
      {
        parameters: { checkReadReplicas: "false" },
      },
    ),
    undecidedCase(
      "is restored, with the backups of its source",
      db({ snapshotIdentifier: "snap", instanceClass: "db.t4g.medium" }),
    ),
    violatingCase(
      "is restored and keeps no backups",
      db({ snapshotIdentifier: "snap", instanceClass: "db.t4g.medium", backupRetentionPeriod: 0 }),
    ),
    undecidedCase("keeps backups for an unknown time", db({ ...mysql, backupRetentionPeriod: unknown })),
  ],
  RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED: [
    compliantCase("does not say", db(mysql)),
    compliantCase("takes them", db({ ...mysql, autoMinorVersionUpgrade: true })),
    violatingCase("does not take them", db({ ...mysql, autoMinorVersionUpgrade: false })),
    violatingCase(
      "is an instance of a cluster that does not",
      clusterInstance({ engine: "aurora-mysql", autoMinorVersionUpgrade: false }),
    ),
    undecidedCase("does not know yet", db({ ...mysql, autoMinorVersionUpgrade: unknown })),
  ],
  RDS_ENHANCED_MONITORING_ENABLED: [
    compliantCase("is monitored every minute", db({ ...mysql, monitoringInterval: 60 })),
    compliantCase("is monitored as often as asked", db({ ...mysql, monitoringInterval: 30 }), {
      parameters: { monitoringInterval: "30" },
    }),
    violatingCase("is not monitored", db({ ...mysql, monitoringInterval: 0 })),
    violatingCase("does not say", db(mysql)),
    violatingCase("is monitored too seldom", db({ ...mysql, monitoringInterval: 60 }), {
      parameters: { monitoringInterval: "30" },
    }),
    undecidedCase("is monitored at an unknown interval", db({ ...mysql, monitoringInterval: unknown })),
  ],
  RDS_INSTANCE_DEFAULT_ADMIN_CHECK: [
    compliantCase("has a name of its own", db({ ...mysql, username: "keeper" })),
    compliantCase("has a listed name", db({ ...mysql, username: "keeper" }), {
      parameters: { validAdminUserNames: "keeper, warden" },
    }),
    violatingCase("is called admin", db({ ...mysql, username: "admin" })),
    violatingCase("is called postgres", db({ ...mysql, engine: "postgres", username: "postgres" })),
    violatingCase("has a name that is not listed", db({ ...mysql, username: "keeper" }), {
      parameters: { validAdminUserNames: "warden" },
    }),
    undecidedCase("has an unknown name", db({ ...mysql, username: unknown })),
    undecidedCase(
      "is restored, with the name of its source",
      db({ snapshotIdentifier: "snap", instanceClass: "db.t4g.medium" }),
    ),
  ],
  RDS_INSTANCE_DELETION_PROTECTION_ENABLED: [
    compliantCase("is protected", db({ ...mysql, deletionProtection: true })),
    violatingCase("is not protected", db({ ...mysql, deletionProtection: false })),
    violatingCase("does not say", db(mysql)),
    notApplicableCase("is of an engine that is not checked", db(mysql), {
      parameters: { databaseEngines: "postgres" },
    }),
    undecidedCase("does not know yet", db({ ...mysql, deletionProtection: unknown })),
  ],
  RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED: [
    compliantCase("authenticates by IAM", db({ ...mysql, iamDatabaseAuthenticationEnabled: true })),
    violatingCase("does not", db({ ...mysql, iamDatabaseAuthenticationEnabled: false })),
    violatingCase("does not say", db({ ...mysql, engine: "postgres" })),
    notApplicableCase(
      "is of MariaDB, which the rule does not speak of",
      db({ ...mysql, engine: "mariadb", iamDatabaseAuthenticationEnabled: false }),
    ),
    notApplicableCase("is of an engine that cannot", db({ ...mysql, engine: "sqlserver-ex" })),
    undecidedCase("is of an unknown engine", db({ ...mysql, engine: unknown })),
  ],
  RDS_INSTANCE_PUBLIC_ACCESS_CHECK: [
    compliantCase("is private", db({ ...mysql, publiclyAccessible: false })),
    compliantCase("does not say", db(mysql)),
    violatingCase("is public", db({ ...mysql, publiclyAccessible: true })),
    violatingCase(
      "is a public instance of a cluster",
      clusterInstance({ engine: "aurora-mysql", publiclyAccessible: true }),
    ),
    undecidedCase("does not know yet", db({ ...mysql, publiclyAccessible: unknown })),
  ],
  RDS_MULTI_AZ_SUPPORT: [
    compliantCase("is multi-AZ", db({ ...mysql, multiAz: true })),
    notApplicableCase("is of Aurora", db({ engine: "aurora-mysql", instanceClass: "db.r6g.large" })),
    violatingCase("is not multi-AZ", db({ ...mysql, multiAz: false })),
    violatingCase("does not say", db(mysql)),
    undecidedCase("does not know yet", db({ ...mysql, multiAz: unknown })),
  ],
  RDS_PROXY_TLS_ENCRYPTION: [
    compliantCase("requires TLS", proxy({ engineFamily: "MYSQL", requireTls: true })),
    violatingCase("does not require TLS", proxy({ engineFamily: "MYSQL", requireTls: false })),
    violatingCase("does not say", proxy({ engineFamily: "MYSQL" })),
    undecidedCase("does not know yet", proxy({ engineFamily: "MYSQL", requireTls: unknown })),
  ],
  RDS_SNAPSHOTS_PUBLIC_PROHIBITED: [
    compliantCase(
      "is shared with nobody",
      snapshot({ dbInstanceIdentifier: "main", dbSnapshotIdentifier: "s" }),
    ),
    compliantCase(
      "is shared with one account",
      snapshot({ dbInstanceIdentifier: "main", sharedAccounts: ["123456789012"] }),
    ),
    violatingCase(
      "is shared with everybody",
      snapshot({ dbInstanceIdentifier: "main", sharedAccounts: ["all"] }),
    ),
    violatingCase(
      "is a copy that is shared with everybody",
      resource("aws:rds/snapshotCopy:SnapshotCopy")({
        sourceDbSnapshotIdentifier: "s",
        targetDbSnapshotIdentifier: "t",
        sharedAccounts: ["all"],
      }),
    ),
    undecidedCase(
      "is shared with an unknown account",
      snapshot({ dbInstanceIdentifier: "main", sharedAccounts: [unknown] }),
    ),
  ],
  RDS_STORAGE_ENCRYPTED: [
    compliantCase("is encrypted", db({ ...mysql, storageEncrypted: true })),
    compliantCase(
      "is encrypted with the wanted key",
      db({ ...mysql, storageEncrypted: true, kmsKeyId: KEY }),
      { parameters: { kmsKeyId: KEY } },
    ),
    compliantCase(
      "is a replica of an encrypted instance",
      db({ replicateSourceDb: ref("main", "identifier"), instanceClass: "db.t4g.medium" }),
      {
        with: { main: db({ ...mysql, storageEncrypted: true }) },
      },
    ),
    violatingCase("is not encrypted", db({ ...mysql, storageEncrypted: false })),
    violatingCase("does not say", db(mysql)),
    violatingCase(
      "is a replica of an instance that is not",
      db({ replicateSourceDb: ref("main", "identifier"), instanceClass: "db.t4g.medium" }),
      {
        with: { main: db(mysql) },
      },
    ),
    violatingCase("is encrypted with another key", db({ ...mysql, storageEncrypted: true, kmsKeyId: KEY }), {
      parameters: { kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/other" },
    }),
    undecidedCase(
      "is restored from a snapshot",
      db({ snapshotIdentifier: "snap", instanceClass: "db.t4g.medium" }),
    ),
    undecidedCase(
      "is restored to a point in time of another instance",
      db({
        restoreToPointInTime: { sourceDbInstanceIdentifier: "main", useLatestRestorableTime: true },
        instanceClass: "db.t4g.medium",
      }),
    ),
    compliantCase(
      "is a replica in another Region, which names its key",
      db({ replicateSourceDb: "arn:aws:rds:us-east-1:123456789012:db:main", kmsKeyId: KEY }),
    ),
    undecidedCase(
      "is a replica of an instance of another stack",
      db({ replicateSourceDb: "main", instanceClass: "db.t4g.medium" }),
    ),
    undecidedCase("does not know yet", db({ ...mysql, storageEncrypted: unknown })),
  ],
};

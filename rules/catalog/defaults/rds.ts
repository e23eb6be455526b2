import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const rds: ServiceDefaults = {
  "aws:rds/instance:Instance": {
    autoMinorVersionUpgrade: provider(true),
    backupRetentionPeriod: provider(0),
    deletionProtection: provider(false),
    iamDatabaseAuthenticationEnabled: provider(false),
    monitoringInterval: provider(0),
    multiAz: provider(false),
    publiclyAccessible: provider(false),
    storageEncrypted: provider(false),
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    autoMinorVersionUpgrade: provider(true),
    monitoringInterval: provider(0),
    publiclyAccessible: provider(false),
  },
  "aws:rds/cluster:Cluster": {
    backtrackWindow: provider(0),
    backupRetentionPeriod: provider(1),
    copyTagsToSnapshot: provider(false),
    deletionProtection: provider(false),
    iamDatabaseAuthenticationEnabled: provider(false),
    storageEncrypted: provider(false),
  },
  "aws:rds/globalCluster:GlobalCluster": { storageEncrypted: provider(false) },
  "aws:rds/proxy:Proxy": { requireTls: provider(false) },
};

import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const GROUP =
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html";
const CLUSTER =
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html";

export const elasticache: ServiceDefaults = {
  "aws:elasticache/cluster:Cluster": {
    autoMinorVersionUpgrade: provider(true),
    snapshotRetentionLimit: aws(0, CLUSTER),
  },
  // Whether data at rest is encrypted by default depends on the engine.
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    autoMinorVersionUpgrade: provider(true),
    automaticFailoverEnabled: provider(false),
    engine: provider("redis"),
    snapshotRetentionLimit: aws(0, GROUP),
    transitEncryptionEnabled: aws(false, GROUP),
  },
};

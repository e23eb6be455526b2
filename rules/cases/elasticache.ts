import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  secret,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const cluster = resource("aws:elasticache/cluster:Cluster");
const group = resource("aws:elasticache/replicationGroup:ReplicationGroup");
const subnetGroup = resource("aws:elasticache/subnetGroup:SubnetGroup");

const redis = { engine: "redis", nodeType: "cache.t4g.micro", numCacheNodes: 1 };
const memcached = { engine: "memcached", nodeType: "cache.t4g.micro", numCacheNodes: 1 };
const described = { description: "sessions" };
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";

const versions = { latestRedisVersion: "7.1", latestMemcachedVersion: "1.6.22" };

export const elasticache: Cases = {
  ELASTICACHE_AUTOMATIC_BACKUP_CHECK_ENABLED: [
    compliantCase("keeps snapshots of a cluster", cluster({ ...redis, snapshotRetentionLimit: 7 })),
    compliantCase(
      "keeps snapshots of a replication group",
      group({ ...described, snapshotRetentionLimit: 1 }),
    ),
    violatingCase("turns snapshots off", group({ ...described, snapshotRetentionLimit: 0 })),
    violatingCase("does not say how long to keep snapshots", group(described)),
    violatingCase("is a Redis cluster that does not say", cluster(redis)),
    violatingCase("keeps snapshots too short", group({ ...described, snapshotRetentionLimit: 7 }), {
      parameters: { snapshotRetentionPeriod: "15" },
    }),
    undecidedCase(
      "does not know the number of days yet",
      group({ ...described, snapshotRetentionLimit: unknown }),
    ),
    notApplicableCase("is a Memcached cluster", cluster(memcached), {
      note: "Memcached on nodes has no backups.",
    }),
    notApplicableCase("is a node of a replication group", cluster({ replicationGroupId: ref("g") }), {
      with: { g: group({ ...described, snapshotRetentionLimit: 7 }) },
      note: "The group is judged, which holds the setting.",
    }),
  ],
  ELASTICACHE_AUTO_MINOR_VERSION_UPGRADE_CHECK: [
    compliantCase("does not say, which means yes", cluster(redis)),
    compliantCase("says so as text", cluster({ ...redis, autoMinorVersionUpgrade: "true" })),
    compliantCase("is a replication group that does not say", group(described)),
    violatingCase("refuses as text", cluster({ ...redis, autoMinorVersionUpgrade: "false" })),
    violatingCase(
      "is a replication group that refuses",
      group({ ...described, autoMinorVersionUpgrade: false }),
    ),
    violatingCase(
      "is Valkey and refuses",
      cluster({ ...redis, engine: "valkey", autoMinorVersionUpgrade: "false" }),
    ),
    undecidedCase("does not know yet", cluster({ ...redis, autoMinorVersionUpgrade: unknown })),
    notApplicableCase(
      "is Memcached, which the rule does not speak of",
      cluster({ ...memcached, autoMinorVersionUpgrade: "false" }),
    ),
  ],
  ELASTICACHE_RBAC_AUTH_ENABLED: [
    compliantCase("has a user group", group({ ...described, userGroupIds: ["app"] })),
    compliantCase(
      "has a user group of the stack",
      group({ ...described, engineVersion: "7.1", userGroupIds: [ref("u")] }),
      {
        with: { u: resource("aws:elasticache/userGroup:UserGroup")({ engine: "redis", userGroupId: "app" }) },
      },
    ),
    compliantCase("has an allowed user group", group({ ...described, userGroupIds: ["app"] }), {
      parameters: { allowedUserGroupIDs: "app,ops" },
    }),
    violatingCase("has no user group", group({ ...described, engineVersion: "7.1" })),
    violatingCase("runs the latest version by default and has no user group", group(described)),
    violatingCase(
      "has an empty list of user groups",
      group({ ...described, engineVersion: "6.x", userGroupIds: [] }),
    ),
    violatingCase("has another user group than the allowed", group({ ...described, userGroupIds: ["dev"] }), {
      parameters: { allowedUserGroupIDs: "app,ops" },
    }),
    undecidedCase("does not know its user groups yet", group({ ...described, userGroupIds: unknown })),
    undecidedCase("does not know its version yet", group({ ...described, engineVersion: unknown })),
    notApplicableCase("runs a version before user groups", group({ ...described, engineVersion: "5.0.6" })),
  ],
  ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK: [
    compliantCase("keeps snapshots for 15 days", group({ ...described, snapshotRetentionLimit: 15 })),
    compliantCase(
      "keeps the snapshots of a cluster long enough",
      cluster({ ...redis, snapshotRetentionLimit: 35 }),
    ),
    compliantCase(
      "keeps snapshots as long as asked for",
      group({ ...described, snapshotRetentionLimit: 5 }),
      {
        parameters: { snapshotRetentionPeriod: "5" },
      },
    ),
    violatingCase("keeps snapshots for 14 days", group({ ...described, snapshotRetentionLimit: 14 })),
    violatingCase("keeps no snapshots", cluster(redis)),
    undecidedCase(
      "does not know the number of days yet",
      cluster({ ...redis, snapshotRetentionLimit: unknown }),
    ),
    notApplicableCase("is a Memcached cluster", cluster(memcached)),
  ],
  ELASTICACHE_REPL_GRP_AUTO_FAILOVER_ENABLED: [
    compliantCase("fails over", group({ ...described, automaticFailoverEnabled: true, numCacheClusters: 2 })),
    violatingCase("does not say", group(described)),
    violatingCase("does not fail over", group({ ...described, automaticFailoverEnabled: false })),
    undecidedCase("does not know yet", group({ ...described, automaticFailoverEnabled: unknown })),
  ],
  ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST: [
    compliantCase("is encrypted", group({ ...described, atRestEncryptionEnabled: true })),
    compliantCase("says so as text", group({ ...described, atRestEncryptionEnabled: "true" })),
    compliantCase("is Valkey, which is encrypted by default", group({ ...described, engine: "valkey" })),
    compliantCase(
      "has an approved key",
      group({ ...described, atRestEncryptionEnabled: true, kmsKeyId: KEY }),
      {
        parameters: { approvedKMSKeyIds: KEY },
      },
    ),
    violatingCase("does not say", group(described)),
    violatingCase("is not encrypted", group({ ...described, atRestEncryptionEnabled: false })),
    violatingCase(
      "is Valkey that is not encrypted",
      group({ ...described, engine: "valkey", atRestEncryptionEnabled: false }),
    ),
    violatingCase("has no approved key", group({ ...described, atRestEncryptionEnabled: true }), {
      parameters: { approvedKMSKeyIds: KEY },
    }),
    undecidedCase("does not know yet", group({ ...described, atRestEncryptionEnabled: unknown })),
    undecidedCase("does not know its engine yet", group({ ...described, engine: unknown })),
    undecidedCase(
      "takes over the encryption of a global datastore",
      group({ ...described, globalReplicationGroupId: "ldgnf-app" }),
    ),
  ],
  ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT: [
    compliantCase("is encrypted", group({ ...described, transitEncryptionEnabled: true })),
    violatingCase("does not say", group(described)),
    violatingCase("is not encrypted", group({ ...described, transitEncryptionEnabled: false })),
    undecidedCase("does not know yet", group({ ...described, transitEncryptionEnabled: unknown })),
  ],
  ELASTICACHE_REPL_GRP_REDIS_AUTH_ENABLED: [
    compliantCase(
      "has a token",
      group({
        ...described,
        engineVersion: "5.0.6",
        transitEncryptionEnabled: true,
        authToken: secret("a-token-of-16-chars"),
      }),
    ),
    compliantCase(
      "gets its token later",
      group({ ...described, engineVersion: "5.0.6", authToken: unknown }),
    ),
    violatingCase("has no token", group({ ...described, engineVersion: "5.0.6" })),
    violatingCase("has an empty token", group({ ...described, engineVersion: "4.0.10", authToken: "" })),
    undecidedCase("does not know its version yet", group({ ...described, engineVersion: unknown })),
    notApplicableCase("runs a version with users", group({ ...described, engineVersion: "6.2" })),
    notApplicableCase("runs the latest version by default", group(described)),
  ],
  ELASTICACHE_SUBNET_GROUP_CHECK: [
    compliantCase("names a subnet group", group({ ...described, subnetGroupName: "app" })),
    compliantCase(
      "names a subnet group of the stack",
      cluster({ ...redis, subnetGroupName: ref("s", "name") }),
      {
        with: { s: subnetGroup({ subnetIds: ["subnet-1"] }) },
      },
    ),
    violatingCase("names none", cluster(memcached)),
    violatingCase("names the default one", group({ ...described, subnetGroupName: "default" })),
    undecidedCase("does not know its subnet group yet", cluster({ ...redis, subnetGroupName: unknown })),
    notApplicableCase("is a node of a replication group", cluster({ replicationGroupId: "app" })),
  ],
  ELASTICACHE_SUPPORTED_ENGINE_VERSION: [
    compliantCase("runs the version of Redis", group({ ...described, engineVersion: "7.1" }), {
      parameters: versions,
    }),
    compliantCase("runs the latest version by default", cluster(memcached), {
      parameters: versions,
    }),
    compliantCase("runs the latest minor version of Redis", cluster({ ...redis, engineVersion: "7.x" }), {
      parameters: versions,
    }),
    violatingCase("runs an older version of Redis", group({ ...described, engineVersion: "5.0.6" }), {
      parameters: versions,
    }),
    violatingCase("runs an older version of Memcached", cluster({ ...memcached, engineVersion: "1.6.6" }), {
      parameters: versions,
    }),
    undecidedCase("does not know its version yet", group({ ...described, engineVersion: unknown }), {
      parameters: versions,
    }),
    notApplicableCase(
      "is Valkey, of which the rule does not speak",
      group({ ...described, engine: "valkey" }),
      {
        parameters: versions,
      },
    ),
  ],
};

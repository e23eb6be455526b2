import {
  all,
  any,
  compliant,
  given,
  isScalar,
  isUnknown,
  not,
  policy,
  stackPolicy,
  undecided,
  unless,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { keyAmong } from "../views/kms";
import { onlyTexts } from "../views/lists";
import { latestOrAtLeast } from "../views/versions";

const CLUSTER = "aws:elasticache/cluster:Cluster";
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SUBNET_GROUP = "aws:elasticache/subnetGroup:SubnetGroup";

type Cluster = Reader<ResourceArgs[typeof CLUSTER]>;
type Group = Reader<ResourceArgs[typeof GROUP]>;

/** From this version on Redis has users of its own (RBAC), which replace the one token. */
const FIRST_WITH_USERS = "6.0";

/** A node of a replication group has the settings of its group, where they are checked. */
const standalone = (cluster: Cluster, then: () => Outcome): Outcome =>
  unless(cluster.present("replicationGroupId"), then);

/** Memcached keeps nothing that could be backed up. */
const keepsData = (cluster: Cluster): Outcome =>
  cluster.oneOf("engine", ["redis", "valkey"], { ignoreCase: true });

const clusterIsBackedUp = (cluster: Cluster, days: number): Outcome =>
  standalone(cluster, () => when(keepsData(cluster), () => cluster.atLeast("snapshotRetentionLimit", days)));

/** A secondary group of a global datastore takes over what the primary group says. */
function ownOrInherited(
  group: Group,
  property: "atRestEncryptionEnabled" | "transitEncryptionEnabled",
): Outcome {
  const own = group.isTrue(property);
  if (own.verdict !== "NON_COMPLIANT" || group.read(property).kind === "known") return own;
  return group.read("globalReplicationGroupId").kind === "absent" ? own : undecided(...own.reasons);
}

/** Valkey encrypts data at rest unless it is told otherwise, Redis only when it is told to. */
function isEncryptedAtRest(group: Group): Outcome {
  if (group.read("atRestEncryptionEnabled").kind !== "absent") return group.isTrue("atRestEncryptionEnabled");
  return any(
    ownOrInherited(group, "atRestEncryptionEnabled"),
    group.test("engine", (engine) => engine === "valkey", 'set "atRestEncryptionEnabled" to true'),
  );
}

const isBeforeUsers = (group: Group): Outcome =>
  not(
    latestOrAtLeast(group, "engineVersion", FIRST_WITH_USERS),
    group.reason("engineVersion", `set "engineVersion" to ${FIRST_WITH_USERS} or later`),
  );

/** Without a name the nodes go to the default group, which spans the default VPC. */
function hasOwnSubnets(cache: Cluster | Group, { stack, node }: Context): Outcome {
  const reason = cache.reason("subnetGroupName", 'set "subnetGroupName" to a subnet group of your own');
  if (isUnknown(cache.value("subnetGroupName"))) {
    const own = stack.targets(node, "subnetGroupName", SUBNET_GROUP).nodes.length > 0;
    return own ? compliant() : undecided(reason);
  }
  return cache.test(
    "subnetGroupName",
    (name) => isScalar(name) && name !== "" && String(name).toLowerCase() !== "default",
    reason.fix,
  );
}

export const elasticache: Policies = {
  ELASTICACHE_AUTOMATIC_BACKUP_CHECK_ENABLED: policy("ElastiCache clusters are backed up automatically.", {
    [CLUSTER]: (cluster, p) => clusterIsBackedUp(cluster, Math.max(1, p.snapshotRetentionPeriod ?? 1)),
    [GROUP]: (group, p) =>
      group.atLeast("snapshotRetentionLimit", Math.max(1, p.snapshotRetentionPeriod ?? 1)),
  }),

  ELASTICACHE_AUTO_MINOR_VERSION_UPGRADE_CHECK: policy(
    "ElastiCache clusters take minor version upgrades by themselves.",
    {
      // The rule looks at clusters of Redis, and of Valkey, which took its place.
      [CLUSTER]: (cluster) =>
        standalone(cluster, () => when(keepsData(cluster), () => cluster.isTrue("autoMinorVersionUpgrade"))),
      [GROUP]: (group) => group.isTrue("autoMinorVersionUpgrade"),
    },
  ),

  ELASTICACHE_RBAC_AUTH_ENABLED: policy("ElastiCache replication groups have users with roles.", {
    [GROUP]: (group, p) =>
      unless(isBeforeUsers(group), () =>
        all(
          group.nonEmpty("userGroupIds"),
          given(p.allowedUserGroupIDs, (allowed) => onlyTexts(group, "userGroupIds", allowed)),
        ),
      ),
  }),

  ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK: policy(
    "ElastiCache for Redis keeps automatic backups long enough.",
    {
      [CLUSTER]: (cluster, p) => clusterIsBackedUp(cluster, p.snapshotRetentionPeriod),
      [GROUP]: (group, p) => group.atLeast("snapshotRetentionLimit", p.snapshotRetentionPeriod),
    },
  ),

  ELASTICACHE_REPL_GRP_AUTO_FAILOVER_ENABLED: policy(
    "ElastiCache replication groups promote a replica when the primary fails.",
    { [GROUP]: (group) => group.isTrue("automaticFailoverEnabled") },
  ),

  ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST: policy("ElastiCache replication groups encrypt data at rest.", {
    [GROUP]: (group, p) =>
      all(
        isEncryptedAtRest(group),
        given(p.approvedKMSKeyIds, (keys) => keyAmong(group, "kmsKeyId", keys)),
      ),
  }),

  ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT: policy(
    "ElastiCache replication groups encrypt data in transit.",
    {
      [GROUP]: (group) => ownOrInherited(group, "transitEncryptionEnabled"),
    },
  ),

  ELASTICACHE_REPL_GRP_REDIS_AUTH_ENABLED: policy(
    "ElastiCache replication groups of Redis before version 6 ask for a token.",
    {
      [GROUP]: (group) =>
        when(isBeforeUsers(group), () => any(group.present("authToken"), group.present("authTokenWo"))),
    },
  ),

  ELASTICACHE_SUBNET_GROUP_CHECK: stackPolicy("ElastiCache clusters have a subnet group of their own.", {
    [CLUSTER]: (cluster, _, context) => standalone(cluster, () => hasOwnSubnets(cluster, context)),
    [GROUP]: (group, _, context) => hasOwnSubnets(group, context),
  }),

  ELASTICACHE_SUPPORTED_ENGINE_VERSION: policy(
    "ElastiCache clusters run a supported version of their engine.",
    {
      [CLUSTER]: (cluster, p) =>
        standalone(cluster, () =>
          all(
            given(p.latestRedisVersion, (version) =>
              when(cluster.equals("engine", "redis"), () =>
                latestOrAtLeast(cluster, "engineVersion", version),
              ),
            ),
            given(p.latestMemcachedVersion, (version) =>
              when(cluster.equals("engine", "memcached"), () =>
                latestOrAtLeast(cluster, "engineVersion", version),
              ),
            ),
          ),
        ),
      [GROUP]: (group, p) =>
        given(p.latestRedisVersion, (version) =>
          when(group.equals("engine", "redis"), () => latestOrAtLeast(group, "engineVersion", version)),
        ),
    },
  ),
};

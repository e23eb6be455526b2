import {
  all,
  any,
  compliant,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  toNumber,
  undecided,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { adminName, engineIs } from "./rds";

const CLUSTER = "aws:rds/cluster:Cluster";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

type Cluster = Reader<ResourceArgs["aws:rds/cluster:Cluster"]>;

const isMySql = (engine: string): boolean =>
  engine === "mysql" || engine === "aurora-mysql" || engine === "aurora";
const isPostgres = (engine: string): boolean => engine === "postgres" || engine === "aurora-postgresql";

/** Serverless v1 is always encrypted; a restored cluster has the encryption of what it was made from. */
function isEncrypted(cluster: Cluster): Outcome {
  const own = cluster.isTrue("storageEncrypted");
  if (own.verdict !== "NON_COMPLIANT" || cluster.read("storageEncrypted").kind === "known") return own;
  const serverless = cluster.equals("engineMode", "serverless");
  if (serverless.verdict !== "NON_COMPLIANT") return serverless;
  const sources = [
    cluster.read("snapshotIdentifier"),
    cluster.read("restoreToPointInTime"),
    cluster.read("replicationSourceIdentifier"),
  ];
  if (sources.every((source) => source.kind === "absent")) return own;
  // With a key of its own, what is restored or replicated is encrypted whatever its source is.
  if (cluster.present("kmsKeyId").verdict === "COMPLIANT") return compliant();
  return undecided({
    ...cluster.reason(
      "storageEncrypted",
      'set "storageEncrypted" to true, or restore from an encrypted source',
    ),
    found: "the encryption of the source is not known here",
  });
}

/** A Multi-AZ DB cluster has three zones by itself; an Aurora cluster needs a second instance. */
function hasSecondZone(cluster: Cluster, _: unknown, { node, stack }: Context): Outcome {
  const multiAz = cluster.present("dbClusterInstanceClass");
  if (multiAz.verdict === "COMPLIANT") return multiAz;
  const { nodes, uncertain } = stack.referrers(node, CLUSTER_INSTANCE, "clusterIdentifier");
  const reason = {
    found: nodes.length === 1 ? "the cluster has one instance" : `the cluster has ${nodes.length} instances`,
    fix: "add instances in at least two Availability Zones",
  };
  const zones = nodes.map((instance) => instance.reader(CLUSTER_INSTANCE).value("availabilityZone"));
  const named = new Set(zones.filter((zone) => typeof zone === "string"));
  // Without a zone RDS spreads the instances by itself.
  const spread = named.size > 1 || zones.includes(undefined);
  if (nodes.length >= 2 && spread) return compliant();
  if (uncertain || zones.some(isUnknown)) return undecided(reason);
  return violation(
    nodes.length >= 2
      ? { ...reason, found: "all instances of the cluster are in one Availability Zone" }
      : reason,
  );
}

/** A cluster takes minor versions where every instance does. */
function upgrades(cluster: Cluster, _: unknown, { node, stack }: Context): Outcome {
  const { nodes, uncertain } = stack.referrers(node, CLUSTER_INSTANCE, "clusterIdentifier");
  const instances = nodes.map((instance) =>
    instance.reader(CLUSTER_INSTANCE).isTrue("autoMinorVersionUpgrade"),
  );
  const own =
    cluster.read("autoMinorVersionUpgrade").kind === "absent"
      ? notApplicable()
      : cluster.isTrue("autoMinorVersionUpgrade");
  const rest = uncertain
    ? undecided({
        found: "not every instance of the cluster is known yet",
        fix: 'set "autoMinorVersionUpgrade" to true on each',
      })
    : compliant();
  return all(own, ...instances, rest);
}

const SECONDS_PER_HOUR = 3600;

export const rdsClusters: Policies = {
  AURORA_GLOBAL_DATABASE_ENCRYPTION_AT_REST: stackPolicy("Aurora global databases are encrypted.", {
    "aws:rds/globalCluster:GlobalCluster": (database, _, { node, stack }) => {
      const own = database.isTrue("storageEncrypted");
      if (own.verdict !== "NON_COMPLIANT" || database.read("sourceDbClusterIdentifier").kind === "absent")
        return own;
      const { nodes, uncertain } = stack.targets(node, "sourceDbClusterIdentifier", CLUSTER);
      const [source] = nodes;
      const reason = database.reason("storageEncrypted", 'set "storageEncrypted" to true');
      if (source === undefined || uncertain)
        return undecided({ ...reason, found: "the encryption of the source cluster is not known here" });
      return isEncrypted(source.reader(CLUSTER));
    },
  }),

  AURORA_MYSQL_BACKTRACKING_ENABLED: policy("Aurora MySQL clusters can be rewound.", {
    [CLUSTER]: (cluster, p) =>
      when(
        engineIs(cluster, (engine) => engine === "aurora-mysql" || engine === "aurora"),
        () =>
          cluster.atLeast("backtrackWindow", Math.max(1, (p.BacktrackWindowInHours ?? 0) * SECONDS_PER_HOUR)),
      ),
  }),

  RDS_CLUSTER_AUTO_MINOR_VERSION_UPGRADE_ENABLE: stackPolicy(
    "RDS clusters take minor version upgrades by themselves.",
    {
      [CLUSTER]: upgrades,
    },
  ),

  RDS_CLUSTER_BACKUP_RETENTION_CHECK: policy("RDS clusters keep backups long enough.", {
    [CLUSTER]: (cluster, p) => cluster.atLeast("backupRetentionPeriod", p.minimumBackupRetentionPeriod),
  }),

  RDS_CLUSTER_DEFAULT_ADMIN_CHECK: policy("RDS clusters have an administrator with a name of its own.", {
    [CLUSTER]: (cluster, p) => adminName(cluster, "masterUsername", p.validAdminUserNames),
  }),

  RDS_CLUSTER_DELETION_PROTECTION_ENABLED: policy("RDS clusters are protected against deletion.", {
    [CLUSTER]: (cluster) => cluster.isTrue("deletionProtection"),
  }),

  RDS_CLUSTER_ENCRYPTED_AT_REST: policy("RDS clusters encrypt their storage.", { [CLUSTER]: isEncrypted }),

  RDS_CLUSTER_IAM_AUTHENTICATION_ENABLED: policy("RDS clusters authenticate by IAM.", {
    [CLUSTER]: (cluster) => cluster.isTrue("iamDatabaseAuthenticationEnabled"),
  }),

  RDS_CLUSTER_MULTI_AZ_ENABLED: stackPolicy("RDS clusters span several Availability Zones.", {
    [CLUSTER]: hasSecondZone,
  }),

  RDS_GLOBAL_CLUSTER_AURORA_MYSQL_SUPPORTED_VERSION: policy(
    "Aurora MySQL global databases run a supported version.",
    {
      "aws:rds/globalCluster:GlobalCluster": (database, p) =>
        when(
          engineIs(database, (engine) => engine === "aurora-mysql"),
          () => {
            const version = database.read("engineVersion");
            // AWS chooses the version where none is given, or only that of MySQL.
            if (version.kind === "absent" || (version.kind === "known" && isOnlyMySql(version.value)))
              return undecided(
                database.reason("engineVersion", 'set "engineVersion" to a version of Aurora'),
              );
            return any(
              database.test(
                "engineVersion",
                (version) => isAtLeast(auroraVersion(version), auroraVersion(p.minSupportedEngineVersion)),
                `set "engineVersion" to ${p.minSupportedEngineVersion} or later`,
              ),
              p.longTermSupportVersion === undefined
                ? notApplicable()
                : database.test(
                    "engineVersion",
                    (version) =>
                      p.longTermSupportVersion?.some(
                        (one) => auroraVersion(one).join(".") === auroraVersion(version).join("."),
                      ) ?? false,
                    "use a long-term support version",
                  ),
            );
          },
        ),
    },
  ),

  RDS_MYSQL_CLUSTER_COPY_TAGS_TO_SNAPSHOT_CHECK: policy(
    "RDS clusters of MySQL copy their tags to snapshots.",
    {
      [CLUSTER]: (cluster) => when(engineIs(cluster, isMySql), () => cluster.isTrue("copyTagsToSnapshot")),
    },
  ),

  RDS_PGSQL_CLUSTER_COPY_TAGS_TO_SNAPSHOT_CHECK: policy(
    "RDS clusters of PostgreSQL copy their tags to snapshots.",
    {
      [CLUSTER]: (cluster) => when(engineIs(cluster, isPostgres), () => cluster.isTrue("copyTagsToSnapshot")),
    },
  ),
};

/** `8.0` is a version of MySQL, of which Aurora has several; Aurora's own begin with 1 to 4. */
const isOnlyMySql = (version: unknown): boolean => /^(?:5\.[67]|8\.\d+)(?:\.\d+)?$/.test(String(version));

/** `8.0.mysql_aurora.3.05.2` is 3.05.2; a plain number stays as it is. */
function auroraVersion(value: unknown): readonly number[] {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return text
    .slice(text.lastIndexOf("_aurora.") < 0 ? 0 : text.lastIndexOf("_aurora.") + 8)
    .split(".")
    .map(toNumber);
}

function isAtLeast(version: readonly number[], minimum: readonly number[]): boolean {
  for (let i = 0; i < Math.max(version.length, minimum.length); i++) {
    const [own, wanted] = [version[i] ?? 0, minimum[i] ?? 0];
    if (Number.isNaN(own)) return false;
    if (own !== wanted) return own > wanted;
  }
  return true;
}

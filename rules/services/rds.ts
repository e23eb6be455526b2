import {
  all,
  compliant,
  isScalar,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  unless,
  violation,
  when,
} from "../engine";
import type { Context, Known, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { keyAmong } from "../views/kms";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

type Instance = Reader<ResourceArgs["aws:rds/instance:Instance"]>;

/**
 * The engines that the rule speaks of. MariaDB can authenticate by IAM too, but is not among them.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/rds-instance-iam-authentication-enabled.html
 */
const IAM_ENGINES = ["mysql", "postgres", "aurora", "aurora-mysql", "aurora-postgresql"];

const isAurora = (engine: Known): boolean => isScalar(engine) && /^aurora/i.test(String(engine));

/** Administrators' names that the engines propose. */
const DEFAULT_ADMINS = ["admin", "postgres"];

/** A restored instance has the encryption of what it was made from, which only the source shows. */
function isEncrypted(db: Instance, context: Context, depth = 0): Outcome {
  const own = db.isTrue("storageEncrypted");
  if (own.verdict !== "NON_COMPLIANT" || db.read("storageEncrypted").kind === "known") return own;
  const reason = db.reason(
    "storageEncrypted",
    'set "storageEncrypted" to true, or restore from an encrypted source',
  );
  if (db.read("replicateSourceDb").kind !== "absent") {
    // A replica in another Region names the key that it is encrypted with, and says no more than that.
    if (db.present("kmsKeyId").verdict === "COMPLIANT") return compliant();
    const { nodes, uncertain } = context.stack.targets(context.node, "replicateSourceDb", INSTANCE);
    const [source] = nodes;
    if (source === undefined || uncertain || depth > 0)
      return undecided({ ...reason, found: "the encryption of the source is not known here" });
    return isEncrypted(source.reader(INSTANCE), { ...context, node: source }, depth + 1);
  }
  return isRestored(db)
    ? undecided({ ...reason, found: "the encryption of the snapshot is not known here" })
    : own;
}

/** Made from a snapshot or from the backups of another instance. */
const isRestored = (db: Instance): boolean =>
  db.read("snapshotIdentifier").kind !== "absent" || db.read("restoreToPointInTime").kind !== "absent";

/** Where a restored instance says nothing the provider changes nothing, so that it keeps what its source had. */
function keepsBackups(db: Instance, days: number): Outcome {
  const own = db.atLeast("backupRetentionPeriod", days);
  const inherits = db.read("backupRetentionPeriod").kind === "absent" && isRestored(db);
  return inherits ? undecided(db.reason("backupRetentionPeriod", own.reasons[0]?.fix ?? "")) : own;
}

/** The default names are no secret, so that an attacker need only guess the password. */
export function adminName<T>(db: Reader<T>, property: string, valid: readonly string[] | undefined): Outcome {
  const read = db.at(property);
  const fix =
    valid === undefined
      ? `set "${property}" to another name`
      : `set "${property}" to one of ${valid.join(", ")}`;
  const reason = db.reason(property, fix);
  // Without a name the database is made from another one, and has its administrator.
  if (read.kind !== "known") return undecided(reason);
  const name = typeof read.value === "string" ? read.value : "";
  const good = valid === undefined ? !DEFAULT_ADMINS.includes(name.toLowerCase()) : valid.includes(name);
  return good ? compliant() : violation(reason);
}

/** The subnet of the engine's name: `sqlserver-ex` is of `sqlserver`. */
export const engineIs = <T>(db: Reader<T>, holds: (engine: string) => boolean): Outcome => {
  const read = db.at("engine");
  const reason = db.reason("engine", 'make "engine" known');
  if (read.kind === "unknown") return undecided(reason);
  const engine = read.kind === "known" ? read.value : read.default;
  // A database that is restored has the engine of its source.
  if (typeof engine !== "string") return undecided(reason);
  return holds(engine.toLowerCase()) ? compliant() : violation(reason);
};

export const rds: Policies = {
  DB_INSTANCE_BACKUP_ENABLED: policy("RDS instances are backed up.", {
    [INSTANCE]: (db, p) => {
      const backedUp = all(
        keepsBackups(db, Math.max(1, p.backupRetentionPeriod ?? 1, p.backupRetentionMinimum ?? 1)),
        p.preferredBackupWindow === undefined
          ? notApplicable()
          : db.equals("backupWindow", p.preferredBackupWindow),
      );
      return p.checkReadReplicas === false
        ? unless(db.present("replicateSourceDb"), () => backedUp)
        : backedUp;
    },
  }),

  RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED: policy(
    "RDS instances take minor version upgrades by themselves.",
    {
      [INSTANCE]: (db) => db.isTrue("autoMinorVersionUpgrade"),
      [CLUSTER_INSTANCE]: (db) => db.isTrue("autoMinorVersionUpgrade"),
    },
  ),

  RDS_ENHANCED_MONITORING_ENABLED: policy("RDS instances have enhanced monitoring.", {
    [INSTANCE]: (db, p) =>
      p.monitoringInterval === undefined
        ? db.atLeast("monitoringInterval", 1)
        : db.equals("monitoringInterval", p.monitoringInterval),
    [CLUSTER_INSTANCE]: (db, p) =>
      p.monitoringInterval === undefined
        ? db.atLeast("monitoringInterval", 1)
        : db.equals("monitoringInterval", p.monitoringInterval),
  }),

  RDS_INSTANCE_DEFAULT_ADMIN_CHECK: policy("RDS instances have an administrator with a name of its own.", {
    [INSTANCE]: (db, p) => adminName(db, "username", p.validAdminUserNames),
  }),

  RDS_INSTANCE_DELETION_PROTECTION_ENABLED: policy("RDS instances are protected against deletion.", {
    [INSTANCE]: (db, p) => {
      const engines = p.databaseEngines?.map((engine) => engine.toLowerCase());
      const isProtected = (): Outcome => db.isTrue("deletionProtection");
      return engines === undefined
        ? isProtected()
        : when(
            engineIs(db, (engine) => engines.includes(engine)),
            isProtected,
          );
    },
  }),

  RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED: policy("RDS instances authenticate by IAM.", {
    [INSTANCE]: (db) =>
      when(
        engineIs(db, (engine) => IAM_ENGINES.includes(engine)),
        () => db.isTrue("iamDatabaseAuthenticationEnabled"),
      ),
  }),

  RDS_INSTANCE_PUBLIC_ACCESS_CHECK: policy("RDS instances are not publicly accessible.", {
    [INSTANCE]: (db) => db.isFalse("publiclyAccessible"),
    [CLUSTER_INSTANCE]: (db) => db.isFalse("publiclyAccessible"),
  }),

  RDS_MULTI_AZ_SUPPORT: policy("RDS instances have a standby in another Availability Zone.", {
    // The rule leaves out Aurora, whose clusters span zones by their instances.
    [INSTANCE]: (db) => unless(db.test("engine", isAurora, "choose Aurora"), () => db.isTrue("multiAz")),
  }),

  RDS_PROXY_TLS_ENCRYPTION: policy("RDS proxies require TLS.", {
    "aws:rds/proxy:Proxy": (proxy) => proxy.isTrue("requireTls"),
  }),

  RDS_SNAPSHOTS_PUBLIC_PROHIBITED: policy("RDS snapshots are not shared with everybody.", {
    "aws:rds/snapshot:Snapshot": (snapshot) => isPrivate(snapshot),
    "aws:rds/snapshotCopy:SnapshotCopy": (snapshot) => isPrivate(snapshot),
    "aws:rds/clusterSnapshot:ClusterSnapshot": (snapshot) => isPrivate(snapshot),
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": (snapshot) => isPrivate(snapshot),
  }),

  RDS_STORAGE_ENCRYPTED: stackPolicy("RDS instances encrypt their storage.", {
    [INSTANCE]: (db, p, context) =>
      all(
        isEncrypted(db, context),
        p.kmsKeyId === undefined ? notApplicable() : keyAmong(db, "kmsKeyId", [p.kmsKeyId]),
      ),
  }),
};

/** A snapshot is shared with everybody by the word "all" in the place of an account. */
function isPrivate(snapshot: Reader<{ sharedAccounts?: unknown }>): Outcome {
  const { items, complete } = snapshot.texts("sharedAccounts");
  const reason = snapshot.reason("sharedAccounts", 'name the accounts instead of "all"');
  if (items.some((account) => account.toLowerCase() === "all")) return violation(reason);
  return complete ? compliant() : undecided(reason);
}

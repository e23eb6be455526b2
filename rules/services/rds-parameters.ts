import { UNKNOWN, check, isScalar, isUnknown, stackPolicy, undecided, when } from "../engine";
import type {
  Context,
  Known,
  Outcome,
  Policies,
  Reader,
  ResourceNode,
  ResourceType,
  Unknown,
} from "../engine";
import { readerOf } from "../views/parts";
import { inOtherRegion } from "../views/region";
import { isVersionAtLeast } from "../views/versions";
import { engineIs } from "./rds";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const CLUSTER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

/** A parameter as a database has it in the end. */
interface Wanted {
  readonly name: string;
  /** Values that are good, in lower case. */
  readonly values: readonly string[];
  /** What an engine does without the parameter; undefined when that depends on something that is not known here. */
  readonly byDefault: (version: string | undefined) => boolean | undefined;
}

/** The version of the engine: the instance names it, or the family of its parameter group does (`postgres16`). */
function versionOf(db: Reader<unknown>, family: Known | Unknown | undefined): string | Unknown | undefined {
  const own = db.at("engineVersion");
  if (own.kind === "known" && isScalar(own.value)) return String(own.value);
  if (own.kind === "unknown" || isUnknown(family)) return UNKNOWN;
  return typeof family === "string" ? /\d[\d.]*$/.exec(family)?.[0] : undefined;
}

/** The parameter group of a database sets a parameter; a group of another stack cannot be seen. */
function groupSets(
  db: Reader<unknown>,
  { node, stack }: Context,
  property: string,
  type: ResourceType & (typeof GROUP | typeof CLUSTER_GROUP),
  wanted: Wanted,
): Outcome {
  const fix = `set "${wanted.name}" to ${wanted.values[0] ?? ""} in the parameter group`;
  const missing = { property, found: `no parameter group sets "${wanted.name}"`, fix };
  const byDefault = (family?: Known | Unknown): Outcome => {
    const version = versionOf(db, family);
    const holds = isUnknown(version) ? undefined : wanted.byDefault(version);
    return holds === undefined ? undecided(missing) : check(holds, missing);
  };
  const name = db.at(property);
  if (name.kind === "absent" || (name.kind === "known" && name.value === "")) return byDefault();
  if (name.kind === "known" && typeof name.value === "string" && name.value.startsWith("default."))
    return byDefault(name.value);
  const { nodes, uncertain } = stack.targets(node, property, type);
  const [group] = nodes;
  if (group === undefined || uncertain)
    return undecided({ ...missing, found: "the parameter group is not known here" });
  const own = group.reader(type);
  const { items, complete } = own.each("parameters");
  for (const parameter of items) {
    const given = parameter.value("name");
    if (isUnknown(given)) return undecided(missing);
    if (typeof given !== "string" || given.toLowerCase() !== wanted.name) continue;
    return parameter.test(
      "value",
      (value) => isScalar(value) && wanted.values.includes(String(value).toLowerCase()),
      fix,
    );
  }
  return complete ? byDefault(own.value("family")) : undecided(missing);
}

const ON = ["1", "on", "true"];

/**
 * A replica has the engine of its source and, in the same Region, its parameter group where it names none.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
function sourceOf(db: Reader<unknown>, { node, stack }: Context): ResourceNode | undefined {
  const isReplica = db.at("replicateSourceDb").kind !== "absent";
  if (!isReplica || db.at("engine").kind !== "absent" || db.at("parameterGroupName").kind !== "absent")
    return undefined;
  const { nodes, uncertain } = stack.targets(node, "replicateSourceDb", INSTANCE);
  const [source] = nodes;
  if (source === undefined || uncertain || source === node) return undefined;
  return inOtherRegion(node, source, stack) === false ? source : undefined;
}

/** The first version of an engine that requires TLS by default, and what the engine does where no version is given. */
interface TlsDefault {
  readonly from: string;
  readonly withoutVersion: boolean | undefined;
}

const requiresTls =
  (engines: (engine: string) => boolean, name: string, { from, withoutVersion }: Partial<TlsDefault> = {}) =>
  (db: Reader<unknown>, _: unknown, context: Context): Outcome => {
    const source = sourceOf(db, context);
    const [own, seen] =
      source === undefined ? [db, context] : [readerOf(source), { ...context, node: source }];
    return when(engineIs(own, engines), () =>
      groupSets(own, seen, "parameterGroupName", GROUP, {
        name,
        values: ON,
        byDefault: (version) =>
          from === undefined
            ? false
            : version === undefined
              ? withoutVersion
              : isVersionAtLeast(version, from),
      }),
    );
  };

export const rdsParameters: Policies = {
  AURORA_MYSQL_CLUSTER_AUDIT_LOGGING: stackPolicy("Aurora MySQL clusters write an audit log.", {
    [CLUSTER]: (cluster, _, context) =>
      when(
        engineIs(cluster, (engine) => engine === "aurora-mysql" || engine === "aurora"),
        () =>
          groupSets(cluster, context, "dbClusterParameterGroupName", CLUSTER_GROUP, {
            name: "server_audit_logging",
            values: ON,
            byDefault: () => false,
          }),
      ),
  }),

  RDS_MARIADB_INSTANCE_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of MariaDB require TLS.", {
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html
    [INSTANCE]: requiresTls((engine) => engine === "mariadb", "require_secure_transport", {
      from: "11.8",
      withoutVersion: false,
    }),
  }),

  RDS_MYSQL_INSTANCE_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of MySQL require TLS.", {
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
    [INSTANCE]: requiresTls((engine) => engine === "mysql", "require_secure_transport", {
      from: "9.7",
      withoutVersion: false,
    }),
  }),

  RDS_POSTGRES_INSTANCE_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of PostgreSQL require TLS.", {
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
    [INSTANCE]: requiresTls((engine) => engine === "postgres", "rds.force_ssl", { from: "15" }),
  }),

  RDS_SQLSERVER_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of SQL Server require TLS.", {
    [INSTANCE]: requiresTls((engine) => engine.startsWith("sqlserver-"), "rds.force_ssl"),
  }),
};

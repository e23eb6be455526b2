import { check, isScalar, isUnknown, stackPolicy, undecided, when } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceType } from "../engine";
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
  /** What the engine does without the parameter; undefined when that depends on something that is not known here. */
  readonly byDefault: boolean | undefined;
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
  const byDefault = wanted.byDefault === undefined ? undecided(missing) : check(wanted.byDefault, missing);
  const name = db.at(property);
  const isDefaultGroup =
    name.kind === "known" && typeof name.value === "string" && name.value.startsWith("default.");
  if (name.kind === "absent" || isDefaultGroup) return byDefault;
  const { nodes, uncertain } = stack.targets(node, property, type);
  const [group] = nodes;
  if (group === undefined || uncertain)
    return undecided({ ...missing, found: "the parameter group is not known here" });
  const { items, complete } = group.reader(type).each("parameters");
  for (const parameter of items) {
    const own = parameter.value("name");
    if (isUnknown(own)) return undecided(missing);
    if (typeof own !== "string" || own.toLowerCase() !== wanted.name) continue;
    return parameter.test(
      "value",
      (value) => isScalar(value) && wanted.values.includes(String(value).toLowerCase()),
      fix,
    );
  }
  return complete ? byDefault : undecided(missing);
}

const ON = ["1", "on", "true"];

/** TLS is optional by default in every engine but PostgreSQL from version 15 on. */
const requiresTls =
  (
    engines: (engine: string) => boolean,
    name: string,
    byDefault: (db: Reader<unknown>) => boolean | undefined = () => false,
  ) =>
  (db: Reader<unknown>, _: unknown, context: Context): Outcome =>
    when(engineIs(db, engines), () =>
      groupSets(db, context, "parameterGroupName", GROUP, { name, values: ON, byDefault: byDefault(db) }),
    );

const FIRST_WITH_TLS = 15;

function postgresForcesTls(db: Reader<unknown>): boolean | undefined {
  const version = db.at("engineVersion");
  if (version.kind !== "known" || (typeof version.value !== "string" && typeof version.value !== "number"))
    return undefined;
  const major = Number.parseInt(String(version.value), 10);
  return Number.isNaN(major) ? undefined : major >= FIRST_WITH_TLS;
}

export const rdsParameters: Policies = {
  AURORA_MYSQL_CLUSTER_AUDIT_LOGGING: stackPolicy("Aurora MySQL clusters write an audit log.", {
    [CLUSTER]: (cluster, _, context) =>
      when(
        engineIs(cluster, (engine) => engine === "aurora-mysql" || engine === "aurora"),
        () =>
          groupSets(cluster, context, "dbClusterParameterGroupName", CLUSTER_GROUP, {
            name: "server_audit_logging",
            values: ON,
            byDefault: false,
          }),
      ),
  }),

  RDS_MARIADB_INSTANCE_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of MariaDB require TLS.", {
    [INSTANCE]: requiresTls((engine) => engine === "mariadb", "require_secure_transport"),
  }),

  RDS_MYSQL_INSTANCE_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of MySQL require TLS.", {
    [INSTANCE]: requiresTls((engine) => engine === "mysql", "require_secure_transport"),
  }),

  RDS_POSTGRES_INSTANCE_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of PostgreSQL require TLS.", {
    [INSTANCE]: requiresTls((engine) => engine === "postgres", "rds.force_ssl", postgresForcesTls),
  }),

  RDS_SQLSERVER_ENCRYPTED_IN_TRANSIT: stackPolicy("RDS instances of SQL Server require TLS.", {
    [INSTANCE]: requiresTls((engine) => engine.startsWith("sqlserver-"), "rds.force_ssl"),
  }),
};

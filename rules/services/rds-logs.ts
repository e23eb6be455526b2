import { all, policy, undecided, violation, when, compliant } from "../engine";
import type { Outcome, Policies, Reader } from "../engine";
import { engineIs } from "./rds";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";

/**
 * The logs that an engine can send to CloudWatch.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
 */
const ENGINE_LOGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(mysql|mariadb|aurora|aurora-mysql)$/, ["audit", "error", "general", "slowquery"]],
  [/^(postgres|aurora-postgresql)$/, ["postgresql", "upgrade"]],
  [/^oracle-/, ["alert", "audit", "listener", "trace"]],
  [/^sqlserver-/, ["agent", "error"]],
];

/** Every wanted log is exported. */
export function exportsLogs(db: Reader<unknown>, property: string, wanted: readonly string[]): Outcome {
  const { items, complete } = db.texts(property as never);
  const exported = items.map((log) => log.toLowerCase());
  const missing = wanted.filter((log) => !exported.includes(log.toLowerCase()));
  const reason = db.reason(property, `add ${missing.map((log) => `"${log}"`).join(", ")} to "${property}"`);
  if (missing.length === 0) return compliant();
  return complete ? violation(reason) : undecided(reason);
}

const LOGS = "enabledCloudwatchLogsExports";

/** The parameter names engines in full or, as AWS's own example does, by family: `oracle` means `oracle-ee`. */
const isOfFamily = (engine: string, wanted: string): boolean =>
  `${engine.toLowerCase()}-`.startsWith(`${wanted.toLowerCase()}-`);

const namesIn = (list: string): readonly string[] =>
  list
    .split(",")
    .map((log) => log.trim())
    .filter((log) => log !== "");

/** All logs of the engine, and those that the parameter adds for it. */
function exportsAllLogs(
  db: Reader<unknown>,
  additional: Readonly<Record<string, string>> | undefined,
): Outcome {
  const outcomes = ENGINE_LOGS.map(([engines, logs]) =>
    when(
      engineIs(db, (engine) => engines.test(engine)),
      () => {
        const engine = db.at("engine");
        const name = engine.kind === "known" && typeof engine.value === "string" ? engine.value : "";
        const extra = Object.entries(additional ?? {}).filter(([wanted]) => isOfFamily(name, wanted));
        return exportsLogs(db, LOGS, [...logs, ...extra.flatMap(([, names]) => namesIn(names))]);
      },
    ),
  );
  return all(...outcomes);
}

const only =
  (engine: string) =>
  (name: string): boolean =>
    name === engine;

export const rdsLogs: Policies = {
  MARIADB_PUBLISH_LOGS_TO_CLOUDWATCH_LOGS: policy("RDS instances of MariaDB send their logs to CloudWatch.", {
    [INSTANCE]: (db, p) =>
      when(engineIs(db, only("mariadb")), () =>
        exportsLogs(db, LOGS, p.logTypes === undefined ? ["audit", "error"] : namesIn(p.logTypes)),
      ),
  }),

  RDS_AURORA_MYSQL_AUDIT_LOGGING_ENABLED: policy(
    "Aurora MySQL clusters send their audit log to CloudWatch.",
    {
      [CLUSTER]: (cluster) =>
        when(
          engineIs(cluster, (engine) => engine === "aurora-mysql" || engine === "aurora"),
          () => exportsLogs(cluster, LOGS, ["audit"]),
        ),
    },
  ),

  RDS_AURORA_POSTGRESQL_LOGS_TO_CLOUDWATCH: policy(
    "Aurora PostgreSQL clusters send their log to CloudWatch.",
    {
      [CLUSTER]: (cluster) =>
        when(engineIs(cluster, only("aurora-postgresql")), () => exportsLogs(cluster, LOGS, ["postgresql"])),
    },
  ),

  RDS_LOGGING_ENABLED: policy("RDS instances send every log of their engine to CloudWatch.", {
    [INSTANCE]: (db, p) => exportsAllLogs(db, p.additionalLogs),
  }),

  RDS_POSTGRESQL_LOGS_TO_CLOUDWATCH: policy("RDS instances of PostgreSQL send their log to CloudWatch.", {
    [INSTANCE]: (db, p) =>
      when(engineIs(db, only("postgres")), () => exportsLogs(db, LOGS, p.logTypes ?? ["postgresql"])),
  }),

  RDS_SQL_SERVER_LOGS_TO_CLOUDWATCH: policy("RDS instances of SQL Server send their logs to CloudWatch.", {
    [INSTANCE]: (db, p) =>
      when(
        engineIs(db, (engine) => engine.startsWith("sqlserver-")),
        () => exportsLogs(db, LOGS, p.logTypes ?? ["agent", "error"]),
      ),
  }),
};

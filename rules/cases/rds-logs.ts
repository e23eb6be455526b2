import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const db = resource("aws:rds/instance:Instance");
const cluster = resource("aws:rds/cluster:Cluster");
const logs = (engine: string, ...names: unknown[]): object => ({
  engine,
  instanceClass: "db.t4g.medium",
  enabledCloudwatchLogsExports: names,
});

export const rdsLogs: Cases = {
  MARIADB_PUBLISH_LOGS_TO_CLOUDWATCH_LOGS: [
    compliantCase("sends all logs", db({ ...logs("mariadb", "audit", "error", "general", "slowquery") })),
    compliantCase(
      "sends the two logs that are asked for by default",
      db({ ...logs("mariadb", "error", "audit") }),
    ),
    violatingCase("sends all but one of those", db({ ...logs("mariadb", "error", "general", "slowquery") })),
    compliantCase("sends the wanted logs", db({ ...logs("mariadb", "error") }), {
      parameters: { logTypes: "error" },
    }),
    violatingCase("sends one log", db({ ...logs("mariadb", "error") })),
    violatingCase("sends none", db({ engine: "mariadb" })),
    notApplicableCase("is MySQL", db({ engine: "mysql" })),
    undecidedCase("sends unknown logs", db({ ...logs("mariadb", "error", unknown) })),
  ],
  RDS_AURORA_MYSQL_AUDIT_LOGGING_ENABLED: [
    compliantCase("sends its audit log", cluster({ ...logs("aurora-mysql", "audit") })),
    violatingCase("sends others", cluster({ ...logs("aurora-mysql", "error") })),
    violatingCase("sends none", cluster({ engine: "aurora-mysql" })),
    notApplicableCase("is PostgreSQL", cluster({ engine: "aurora-postgresql" })),
    undecidedCase(
      "sends unknown logs",
      cluster({ engine: "aurora-mysql", enabledCloudwatchLogsExports: unknown }),
    ),
  ],
  RDS_AURORA_POSTGRESQL_LOGS_TO_CLOUDWATCH: [
    compliantCase("sends its log", cluster({ ...logs("aurora-postgresql", "postgresql") })),
    violatingCase("sends none", cluster({ engine: "aurora-postgresql" })),
    notApplicableCase("is MySQL", cluster({ engine: "aurora-mysql" })),
    undecidedCase(
      "sends unknown logs",
      cluster({ engine: "aurora-postgresql", enabledCloudwatchLogsExports: unknown }),
    ),
  ],
  RDS_LOGGING_ENABLED: [
    compliantCase(
      "is MySQL and sends all its logs",
      db({ ...logs("mysql", "slowquery", "general", "error", "audit") }),
    ),
    compliantCase("is PostgreSQL and sends both logs", db({ ...logs("postgres", "postgresql", "upgrade") })),
    compliantCase("is SQL Server and sends both logs", db({ ...logs("sqlserver-ex", "agent", "error") })),
    compliantCase(
      "is Oracle and sends all its logs",
      db({ ...logs("oracle-ee", "alert", "audit", "listener", "trace") }),
    ),
    violatingCase("misses one log", db({ ...logs("mysql", "general", "error") })),
    violatingCase("sends none", db({ engine: "postgres" })),
    violatingCase("misses an additional log", db({ ...logs("postgres", "postgresql", "upgrade") }), {
      parameters: { additionalLogs: "postgres: iam-db-auth-error; mysql: iam-db-auth-error" },
    }),
    violatingCase(
      "misses a log that is added for the family of its engine",
      db({ ...logs("oracle-ee", "alert", "audit", "listener", "trace") }),
      { parameters: { additionalLogs: "oracle: oemagent; aurora: alert, slowquery" } },
    ),
    undecidedCase("sends unknown logs", db({ engine: "mysql", enabledCloudwatchLogsExports: unknown })),
  ],
  RDS_POSTGRESQL_LOGS_TO_CLOUDWATCH: [
    compliantCase("sends its log", db({ ...logs("postgres", "postgresql") })),
    violatingCase("sends none", db({ engine: "postgres" })),
    notApplicableCase("is MySQL", db({ engine: "mysql" })),
    undecidedCase("sends unknown logs", db({ engine: "postgres", enabledCloudwatchLogsExports: unknown })),
  ],
  RDS_SQL_SERVER_LOGS_TO_CLOUDWATCH: [
    compliantCase("sends both logs", db({ ...logs("sqlserver-se", "error", "agent") })),
    violatingCase("sends one log", db({ ...logs("sqlserver-se", "error") })),
    notApplicableCase("is MySQL", db({ engine: "mysql" })),
    undecidedCase("is of an unknown engine", db({ engine: unknown })),
  ],
};

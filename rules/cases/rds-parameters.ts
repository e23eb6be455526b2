import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Case, Cases } from "./types";

const db = resource("aws:rds/instance:Instance");
const cluster = resource("aws:rds/cluster:Cluster");
const group = resource("aws:rds/parameterGroup:ParameterGroup");
const clusterGroup = resource("aws:rds/clusterParameterGroup:ClusterParameterGroup");

/** The cases that the engines share: a parameter of a group that the instance names. */
function tls(engine: string, family: string, name: string, off: string): readonly Case[] {
  const subject = db({ engine, instanceClass: "db.t4g.medium", parameterGroupName: ref("group", "name") });
  const sets = (value: unknown): { group: ReturnType<typeof group> } => ({
    group: group({ family, parameters: [{ name, value }] }),
  });
  return [
    compliantCase("has a group that requires TLS", subject, { with: sets("1") }),
    violatingCase("has a group that does not", subject, { with: sets(off) }),
    notApplicableCase("is Db2", db({ engine: "db2-se" })),
    undecidedCase("has a group with an unknown value", subject, { with: sets(unknown) }),
    undecidedCase("has a group of another stack", db({ engine, parameterGroupName: "shared" })),
  ];
}

export const rdsParameters: Cases = {
  AURORA_MYSQL_CLUSTER_AUDIT_LOGGING: [
    compliantCase(
      "has a group that turns the audit log on",
      cluster({ engine: "aurora-mysql", dbClusterParameterGroupName: ref("group", "name") }),
      {
        with: {
          group: clusterGroup({
            family: "aurora-mysql8.0",
            parameters: [{ name: "server_audit_logging", value: "1" }],
          }),
        },
      },
    ),
    violatingCase(
      "has a group that does not",
      cluster({ engine: "aurora-mysql", dbClusterParameterGroupName: ref("group", "name") }),
      {
        with: { group: clusterGroup({ family: "aurora-mysql8.0", parameters: [] }) },
      },
    ),
    violatingCase("has the default group", cluster({ engine: "aurora-mysql" })),
    notApplicableCase("is PostgreSQL", cluster({ engine: "aurora-postgresql" })),
    undecidedCase(
      "has an unknown group",
      cluster({ engine: "aurora-mysql", dbClusterParameterGroupName: unknown }),
    ),
  ],
  RDS_MARIADB_INSTANCE_ENCRYPTED_IN_TRANSIT: [
    ...tls("mariadb", "mariadb10.11", "require_secure_transport", "OFF"),
    violatingCase("has the default group", db({ engine: "mariadb" })),
    violatingCase(
      "has the default group of version 11.4",
      db({ engine: "mariadb", engineVersion: "11.4.5" }),
    ),
    compliantCase(
      "has the default group of version 11.8",
      db({ engine: "mariadb", engineVersion: "11.8.3" }),
    ),
    compliantCase(
      "has a group of the family of version 11.8 that says nothing of TLS",
      db({ engine: "mariadb", parameterGroupName: ref("group", "name") }),
      { with: { group: group({ family: "mariadb11.8", parameters: [] }) } },
    ),
    violatingCase(
      "has a group of version 11.8 that turns TLS off",
      db({ engine: "mariadb", engineVersion: "11.8", parameterGroupName: ref("group", "name") }),
      {
        with: {
          group: group({
            family: "mariadb11.8",
            parameters: [{ name: "require_secure_transport", value: "0" }],
          }),
        },
      },
    ),
    undecidedCase("is of an unknown version", db({ engine: "mariadb", engineVersion: unknown })),
  ],
  RDS_MYSQL_INSTANCE_ENCRYPTED_IN_TRANSIT: [
    ...tls("mysql", "mysql8.0", "require_secure_transport", "0"),
    violatingCase("names the default group", db({ engine: "mysql", parameterGroupName: "default.mysql8.0" })),
    violatingCase("is of version 8.4", db({ engine: "mysql", engineVersion: "8.4.5" })),
    compliantCase("is of version 9.7, which requires TLS", db({ engine: "mysql", engineVersion: "9.7.0" })),
    violatingCase(
      "is a replica of an instance whose group does not require TLS",
      db({ replicateSourceDb: ref("main", "identifier"), instanceClass: "db.t4g.medium" }),
      { with: { main: db({ engine: "mysql", parameterGroupName: "default.mysql8.0" }) } },
    ),
    undecidedCase(
      "is a replica in another Region, where it has the default group",
      db({ replicateSourceDb: ref("main", "arn"), instanceClass: "db.t4g.medium", region: "eu-west-1" }),
      {
        with: {
          main: db({ engine: "mysql", parameterGroupName: ref("group", "name"), region: "us-east-1" }),
          group: group({
            family: "mysql8.0",
            parameters: [{ name: "require_secure_transport", value: "ON" }],
          }),
        },
      },
    ),
    compliantCase(
      "is a replica of an instance whose group requires TLS",
      db({ replicateSourceDb: ref("main", "identifier"), instanceClass: "db.t4g.medium" }),
      {
        with: {
          main: db({ engine: "mysql", parameterGroupName: ref("group", "name") }),
          group: group({
            family: "mysql8.0",
            parameters: [{ name: "require_secure_transport", value: "ON" }],
          }),
        },
      },
    ),
  ],
  RDS_POSTGRES_INSTANCE_ENCRYPTED_IN_TRANSIT: [
    ...tls("postgres", "postgres14", "rds.force_ssl", "0"),
    compliantCase("is of version 15 or later", db({ engine: "postgres", engineVersion: "16.3" })),
    violatingCase("is of version 14", db({ engine: "postgres", engineVersion: "14.9" })),
    undecidedCase("is of an unknown version", db({ engine: "postgres" })),
    compliantCase(
      "names the default group of version 16",
      db({ engine: "postgres", parameterGroupName: "default.postgres16" }),
    ),
    violatingCase(
      "names the default group of version 14",
      db({ engine: "postgres", parameterGroupName: "default.postgres14" }),
    ),
    compliantCase(
      "has a group of the family of version 16 that says nothing of TLS",
      db({ engine: "postgres", parameterGroupName: ref("group", "name") }),
      {
        with: {
          group: group({ family: "postgres16", parameters: [{ name: "log_connections", value: "1" }] }),
        },
      },
    ),
    violatingCase(
      "has a group of version 16 that lets connections be without TLS",
      db({ engine: "postgres", engineVersion: "16", parameterGroupName: ref("group", "name") }),
      {
        with: {
          group: group({ family: "postgres16", parameters: [{ name: "rds.force_ssl", value: "0" }] }),
        },
      },
    ),
  ],
  RDS_SQLSERVER_ENCRYPTED_IN_TRANSIT: [
    ...tls("sqlserver-se", "sqlserver-se-15.0", "rds.force_ssl", "0"),
    violatingCase("has the default group", db({ engine: "sqlserver-se" })),
  ],
};

import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Case, CaseResource, Cases } from "./types";

const instance = resource("aws:dms/replicationInstance:ReplicationInstance");
const endpoint = resource("aws:dms/endpoint:Endpoint");
const task = (logging: unknown): CaseResource =>
  resource("aws:dms/replicationTask:ReplicationTask")({
    migrationType: "cdc",
    ...(logging === undefined ? {} : { replicationTaskSettings: JSON.stringify({ Logging: logging }) }),
  });
const on = { good: [true], bad: [false], absent: "violates" } as const;

const logging = (one: string, other: string): readonly Case[] => {
  const components = (level: string): object[] => [
    { Id: one, Severity: "LOGGER_SEVERITY_DEFAULT" },
    { Id: other, Severity: level },
  ];
  return [
    compliantCase(
      "logs both",
      task({ EnableLogging: true, LogComponents: components("LOGGER_SEVERITY_DETAILED_DEBUG") }),
    ),
    compliantCase("logs at the default level", task({ EnableLogging: true }), {
      note: "DMS logs each component that is not named at the default level.",
    }),
    violatingCase("has no settings", task(undefined)),
    violatingCase(
      "has logging turned off",
      task({ EnableLogging: false, LogComponents: components("LOGGER_SEVERITY_DEFAULT") }),
    ),
    violatingCase(
      "logs only errors of one",
      task({ EnableLogging: true, LogComponents: components("LOGGER_SEVERITY_ERROR") }),
    ),
    undecidedCase(
      "does not know its settings yet",
      resource("aws:dms/replicationTask:ReplicationTask")({ replicationTaskSettings: unknown }),
    ),
  ];
};

export const dms: Cases = {
  DMS_AUTO_MINOR_VERSION_UPGRADE_CHECK: settingCases(instance, "autoMinorVersionUpgrade", on),
  DMS_ENDPOINT_SSL_CONFIGURED: [
    ...settingCases(endpoint, "sslMode", {
      good: ["require", "verify-ca", "verify-full"],
      bad: ["none"],
      absent: "violates",
      base: { engineName: "postgres" },
    }),
    notApplicableCase("is a service of AWS", endpoint({ engineName: "s3" })),
  ],
  DMS_MONGO_DB_AUTHENTICATION_ENABLED: [
    ...settingCases(endpoint, "mongodbSettings.authType", {
      good: ["password"],
      bad: ["no"],
      absent: "complies",
      base: { engineName: "mongodb" },
    }),
    notApplicableCase("is another database", endpoint({ engineName: "mysql" })),
  ],
  DMS_REDIS_TLS_ENABLED: [
    ...settingCases(endpoint, "redisSettings.sslSecurityProtocol", {
      good: ["ssl-encryption"],
      bad: ["plaintext"],
      absent: "complies",
      base: { engineName: "redis" },
    }),
    notApplicableCase("is another database", endpoint({ engineName: "mysql" })),
  ],
  DMS_REPLICATION_INSTANCE_MULTI_AZ_ENABLED: settingCases(instance, "multiAz", on),
  DMS_REPLICATION_NOT_PUBLIC: settingCases(instance, "publiclyAccessible", {
    good: [false],
    bad: [true],
    absent: "complies",
  }),
  DMS_REPLICATION_TASK_SOURCEDB_LOGGING: logging("SOURCE_CAPTURE", "SOURCE_UNLOAD"),
  DMS_REPLICATION_TASK_TARGETDB_LOGGING: logging("TARGET_APPLY", "TARGET_LOAD"),
};

import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const environment = resource("aws:elasticbeanstalk/environment:Environment");
const setting = (namespace: string, name: string, value: unknown): object => ({
  namespace: `aws:elasticbeanstalk:${namespace}`,
  name,
  value,
});
const having = (...settings: readonly unknown[]): ReturnType<typeof environment> =>
  environment({ application: "shop", settings });

const health = (value: unknown): object => setting("healthreporting:system", "SystemType", value);
const logs = (name: string, value: unknown): object => setting("cloudwatch:logs", name, value);
const managed = (value: unknown): object => setting("managedactions", "ManagedActionsEnabled", value);
const level = (value: unknown): object => setting("managedactions:platformupdate", "UpdateLevel", value);

export const elasticbeanstalk: Cases = {
  BEANSTALK_ENHANCED_HEALTH_REPORTING_ENABLED: [
    compliantCase("reports enhanced health", having(logs("StreamLogs", "true"), health("enhanced"))),
    violatingCase("reports basic health", having(health("basic"))),
    violatingCase("does not say", environment({ application: "shop" })),
    violatingCase(
      "sets another option of that name",
      having(setting("application", "SystemType", "enhanced")),
    ),
    undecidedCase("takes it from a template", environment({ application: "shop", templateName: "base" })),
    undecidedCase("does not know its settings yet", environment({ application: "shop", settings: unknown })),
    undecidedCase("does not know the value yet", having(health(unknown))),
    undecidedCase("has a setting that is not known yet", having(unknown)),
  ],
  ELASTIC_BEANSTALK_LOGS_TO_CLOUDWATCH: [
    compliantCase("streams its logs", having(logs("StreamLogs", "true"))),
    compliantCase("streams its logs by a boolean", having(logs("StreamLogs", true))),
    compliantCase(
      "keeps them as long as is asked for",
      having(logs("StreamLogs", "true"), logs("RetentionInDays", "90")),
      { parameters: { RetentionInDays: "90" } },
    ),
    compliantCase("keeps them by default as long as is asked for", having(logs("StreamLogs", "true")), {
      parameters: { RetentionInDays: "7", DeleteOnTerminate: "false" },
    }),
    violatingCase("keeps them shorter", having(logs("StreamLogs", "true"), logs("RetentionInDays", "3")), {
      parameters: { RetentionInDays: "90" },
    }),
    violatingCase(
      "deletes them where that is not wanted",
      having(logs("StreamLogs", "true"), logs("DeleteOnTerminate", "true")),
      { parameters: { DeleteOnTerminate: "false" } },
    ),
    violatingCase("does not stream", having(logs("StreamLogs", "false"))),
    violatingCase("does not say", having()),
    undecidedCase("does not know it yet", having(logs("StreamLogs", unknown))),
  ],
  ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED: [
    compliantCase("updates by itself", having(managed("true"), level("minor"))),
    compliantCase("updates at the level that is asked for", having(managed("true"), level("minor")), {
      parameters: { UpdateLevel: "minor" },
    }),
    violatingCase("updates at another level", having(managed("true"), level("patch")), {
      parameters: { UpdateLevel: "minor" },
    }),
    violatingCase("does not update", having(managed("false"))),
    violatingCase("does not say", having()),
    undecidedCase("does not know it yet", having(managed(unknown))),
  ],
};

import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Case, Cases } from "./types";

const broker = resource("aws:mq/broker:Broker");
const active = (more: object): ReturnType<typeof broker> => broker({ engineType: "ActiveMQ", ...more });
const rabbit = (more: object): ReturnType<typeof broker> => broker({ engineType: "RabbitMQ", ...more });

const upgrades = settingCases(broker, "autoMinorVersionUpgrade", {
  good: [true],
  bad: [false],
  absent: "violates",
});
const audit: readonly Case[] = [
  ...settingCases(active, "logs.audit", { good: [true, "true"], bad: [false, "false"], absent: "violates" }),
  notApplicableCase("is RabbitMQ, which has no audit log", rabbit({ logs: { general: true } })),
  undecidedCase("does not know its engine yet", broker({ engineType: unknown })),
];

export const mq: Cases = {
  MQ_ACTIVE_BROKER_LDAP_AUTHENTICATION: [
    ...settingCases(active, "authenticationStrategy", {
      good: ["ldap", "LDAP"],
      bad: ["simple"],
      absent: "violates",
    }),
    notApplicableCase("is RabbitMQ", rabbit({})),
  ],
  MQ_ACTIVE_DEPLOYMENT_MODE: [
    ...settingCases(active, "deploymentMode", {
      good: ["ACTIVE_STANDBY_MULTI_AZ"],
      bad: ["SINGLE_INSTANCE"],
      absent: "violates",
    }),
    violatingCase("is written in small letters", broker({ engineType: "activemq" })),
    notApplicableCase("is RabbitMQ", rabbit({ deploymentMode: "SINGLE_INSTANCE" })),
  ],
  MQ_ACTIVE_SINGLE_INSTANCE_BROKER_STORAGE_TYPE_EFS: [
    compliantCase("has the default", active({})),
    compliantCase("keeps messages in EFS", active({ deploymentMode: "SINGLE_INSTANCE", storageType: "efs" })),
    violatingCase("keeps messages on a volume", active({ storageType: "ebs" })),
    notApplicableCase(
      "has a standby",
      active({ deploymentMode: "ACTIVE_STANDBY_MULTI_AZ", storageType: "ebs" }),
    ),
    notApplicableCase("is RabbitMQ", rabbit({ storageType: "ebs" })),
    undecidedCase("does not know its storage yet", active({ storageType: unknown })),
  ],
  MQ_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED: upgrades,
  MQ_AUTO_MINOR_VERSION_UPGRADE_ENABLED: upgrades,
  MQ_BROKER_GENERAL_LOGGING_ENABLED: settingCases(broker, "logs.general", {
    good: [true],
    bad: [false],
    absent: "violates",
  }),
  MQ_CLOUDWATCH_AUDIT_LOGGING_ENABLED: audit,
  MQ_CLOUDWATCH_AUDIT_LOG_ENABLED: audit,
  MQ_NO_PUBLIC_ACCESS: settingCases(broker, "publiclyAccessible", {
    good: [false],
    bad: [true],
    absent: "complies",
  }),
  MQ_RABBIT_DEPLOYMENT_MODE: [
    ...settingCases(rabbit, "deploymentMode", {
      good: ["CLUSTER_MULTI_AZ"],
      bad: ["SINGLE_INSTANCE"],
      absent: "violates",
    }),
    notApplicableCase("is ActiveMQ", active({})),
  ],
};

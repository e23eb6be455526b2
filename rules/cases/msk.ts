import { compliantCase, resource, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const cluster = resource("aws:msk/cluster:Cluster");
const connector = resource("aws:mskconnect/connector:Connector");
const delivery = (logs: object): object => ({ logDelivery: { workerLogDelivery: logs } });

export const msk: Cases = {
  MSK_CLUSTER_PUBLIC_ACCESS_DISABLED: settingCases(
    cluster,
    "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
    {
      good: ["DISABLED"],
      bad: ["SERVICE_PROVIDED_EIPS"],
      absent: "complies",
    },
  ),
  MSK_CONNECT_CONNECTOR_LOGGING_ENABLED: [
    ...settingCases(connector, "logDelivery.workerLogDelivery.s3.enabled", {
      good: [true],
      bad: [false],
      absent: "violates",
    }),
    compliantCase(
      "writes to CloudWatch",
      connector({ ...delivery({ cloudwatchLogs: { enabled: true, logGroup: "msk" } }) }),
    ),
    compliantCase(
      "writes to Firehose only",
      connector({ ...delivery({ s3: { enabled: false }, firehose: { enabled: true } }) }),
    ),
    violatingCase(
      "has every log turned off",
      connector({ ...delivery({ s3: { enabled: false }, firehose: { enabled: false } }) }),
    ),
  ],
  MSK_ENHANCED_MONITORING_ENABLED: settingCases(cluster, "enhancedMonitoring", {
    good: ["PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"],
    bad: ["DEFAULT", "PER_BROKER"],
    absent: "violates",
  }),
  MSK_IN_CLUSTER_NODE_REQUIRE_TLS: settingCases(cluster, "encryptionInfo.encryptionInTransit.inCluster", {
    good: [true],
    bad: [false],
    absent: "complies",
  }),
  MSK_UNRESTRICTED_ACCESS_CHECK: [
    ...settingCases(cluster, "clientAuthentication.unauthenticated", {
      good: [false],
      bad: [true],
      absent: "complies",
      base: { clientAuthentication: { sasl: { iam: true } } },
    }),
    violatingCase("asks for no authentication at all", cluster({ clusterName: "events" }), {
      note: "MSK lets everybody in then; the rule speaks of the setting only.",
    }),
  ],
};

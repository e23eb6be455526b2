import { any, compliant, policy, violation } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const CLUSTER = "aws:msk/cluster:Cluster";

/** A cluster that asks for no kind of authentication lets everybody in. */
function refusesStrangers(cluster: Reader<ResourceArgs[typeof CLUSTER]>): Outcome {
  if (cluster.read("clientAuthentication").kind === "absent") {
    return violation(
      cluster.reason("clientAuthentication", 'set "clientAuthentication.sasl" or "clientAuthentication.tls"'),
    );
  }
  return cluster.read("clientAuthentication.unauthenticated").kind === "absent"
    ? compliant()
    : cluster.isFalse("clientAuthentication.unauthenticated");
}

export const msk: Policies = {
  MSK_CLUSTER_PUBLIC_ACCESS_DISABLED: policy("MSK clusters cannot be reached from the internet.", {
    [CLUSTER]: (cluster) =>
      cluster.equals("brokerNodeGroupInfo.connectivityInfo.publicAccess.type", "DISABLED"),
  }),

  MSK_CONNECT_CONNECTOR_LOGGING_ENABLED: policy("MSK connectors write logs.", {
    "aws:mskconnect/connector:Connector": (connector) =>
      any(
        connector.isTrue("logDelivery.workerLogDelivery.cloudwatchLogs.enabled"),
        connector.isTrue("logDelivery.workerLogDelivery.firehose.enabled"),
        connector.isTrue("logDelivery.workerLogDelivery.s3.enabled"),
      ),
  }),

  MSK_ENHANCED_MONITORING_ENABLED: policy("MSK clusters have enhanced monitoring.", {
    [CLUSTER]: (cluster) =>
      cluster.oneOf("enhancedMonitoring", ["PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"]),
  }),

  MSK_IN_CLUSTER_NODE_REQUIRE_TLS: policy("MSK clusters encrypt the traffic between their brokers.", {
    [CLUSTER]: (cluster) => cluster.isTrue("encryptionInfo.encryptionInTransit.inCluster"),
  }),

  MSK_UNRESTRICTED_ACCESS_CHECK: policy("MSK clusters let nobody in without authentication.", {
    [CLUSTER]: refusesStrangers,
  }),
};

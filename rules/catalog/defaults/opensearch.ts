import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const CREATE = "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html";
const CLUSTER = "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_ClusterConfig.html";

export const opensearch: ServiceDefaults = {
  // HTTPS is required by default only inside the block of endpoint options.
  "aws:opensearch/domain:Domain": {
    "advancedSecurityOptions.enabled": aws(false, CREATE),
    "clusterConfig.dedicatedMasterEnabled": aws(false, CLUSTER),
    "clusterConfig.instanceCount": aws(1, CLUSTER),
    "clusterConfig.zoneAwarenessEnabled": aws(false, CLUSTER),
    "encryptAtRest.enabled": provider(false),
    "logPublishingOptions.enabled": provider(true),
    "nodeToNodeEncryption.enabled": aws(false, CREATE),
  },
  "aws:opensearch/serverlessCollection:ServerlessCollection": { standbyReplicas: provider("ENABLED") },
};

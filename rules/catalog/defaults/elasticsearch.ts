import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const CREATE = "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html";

export const elasticsearch: ServiceDefaults = {
  "aws:elasticsearch/domain:Domain": {
    "encryptAtRest.enabled": provider(false),
    "logPublishingOptions.enabled": provider(true),
    "nodeToNodeEncryption.enabled": aws(false, CREATE),
  },
};

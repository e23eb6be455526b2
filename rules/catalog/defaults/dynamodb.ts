import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const dynamodb: ServiceDefaults = {
  "aws:dax/cluster:Cluster": {
    clusterEndpointEncryptionType: provider("NONE"),
    "serverSideEncryption.enabled": provider(false),
  },
  "aws:dynamodb/table:Table": {
    billingMode: provider("PROVISIONED"),
    deletionProtectionEnabled: provider(false),
    "pointInTimeRecovery.enabled": provider(false),
    "serverSideEncryption.enabled": provider(false),
  },
};

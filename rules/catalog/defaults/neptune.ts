import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const CREATE = "https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBCluster.html";

export const neptune: ServiceDefaults = {
  "aws:neptune/cluster:Cluster": {
    backupRetentionPeriod: provider(1),
    copyTagsToSnapshot: aws(false, CREATE),
    deletionProtection: provider(false),
    iamDatabaseAuthenticationEnabled: aws(false, CREATE),
    storageEncrypted: provider(false),
  },
};

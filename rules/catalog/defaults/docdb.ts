import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const docdb: ServiceDefaults = {
  "aws:docdb/cluster:Cluster": {
    backupRetentionPeriod: provider(1),
    deletionProtection: provider(false),
    storageEncrypted: provider(false),
  },
};

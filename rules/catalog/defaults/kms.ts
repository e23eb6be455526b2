import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const kms: ServiceDefaults = {
  "aws:kms/key:Key": {
    customerMasterKeySpec: provider("SYMMETRIC_DEFAULT"),
    keyUsage: provider("ENCRYPT_DECRYPT"),
    enableKeyRotation: provider(false),
  },
};

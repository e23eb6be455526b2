import { provider } from "./types";
import type { ServiceDefaults } from "./types";

/** The provider sends false where a program does not say. */
const SENT = "terraform-provider-aws internal/service/workspaces/workspace.go";

export const workspaces: ServiceDefaults = {
  "aws:workspaces/workspace:Workspace": {
    rootVolumeEncryptionEnabled: provider(false, SENT),
    userVolumeEncryptionEnabled: provider(false, SENT),
  },
};

import { policy } from "../engine";
import type { Policies } from "../engine";

const WORKSPACE = "aws:workspaces/workspace:Workspace";

export const workspaces: Policies = {
  WORKSPACES_ROOT_VOLUME_ENCRYPTION_ENABLED: policy("WorkSpaces encrypt their root volume.", {
    [WORKSPACE]: (workspace) => workspace.isTrue("rootVolumeEncryptionEnabled"),
  }),

  WORKSPACES_USER_VOLUME_ENCRYPTION_ENABLED: policy("WorkSpaces encrypt the volume of their user.", {
    [WORKSPACE]: (workspace) => workspace.isTrue("userVolumeEncryptionEnabled"),
  }),
};

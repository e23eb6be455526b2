import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const workspace = resource("aws:workspaces/workspace:Workspace");
const onlyTrue = { good: [true], bad: [false], absent: "violates" } as const;

export const workspaces: Cases = {
  WORKSPACES_ROOT_VOLUME_ENCRYPTION_ENABLED: settingCases(workspace, "rootVolumeEncryptionEnabled", onlyTrue),
  WORKSPACES_USER_VOLUME_ENCRYPTION_ENABLED: settingCases(workspace, "userVolumeEncryptionEnabled", onlyTrue),
};

import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const fsx: ServiceDefaults = {
  "aws:fsx/lustreFileSystem:LustreFileSystem": { copyTagsToBackups: provider(false) },
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": {
    copyTagsToBackups: provider(false),
    copyTagsToVolumes: provider(false),
  },
  "aws:fsx/windowsFileSystem:WindowsFileSystem": {
    "auditLogConfiguration.fileAccessAuditLogLevel": provider("DISABLED"),
    "auditLogConfiguration.fileShareAccessAuditLogLevel": provider("DISABLED"),
    deploymentType: provider("SINGLE_AZ_1"),
  },
};

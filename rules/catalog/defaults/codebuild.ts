import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const codebuild: ServiceDefaults = {
  "aws:codebuild/project:Project": {
    "artifacts.encryptionDisabled": provider(false),
    "secondaryArtifacts.encryptionDisabled": provider(false),
    "environment.privilegedMode": provider(false),
    "environment.environmentVariables.type": provider("PLAINTEXT"),
    "logsConfig.cloudwatchLogs.status": provider("ENABLED"),
    "logsConfig.s3Logs.status": provider("DISABLED"),
    "logsConfig.s3Logs.encryptionDisabled": provider(false),
  },
  "aws:codebuild/reportGroup:ReportGroup": {
    "exportConfig.s3Destination.encryptionDisabled": provider(false),
  },
};

import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const athena: ServiceDefaults = {
  "aws:athena/workgroup:Workgroup": {
    "configuration.enforceWorkgroupConfiguration": provider(true),
    "configuration.engineVersion.selectedEngineVersion": provider("AUTO"),
    "configuration.publishCloudwatchMetricsEnabled": provider(true),
  },
};

import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const cloudtrail: ServiceDefaults = {
  "aws:cloudtrail/eventDataStore:EventDataStore": { multiRegionEnabled: provider(true) },
  "aws:cloudtrail/trail:Trail": {
    enableLogFileValidation: provider(false),
    enableLogging: provider(true),
    "eventSelectors.includeManagementEvents": provider(true),
    "eventSelectors.readWriteType": provider("All"),
    includeGlobalServiceEvents: provider(true),
    isMultiRegionTrail: provider(false),
  },
};

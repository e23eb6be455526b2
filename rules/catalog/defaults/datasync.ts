import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const datasync: ServiceDefaults = {
  "aws:datasync/task:Task": {
    "options.logLevel": provider("OFF"),
    "options.verifyMode": provider("POINT_IN_TIME_CONSISTENT"),
  },
};

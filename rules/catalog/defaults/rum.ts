import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const rum: ServiceDefaults = {
  "aws:rum/appMonitor:AppMonitor": { cwLogEnabled: provider(false) },
};

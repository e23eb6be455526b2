import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const guardduty: ServiceDefaults = {
  "aws:guardduty/detector:Detector": { enable: provider(true) },
};

import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const rds: ServiceDefaults = {
  "aws:rds/instance:Instance": { multiAz: provider(false) },
};

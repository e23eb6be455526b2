import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const batch: ServiceDefaults = {
  "aws:batch/computeEnvironment:ComputeEnvironment": { state: provider("ENABLED") },
};

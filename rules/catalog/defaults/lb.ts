import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const lb: ServiceDefaults = {
  "aws:lb/loadBalancer:LoadBalancer": { loadBalancerType: provider("application") },
};

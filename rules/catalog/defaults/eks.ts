import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const eks: ServiceDefaults = {
  "aws:eks/cluster:Cluster": { "vpcConfig.endpointPublicAccess": provider(true) },
};

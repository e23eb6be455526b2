import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const codedeploy: ServiceDefaults = {
  "aws:codedeploy/deploymentGroup:DeploymentGroup": { outdatedInstancesStrategy: provider("UPDATE") },
};

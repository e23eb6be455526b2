import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const appconfig: ServiceDefaults = {
  "aws:appconfig/deploymentStrategy:DeploymentStrategy": {
    finalBakeTimeInMinutes: provider(
      0,
      "terraform-provider-aws internal/service/appconfig/deployment_strategy.go",
    ),
  },
};

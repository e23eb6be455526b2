import { policy } from "../engine";
import type { Policies } from "../engine";

const PROFILE = "aws:appconfig/configurationProfile:ConfigurationProfile";
const STRATEGY = "aws:appconfig/deploymentStrategy:DeploymentStrategy";

export const appconfig: Policies = {
  APPCONFIG_CONFIGURATION_PROFILE_VALIDATORS_NOT_EMPTY: policy(
    "AppConfig profiles validate a configuration before it is deployed.",
    { [PROFILE]: (profile) => profile.nonEmpty("validators") },
  ),

  APPCONFIG_DEPLOYMENT_STRATEGY_MINIMUM_FINAL_BAKE_TIME: policy(
    "AppConfig strategies watch alarms long enough after a deployment.",
    { [STRATEGY]: (strategy, p) => strategy.atLeast("finalBakeTimeInMinutes", p.minBakeTime) },
  ),

  APPCONFIG_DEPLOYMENT_STRATEGY_REPLICATE_TO_SSM: policy("AppConfig strategies are kept in SSM.", {
    [STRATEGY]: (strategy) => strategy.equals("replicateTo", "SSM_DOCUMENT"),
  }),
};

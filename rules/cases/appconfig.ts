import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const profile = resource("aws:appconfig/configurationProfile:ConfigurationProfile");
const strategy = resource("aws:appconfig/deploymentStrategy:DeploymentStrategy");

export const appconfig: Cases = {
  APPCONFIG_CONFIGURATION_PROFILE_VALIDATORS_NOT_EMPTY: [
    compliantCase("has one", profile({ validators: [{ type: "LAMBDA", content: "arn:aws:lambda:x" }] })),
    violatingCase("has an empty list", profile({ validators: [] })),
    violatingCase("has none", profile({ locationUri: "hosted" })),
    undecidedCase("does not know them yet", profile({ validators: unknown })),
  ],
  APPCONFIG_DEPLOYMENT_STRATEGY_MINIMUM_FINAL_BAKE_TIME: [
    ...settingCases(strategy, "finalBakeTimeInMinutes", { good: [30, 60], bad: [0, 29], absent: "violates" }),
    compliantCase("watches as long as is asked for", strategy({ finalBakeTimeInMinutes: 5 }), {
      parameters: { minBakeTime: "5" },
    }),
  ],
  APPCONFIG_DEPLOYMENT_STRATEGY_REPLICATE_TO_SSM: settingCases(strategy, "replicateTo", {
    good: ["SSM_DOCUMENT"],
    bad: ["NONE"],
    absent: "violates",
  }),
};

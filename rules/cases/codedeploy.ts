import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const group = resource("aws:codedeploy/deploymentGroup:DeploymentGroup");
const rollback = { enabled: true, events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] };
const alarms = { enabled: true, alarms: ["errors"] };

export const codedeploy: Cases = {
  CODEDEPLOY_AUTO_ROLLBACK_MONITOR_ENABLED: [
    compliantCase(
      "rolls back at an alarm",
      group({ autoRollbackConfiguration: rollback, alarmConfiguration: alarms }),
    ),
    violatingCase("watches no alarm", group({ autoRollbackConfiguration: rollback })),
    violatingCase("does not roll back", group({ alarmConfiguration: alarms })),
    violatingCase(
      "has alarms that are off",
      group({ autoRollbackConfiguration: rollback, alarmConfiguration: { ...alarms, enabled: false } }),
    ),
    violatingCase(
      "is on without an alarm",
      group({ autoRollbackConfiguration: rollback, alarmConfiguration: { enabled: true, alarms: [] } }),
    ),
    violatingCase("has neither", group({ appName: "shop" })),
    undecidedCase(
      "does not know its alarms yet",
      group({ autoRollbackConfiguration: rollback, alarmConfiguration: unknown }),
    ),
  ],
  CODEDEPLOY_DEPLOYMENT_GROUP_AUTO_ROLLBACK_ENABLED: settingCases(
    group,
    "autoRollbackConfiguration.enabled",
    { good: [true], bad: [false], absent: "violates" },
  ),
  CODEDEPLOY_DEPLOYMENT_GROUP_OUTDATED_INSTANCES_UPDATE: settingCases(group, "outdatedInstancesStrategy", {
    good: ["UPDATE"],
    bad: ["IGNORE"],
    absent: "complies",
  }),
};

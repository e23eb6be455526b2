import { all, policy } from "../engine";
import type { Policies } from "../engine";

const GROUP = "aws:codedeploy/deploymentGroup:DeploymentGroup";

export const codedeploy: Policies = {
  CODEDEPLOY_AUTO_ROLLBACK_MONITOR_ENABLED: policy(
    "CodeDeploy deployment groups roll back by themselves and watch alarms.",
    {
      [GROUP]: (group) =>
        all(
          group.isTrue("autoRollbackConfiguration.enabled"),
          group.isTrue("alarmConfiguration.enabled"),
          group.nonEmpty("alarmConfiguration.alarms"),
        ),
    },
  ),

  CODEDEPLOY_DEPLOYMENT_GROUP_AUTO_ROLLBACK_ENABLED: policy(
    "CodeDeploy deployment groups roll back by themselves.",
    { [GROUP]: (group) => group.isTrue("autoRollbackConfiguration.enabled") },
  ),

  CODEDEPLOY_DEPLOYMENT_GROUP_OUTDATED_INSTANCES_UPDATE: policy(
    "CodeDeploy deployment groups update instances that start during a deployment.",
    { [GROUP]: (group) => group.oneOf("outdatedInstancesStrategy", ["UPDATE"], { ignoreCase: true }) },
  ),
};

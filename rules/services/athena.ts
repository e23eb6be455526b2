import { policy } from "../engine";
import type { Policies } from "../engine";

const WORKGROUP = "aws:athena/workgroup:Workgroup";

export const athena: Policies = {
  ATHENA_WORKGROUP_ENCRYPTED_AT_REST: policy("Athena workgroups encrypt the results of queries.", {
    [WORKGROUP]: (group) =>
      group.present("configuration.resultConfiguration.encryptionConfiguration.encryptionOption"),
  }),

  ATHENA_WORKGROUP_ENFORCE_WORKGROUP_CONFIGURATION: policy(
    "Athena workgroups do not let clients change settings.",
    {
      [WORKGROUP]: (group) => group.isTrue("configuration.enforceWorkgroupConfiguration"),
    },
  ),

  ATHENA_WORKGROUP_ENGINE_VERSION_AUTO_UPGRADE: policy(
    "Athena workgroups take new engine versions by themselves.",
    {
      [WORKGROUP]: (group) => group.equals("configuration.engineVersion.selectedEngineVersion", "AUTO"),
    },
  ),

  ATHENA_WORKGROUP_LOGGING_ENABLED: policy("Athena workgroups send metrics to CloudWatch.", {
    [WORKGROUP]: (group) => group.isTrue("configuration.publishCloudwatchMetricsEnabled"),
  }),
};

import { all, any, given, notApplicable, policy, when } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { versionAtLeast } from "../views/versions";

const SERVICE = "aws:ecs/service:Service";

type Service = Reader<ResourceArgs[typeof SERVICE]>;

const runsOnFargate = (service: Service): Outcome =>
  service.read("capacityProviderStrategies").kind === "absent"
    ? service.equals("launchType", "FARGATE")
    : service.some(
        "capacityProviderStrategies",
        (strategy) => strategy.oneOf("capacityProvider", ["FARGATE", "FARGATE_SPOT"]),
        "use a capacity provider of Fargate",
      );

export const ecs: Policies = {
  ECS_CAPACITY_PROVIDER_TERMINATION_CHECK: policy(
    "ECS capacity providers protect instances that run tasks against termination.",
    {
      "aws:ecs/capacityProvider:CapacityProvider": (provider) =>
        provider.read("autoScalingGroupProvider").kind === "absent"
          ? notApplicable()
          : provider.equals("autoScalingGroupProvider.managedTerminationProtection", "ENABLED"),
    },
  ),

  // A setting of the account can turn it on as well, which a stack does not see.
  ECS_CONTAINER_INSIGHTS_ENABLED: policy("ECS clusters send metrics to Container Insights.", {
    "aws:ecs/cluster:Cluster": (cluster) =>
      cluster.some(
        "settings",
        (setting) =>
          all(setting.equals("name", "containerInsights"), setting.oneOf("value", ["enabled", "enhanced"])),
        'add an entry with "name" containerInsights and "value" enabled to "settings"',
      ),
  }),

  ECS_FARGATE_LATEST_PLATFORM_VERSION: policy("ECS services on Fargate run on the latest platform version.", {
    [SERVICE]: (service, p) =>
      when(runsOnFargate(service), () =>
        any(
          service.oneOf("platformVersion", ["LATEST"], { ignoreCase: true }),
          given(p.latestLinuxVersion, (version) => versionAtLeast(service, "platformVersion", version)),
          given(p.latestWindowsVersion, (version) => versionAtLeast(service, "platformVersion", version)),
        ),
      ),
  }),

  ECS_SERVICE_PROPAGATE_TAGS_ENABLED: policy("ECS services pass tags on to their tasks.", {
    [SERVICE]: (service) => service.oneOf("propagateTags", ["SERVICE", "TASK_DEFINITION"]),
  }),
};

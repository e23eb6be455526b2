import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const provider = resource("aws:ecs/capacityProvider:CapacityProvider");
const cluster = resource("aws:ecs/cluster:Cluster");
const service = resource("aws:ecs/service:Service");
const group = (more: object): object => ({
  autoScalingGroupProvider: {
    autoScalingGroupArn: "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1:a",
    ...more,
  },
});

export const ecs: Cases = {
  ECS_CAPACITY_PROVIDER_TERMINATION_CHECK: [
    compliantCase(
      "protects its instances",
      provider({ ...group({ managedTerminationProtection: "ENABLED" }) }),
    ),
    violatingCase("does not say", provider({ ...group({}) })),
    violatingCase(
      "does not protect them",
      provider({ ...group({ managedTerminationProtection: "DISABLED" }) }),
    ),
    undecidedCase("does not know yet", provider({ ...group({ managedTerminationProtection: unknown }) })),
    notApplicableCase("has no Auto Scaling group", provider({ name: "managed" })),
  ],
  ECS_CONTAINER_INSIGHTS_ENABLED: [
    compliantCase("sends them", cluster({ settings: [{ name: "containerInsights", value: "enabled" }] })),
    compliantCase(
      "sends enhanced ones",
      cluster({ settings: [{ name: "containerInsights", value: "enhanced" }] }),
    ),
    violatingCase("does not say", cluster({ name: "app" }), {
      note: "A setting of the account can turn it on, which is not seen.",
    }),
    violatingCase(
      "does not send them",
      cluster({ settings: [{ name: "containerInsights", value: "disabled" }] }),
    ),
    undecidedCase(
      "does not know yet",
      cluster({ settings: [{ name: "containerInsights", value: unknown }] }),
    ),
  ],
  ECS_FARGATE_LATEST_PLATFORM_VERSION: [
    compliantCase("does not say, which means the latest", service({ launchType: "FARGATE" })),
    compliantCase("says so", service({ launchType: "FARGATE", platformVersion: "LATEST" })),
    compliantCase(
      "has the version that is given as the latest",
      service({ launchType: "FARGATE", platformVersion: "1.4.0" }),
      {
        parameters: { latestLinuxVersion: "1.4.0" },
      },
    ),
    violatingCase("has a version of its own", service({ launchType: "FARGATE", platformVersion: "1.4.0" })),
    violatingCase("has an older version", service({ launchType: "FARGATE", platformVersion: "1.3.0" }), {
      parameters: { latestLinuxVersion: "1.4.0" },
    }),
    violatingCase(
      "runs by a capacity provider of Fargate on a version of its own",
      service({
        capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
        platformVersion: "1.3.0",
      }),
    ),
    undecidedCase(
      "does not know its version yet",
      service({ launchType: "FARGATE", platformVersion: unknown }),
    ),
    notApplicableCase("runs on EC2", service({ launchType: "EC2" })),
    notApplicableCase("does not say where, which means EC2", service({ cluster: "app" })),
  ],
  ECS_SERVICE_PROPAGATE_TAGS_ENABLED: [
    compliantCase("passes its own tags on", service({ propagateTags: "SERVICE" })),
    compliantCase("passes the tags of the task definition on", service({ propagateTags: "TASK_DEFINITION" })),
    violatingCase("does not say", service({ cluster: "app" })),
    violatingCase("passes none on", service({ propagateTags: "NONE" })),
    undecidedCase("does not know yet", service({ propagateTags: unknown })),
  ],
};

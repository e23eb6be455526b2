import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const PROVIDER =
  "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AutoScalingGroupProvider.html";

export const ecs: ServiceDefaults = {
  "aws:ecs/capacityProvider:CapacityProvider": {
    "autoScalingGroupProvider.managedTerminationProtection": aws("DISABLED", PROVIDER),
  },
  "aws:ecs/service:Service": {
    launchType: provider("EC2"),
    platformVersion: provider("LATEST"),
    propagateTags: aws(
      "NONE",
      "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    ),
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    "volumes.efsVolumeConfiguration.transitEncryption": provider("DISABLED"),
  },
};

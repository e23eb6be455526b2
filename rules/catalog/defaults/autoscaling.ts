import { account, aws } from "./types";
import type { ServiceDefaults } from "./types";

const GROUP = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html";
const ADDRESSES =
  "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html";
const METADATA =
  "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html";

export const autoscaling: ServiceDefaults = {
  "aws:autoscaling/group:Group": {
    capacityRebalance: aws(false, GROUP),
    healthCheckType: aws("EC2", GROUP),
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    associatePublicIpAddress: aws(false, ADDRESSES),
    "metadataOptions.httpPutResponseHopLimit": aws(1, METADATA),
    "metadataOptions.httpTokens": account("optional", METADATA),
  },
};

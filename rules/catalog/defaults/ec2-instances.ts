import { account, aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const METADATA =
  "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html";
const RUN_INSTANCES = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html";

export const ec2Instances: ServiceDefaults = {
  "aws:ec2/instance:Instance": {
    ebsOptimized: aws(false, RUN_INSTANCES),
    "metadataOptions.httpPutResponseHopLimit": provider(1),
    "metadataOptions.httpTokens": account("optional", METADATA),
    monitoring: aws(false, RUN_INSTANCES),
    tenancy: aws("default", RUN_INSTANCES),
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    "metadataOptions.httpPutResponseHopLimit": provider(1),
    "metadataOptions.httpTokens": provider("optional"),
    "monitoring.enabled": aws(false, RUN_INSTANCES),
    "placement.tenancy": aws("default", RUN_INSTANCES),
  },
};

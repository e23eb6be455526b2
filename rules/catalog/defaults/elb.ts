import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const CREATE =
  "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html";

export const elb: ServiceDefaults = {
  "aws:elb/loadBalancer:LoadBalancer": {
    "accessLogs.enabled": provider(true),
    crossZoneLoadBalancing: provider(true),
    desyncMitigationMode: provider("defensive"),
    internal: aws(false, CREATE),
  },
};

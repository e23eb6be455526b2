import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const HEALTH_CHECKS =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";

export const lb: ServiceDefaults = {
  "aws:lb/listener:Listener": { sslPolicy: provider("ELBSecurityPolicy-2016-08") },
  "aws:lb/loadBalancer:LoadBalancer": {
    "accessLogs.enabled": provider(false),
    desyncMitigationMode: provider("defensive"),
    dropInvalidHeaderFields: provider(false),
    enableCrossZoneLoadBalancing: provider(false),
    enableDeletionProtection: provider(false),
    internal: provider(false),
    loadBalancerType: provider("application"),
  },
  "aws:lb/targetGroup:TargetGroup": {
    "healthCheck.protocol": aws("HTTP", HEALTH_CHECKS),
    targetType: provider("instance"),
  },
};

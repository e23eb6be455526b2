import { policy } from "../engine";
import type { Policies } from "../engine";

const SERVICE = "aws:apprunner/service:Service";

export const apprunner: Policies = {
  APPRUNNER_SERVICE_IN_VPC: policy("App Runner services send their traffic through a VPC.", {
    [SERVICE]: (service) => service.equals("networkConfiguration.egressConfiguration.egressType", "VPC"),
  }),

  APPRUNNER_SERVICE_IP_ADDRESS_TYPE_CHECK: policy("App Runner services have the IP address type asked for.", {
    [SERVICE]: (service, p) => service.equals("networkConfiguration.ipAddressType", p.ipAddressType),
  }),

  APPRUNNER_SERVICE_MAX_UNHEALTHY_THRESHOLD: policy(
    "App Runner services are unhealthy after no more failed checks than asked for.",
    {
      [SERVICE]: (service, p) =>
        service.atMost("healthCheckConfiguration.unhealthyThreshold", p.maxUnhealthyThreshold),
    },
  ),

  APPRUNNER_SERVICE_NO_PUBLIC_ACCESS: policy("App Runner services cannot be reached from the internet.", {
    [SERVICE]: (service) => service.isFalse("networkConfiguration.ingressConfiguration.isPubliclyAccessible"),
  }),

  APPRUNNER_SERVICE_OBSERVABILITY_ENABLED: policy("App Runner services are traced.", {
    [SERVICE]: (service) => service.isTrue("observabilityConfiguration.observabilityEnabled"),
  }),
};

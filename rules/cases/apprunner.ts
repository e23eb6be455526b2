import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const service = resource("aws:apprunner/service:Service");

export const apprunner: Cases = {
  APPRUNNER_SERVICE_IN_VPC: settingCases(service, "networkConfiguration.egressConfiguration.egressType", {
    good: ["VPC"],
    bad: ["DEFAULT"],
    absent: "violates",
  }),
  APPRUNNER_SERVICE_IP_ADDRESS_TYPE_CHECK: settingCases(service, "networkConfiguration.ipAddressType", {
    good: ["IPV4"],
    bad: ["DUAL_STACK"],
    absent: "complies",
    parameters: { ipAddressType: "IPV4" },
  }),
  APPRUNNER_SERVICE_MAX_UNHEALTHY_THRESHOLD: settingCases(
    service,
    "healthCheckConfiguration.unhealthyThreshold",
    { good: [1, 5, "5"], bad: [6, 20], absent: "complies", parameters: { maxUnhealthyThreshold: "5" } },
  ),
  APPRUNNER_SERVICE_NO_PUBLIC_ACCESS: settingCases(
    service,
    "networkConfiguration.ingressConfiguration.isPubliclyAccessible",
    { good: [false], bad: [true], absent: "violates" },
  ),
  APPRUNNER_SERVICE_OBSERVABILITY_ENABLED: settingCases(
    service,
    "observabilityConfiguration.observabilityEnabled",
    { good: [true], bad: [false], absent: "violates" },
  ),
};

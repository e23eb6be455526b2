import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const API = "https://docs.aws.amazon.com/apprunner/latest/api/API_";

export const apprunner: ServiceDefaults = {
  "aws:apprunner/service:Service": {
    "healthCheckConfiguration.unhealthyThreshold": provider(5),
    "networkConfiguration.egressConfiguration.egressType": aws("DEFAULT", `${API}EgressConfiguration.html`),
    "networkConfiguration.ingressConfiguration.isPubliclyAccessible": aws(
      true,
      `${API}IngressConfiguration.html`,
    ),
    "networkConfiguration.ipAddressType": provider("IPV4"),
  },
};

import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const networkfirewall: ServiceDefaults = {
  "aws:networkfirewall/firewall:Firewall": {
    deleteProtection: provider(false),
    subnetChangeProtection: provider(false),
  },
};

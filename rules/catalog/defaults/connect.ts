import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const connect: ServiceDefaults = {
  "aws:connect/instance:Instance": { contactFlowLogsEnabled: provider(false) },
};

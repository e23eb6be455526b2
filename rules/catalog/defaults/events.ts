import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const events: ServiceDefaults = {
  "aws:cloudwatch/eventEndpoint:EventEndpoint": { "replicationConfig.state": provider("ENABLED") },
};

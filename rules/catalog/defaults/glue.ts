import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const glue: ServiceDefaults = {
  "aws:glue/job:Job": { "command.name": provider("glueetl") },
};

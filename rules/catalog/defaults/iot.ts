import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const iot: ServiceDefaults = {
  "aws:iot/authorizer:Authorizer": { signingDisabled: provider(false) },
};

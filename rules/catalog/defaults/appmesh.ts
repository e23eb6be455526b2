import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const appmesh: ServiceDefaults = {
  "aws:appmesh/mesh:Mesh": { "spec.egressFilter.type": provider("DROP_ALL") },
};

import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const cloudfront: ServiceDefaults = {
  "aws:cloudfront/distribution:Distribution": {
    "viewerCertificate.minimumProtocolVersion": provider("TLSv1"),
  },
};

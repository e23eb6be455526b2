import { aws } from "./types";
import type { ServiceDefaults } from "./types";

export const acm: ServiceDefaults = {
  "aws:acm/certificate:Certificate": {
    keyAlgorithm: aws(
      "RSA_2048",
      "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
    ),
  },
};

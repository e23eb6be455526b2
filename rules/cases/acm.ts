import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const certificate = resource("aws:acm/certificate:Certificate");
const requested = (more: object): ReturnType<typeof certificate> =>
  certificate({ domainName: "example.com", validationMethod: "DNS", ...more });

export const acm: Cases = {
  ACM_CERTIFICATE_RSA_CHECK: [
    compliantCase("has the default key of 2,048 bits", requested({})),
    compliantCase("has a key of 2,048 bits", requested({ keyAlgorithm: "RSA_2048" })),
    compliantCase("has a key of 4,096 bits", requested({ keyAlgorithm: "RSA_4096" })),
    violatingCase("has a key of 1,024 bits", requested({ keyAlgorithm: "RSA_1024" })),
    notApplicableCase("has a key on a curve", requested({ keyAlgorithm: "EC_prime256v1" })),
    undecidedCase("does not know its key yet", requested({ keyAlgorithm: unknown })),
    undecidedCase(
      "is imported",
      certificate({ certificateBody: "-----BEGIN CERTIFICATE-----", privateKey: "-----BEGIN KEY-----" }),
      { note: "The length of the key is in the certificate, which no policy decodes." },
    ),
  ],
};

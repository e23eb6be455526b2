import { policy, undecided, when } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const CERTIFICATE = "aws:acm/certificate:Certificate";

/**
 * An RSA key has 2,048 bits or more; keys on elliptic curves are no RSA keys. The key of a certificate that is imported is
 * in its text, which is not looked into.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html#algorithms-term
 */
function hasLongKey(certificate: Reader<ResourceArgs[typeof CERTIFICATE]>): Outcome {
  if (certificate.read("certificateBody").kind !== "absent") {
    const fix = "import a certificate with a key of 2,048 bits or more";
    return undecided({
      ...certificate.reason("certificateBody", fix),
      found: "the key is in the text of the certificate",
    });
  }
  return when(
    certificate.test("keyAlgorithm", (value) => /^RSA/i.test(asText(value)), 'set "keyAlgorithm"'),
    () => certificate.noneOf("keyAlgorithm", ["RSA_1024"], 'set "keyAlgorithm" to "RSA_2048"'),
  );
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

export const acm: Policies = {
  ACM_CERTIFICATE_RSA_CHECK: policy("RSA certificates have keys of 2,048 bits or more.", {
    [CERTIFICATE]: hasLongKey,
  }),
};

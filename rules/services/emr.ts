import {
  UNKNOWN,
  fromJson,
  check,
  isUnknown,
  policy,
  propertiesIn,
  reveal,
  toBoolean,
  undecided,
} from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const CONFIGURATION = "aws:emr/securityConfiguration:SecurityConfiguration";

/**
 * The JSON of a security configuration turns a kind of encryption on.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html
 */
const turnsOn =
  (name: "EnableAtRestEncryption" | "EnableInTransitEncryption") =>
  (security: Reader<ResourceArgs[typeof CONFIGURATION]>): Outcome => {
    const fix = `set "EncryptionConfiguration.${name}" in "configuration" to true`;
    const reason = { ...security.reason("configuration", fix), found: `"${name}" is not on` };
    const root = fromJson(security.value("configuration") ?? null);
    const encryption = isUnknown(root)
      ? UNKNOWN
      : reveal(propertiesIn(root)["EncryptionConfiguration"] ?? null);
    const value = isUnknown(encryption) ? UNKNOWN : reveal(propertiesIn(encryption)[name] ?? null);
    return isUnknown(value) ? undecided(reason) : check(toBoolean(value) === true, reason);
  };

export const emr: Policies = {
  EMR_SECURITY_CONFIGURATION_ENCRYPTION_REST: policy("EMR encrypts what it stores.", {
    [CONFIGURATION]: turnsOn("EnableAtRestEncryption"),
  }),

  EMR_SECURITY_CONFIGURATION_ENCRYPTION_TRANSIT: policy("EMR encrypts what it sends between nodes.", {
    [CONFIGURATION]: turnsOn("EnableInTransitEncryption"),
  }),
};

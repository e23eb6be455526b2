import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Case, Cases } from "./types";

const security = resource("aws:emr/securityConfiguration:SecurityConfiguration");
const having = (configuration: object): ReturnType<typeof security> =>
  security({ configuration: JSON.stringify(configuration) });

const casesOf = (name: string): readonly Case[] => [
  compliantCase("turns it on", having({ EncryptionConfiguration: { [name]: true } })),
  violatingCase("turns it off", having({ EncryptionConfiguration: { [name]: false } })),
  violatingCase("does not say", having({ EncryptionConfiguration: {} })),
  violatingCase("is about authentication only", having({ AuthenticationConfiguration: {} })),
  violatingCase("is no JSON", security({ configuration: "{" })),
  undecidedCase("is not known yet", security({ configuration: unknown })),
];

export const emr: Cases = {
  EMR_SECURITY_CONFIGURATION_ENCRYPTION_REST: casesOf("EnableAtRestEncryption"),
  EMR_SECURITY_CONFIGURATION_ENCRYPTION_TRANSIT: casesOf("EnableInTransitEncryption"),
};

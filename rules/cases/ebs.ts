import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const volume = resource("aws:ebs/volume:Volume");

export const ebs: Cases = {
  ENCRYPTED_VOLUMES: [
    compliantCase("is encrypted", volume({ availabilityZone: "us-east-1a", size: 8, encrypted: true })),
    violatingCase(
      "says that it is not encrypted",
      volume({ availabilityZone: "us-east-1a", size: 8, encrypted: false }),
    ),
    violatingCase("does not say", volume({ availabilityZone: "us-east-1a", size: 8 }), {
      note: "Encryption by default is a setting of the account that a stack cannot see; it is off until somebody turns it on.",
    }),
    undecidedCase(
      "gets its encryption from an unknown value",
      volume({ availabilityZone: "us-east-1a", encrypted: unknown }),
    ),
  ],
};

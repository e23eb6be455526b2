import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const registry = resource("aws:schemas/registry:Registry");
const policy = resource("aws:schemas/registryPolicy:RegistryPolicy");

export const schemas: Cases = {
  CUSTOM_SCHEMA_REGISTRY_POLICY_ATTACHED: [
    compliantCase("has a policy", registry({}), {
      with: { p: policy({ registryName: ref("subject", "name"), policy: "{}" }) },
    }),
    compliantCase("has a policy that names it by a literal", registry({ name: "events" }), {
      with: { p: policy({ registryName: "events", policy: unknown }) },
    }),
    violatingCase("has no policy", registry({ name: "events" }), {
      with: { p: policy({ registryName: "other", policy: "{}" }) },
    }),
    undecidedCase("may be what a policy is for", registry({ name: "events" }), {
      with: { p: policy({ registryName: unknown, policy: "{}" }) },
    }),
  ],
};

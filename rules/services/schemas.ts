import { compliant, stackPolicy, undecided, violation } from "../engine";
import type { Policies } from "../engine";
import { partsOf } from "../views/parts";

const POLICY = { type: "aws:schemas/registryPolicy:RegistryPolicy", path: "registryName" } as const;

export const schemas: Policies = {
  CUSTOM_SCHEMA_REGISTRY_POLICY_ATTACHED: stackPolicy("Custom schema registries have a policy.", {
    "aws:schemas/registry:Registry": (_, __, context) => {
      const { nodes, uncertain } = partsOf(context, [POLICY]);
      const reason = { found: "the registry has no policy", fix: "add a RegistryPolicy" };
      if (nodes.length > 0) return compliant();
      return uncertain ? undecided(reason) : violation(reason);
    },
  }),
};

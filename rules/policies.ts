import type { Policy } from "./engine";
import { customPolicyOf } from "./registry";
import { policies } from "./services";

// The parameter types of the policies differ; what is passed to each was parsed by the parameters of its own rule.
const table: ReadonlyMap<string, Policy> = new Map<string, Policy>(Object.entries(policies));

/** The preventive policy of a rule, if there is one. */
export const policyOf = (identifier: string): Policy | undefined =>
  table.get(identifier) ?? customPolicyOf(identifier);

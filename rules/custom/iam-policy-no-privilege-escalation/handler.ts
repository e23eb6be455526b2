import { configRule } from "../../lambda";
import type { Clients, RuleDefinition } from "../../lambda";
import type { IDENTITY_TYPES, IdentityPolicies } from "../identity-policies";
import { control, fromItem } from ".";

/** Every change of a policy is a change of the resource that holds it. */
export const definition: RuleDefinition<
  IdentityPolicies,
  typeof control.parameters,
  Clients,
  undefined,
  (typeof IDENTITY_TYPES)[number]
> = { control, fromItem };

export const handler = configRule(definition);

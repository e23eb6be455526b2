import { configRule } from "../../lambda";
import type { Clients, RuleDefinition } from "../../lambda";
import { control, fromItem } from ".";
import type { OidcTrust } from ".";

/** Every change of a role's trust policy is a change of the role. */
export const definition: RuleDefinition<
  OidcTrust,
  typeof control.parameters,
  Clients,
  undefined,
  "AWS::IAM::Role"
> = { control, fromItem };

export const handler = configRule(definition);

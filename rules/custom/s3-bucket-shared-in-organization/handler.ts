import { configRule } from "../../lambda";
import type { Clients, RuleDefinition } from "../../lambda";
import type { Sharing } from "../sharing";
import { control, fromItem } from ".";

export const definition: RuleDefinition<
  Sharing,
  typeof control.parameters,
  Clients,
  undefined,
  "AWS::S3::Bucket"
> = { control, fromItem };

export const handler = configRule(definition);

import { configRule } from "../../lambda";
import type { RuleDefinition } from "../../lambda";
import { control, fromItem } from ".";
import type { Tags } from ".";

export const definition: RuleDefinition<Tags, typeof control.parameters> = { control, fromItem };

export const handler = configRule(definition);

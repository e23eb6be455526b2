import { configRule } from "../../lambda";
import type { RuleDefinition } from "../../lambda";
import { control, fromItem } from ".";
import type { Region } from ".";

export const definition: RuleDefinition<Region, typeof control.parameters> = { control, fromItem };

export const handler = configRule(definition);

import { configRule } from "continuous-compliance/kit/lambda";
import type { RuleDefinition } from "continuous-compliance/kit/lambda";
import { control, fromItem } from ".";

type Facts = ReturnType<typeof fromItem>;

export const definition: RuleDefinition<Facts, typeof control.parameters> = { control, fromItem };

export const handler = configRule(definition);

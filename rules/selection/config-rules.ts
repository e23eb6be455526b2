import { isAvailableIn } from "../catalog";
import { ownerOf } from "../registry";
import type { RuleOwner } from "../registry";
import type { Frequency, Selection } from "./types";

/** An AWS Config rule as it is deployed. */
export interface ConfigRule {
  readonly identifier: string;
  readonly name: string;
  readonly owner: RuleOwner;
  /** At most 256 characters. */
  readonly description?: string;
  /** Every value as text. */
  readonly parameters: Readonly<Record<string, string>>;
  /** CloudFormation types whose changes trigger the rule; empty for a rule that is only periodic. */
  readonly resourceTypes: readonly string[];
  /** Only for a periodic rule; AWS's default is 24 hours. */
  readonly frequency?: Frequency;
}

/** The rules of a selection that exist in a region. Levels speak of prevention: they leave detection as it is. */
export function configRules(selection: Selection, region: string): readonly ConfigRule[] {
  return selection.controls
    .filter(({ rule }) => isAvailableIn(rule, region))
    .map(({ rule, parameters, frequency }) => ({
      identifier: rule.identifier,
      name: rule.name,
      owner: ownerOf(rule.identifier),
      parameters,
      resourceTypes: rule.triggerTypes.includes("ConfigurationChange")
        ? rule.resourceTypes.filter((type) => type !== "AWS::::Account")
        : [],
      ...(frequency === undefined ? {} : { frequency }),
    }));
}

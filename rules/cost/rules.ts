import { conformancePacks, isAvailableIn } from "../catalog";
import { findRule } from "../registry";
import type { Rule } from "../registry";
import { isGlobalRule, regionalRules } from "../selection";
import type { Frequency, Selection } from "../selection";

/** What decides how often a rule is evaluated. */
export interface CostRule {
  readonly name: string;
  /** CloudFormation types; `AWS::::Account` for a rule about the account. */
  readonly types: readonly string[];
  /** Whether each configuration item of these types is evaluated. */
  readonly onChange: boolean;
  /** How often all resources of these types are evaluated; 0 for a rule that is not periodic. */
  readonly runsPerDay: bigint;
}

const RUNS_PER_DAY: Readonly<Record<Frequency, bigint>> = {
  One_Hour: 24n,
  Three_Hours: 8n,
  Six_Hours: 4n,
  Twelve_Hours: 2n,
  TwentyFour_Hours: 1n,
};

/** The rules of a selection in one region. */
export function selectedRules(
  selection: Selection,
  region: string | undefined,
  home: string | undefined,
  isHome: boolean,
): readonly CostRule[] {
  const there =
    region === undefined || home === undefined
      ? undefined
      : new Set(regionalRules(selection, region, home).map(({ identifier }) => identifier));
  return selection.controls
    .filter(({ id }) => there?.has(id) ?? (isHome || !isGlobalRule(id)))
    .map(({ rule, frequency }) => costRule(rule, rule.name, frequency));
}

/** The rules of AWS's sample packs in one region; packs hold all their rules in every region. */
export function packRules(packs: readonly string[], region: string | undefined): readonly CostRule[] {
  return conformancePacks()
    .filter(({ pack }) => packs.includes(pack))
    .flatMap(({ pack, rules }) =>
      rules.flatMap(([identifier]) => {
        const rule = findRule(identifier);
        const isThere = rule !== undefined && (region === undefined || isAvailableIn(rule, region));
        return isThere ? [costRule(rule, `${pack}/${rule.name}`)] : [];
      }),
    );
}

function costRule(rule: Rule, name: string, frequency: Frequency = "TwentyFour_Hours"): CostRule {
  return {
    name,
    types: rule.resourceTypes,
    onChange: rule.triggerTypes.includes("ConfigurationChange"),
    runsPerDay: rule.triggerTypes.includes("Periodic") ? RUNS_PER_DAY[frequency] : 0n,
  };
}

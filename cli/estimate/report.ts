import { firstMonthCost, GLOBAL_TYPES, monthlyCost, PRICE_IDS, regionsOf, whatIfs } from "../../rules/cost";
import type { FirstMonth, Month, Price, PriceId, WhatIf } from "../../rules/cost";
import { ACCOUNT } from "../../rules/cost";
import { managedRules, nearest } from "../../rules";
import type { Inputs } from "./inputs";

/** An estimate, as text and JSON show it. */
export interface EstimateReport extends Inputs {
  readonly month: Month;
  readonly firstMonth: FirstMonth;
  readonly whatIfs: readonly WhatIf[];
  /** The prices that the estimate reckons with. */
  readonly used: readonly (readonly [PriceId, Price])[];
  /** What the reader should know before relying on it: full sentences. */
  readonly notes: readonly string[];
}

/** Works out everything that is shown. */
export function reportOf(inputs: Inputs): EstimateReport {
  const month = monthlyCost(inputs);
  const lines = new Set(month.lines.map(({ price }) => price));
  return {
    ...inputs,
    month,
    firstMonth: firstMonthCost(inputs),
    whatIfs: whatIfs(inputs, month),
    used: PRICE_IDS.filter((id) => lines.has(id)).map((id) => [id, inputs.prices.of[id]] as const),
    notes: notesOf(inputs),
  };
}

/** How many regions there are. */
export const regionCount = ({ usage }: Pick<Inputs, "usage">): number =>
  typeof usage.regions === "number" ? usage.regions : usage.regions.length;

function notesOf(inputs: Inputs): readonly string[] {
  const { usage, prices, isRecorderOfOthers } = inputs;
  const listed = new Set(usage.resources.map(({ type }) => type));
  const evaluated = new Set(
    regionsOf(inputs)
      .flatMap(({ task }) => [...task.rules, ...task.packRules])
      .flatMap(({ types }) => types)
      .filter((type) => type !== ACCOUNT),
  );
  const missing = [...evaluated].filter((type) => !listed.has(type)).sort();
  const regions = typeof usage.regions === "number" ? [] : usage.regions;
  const others = regions.filter((region) => /^(cn|us-gov|us-iso)/.test(region));
  const globals = GLOBAL_TYPES.filter((type) => listed.has(type));
  return [
    "AWS counts the tiers of evaluations by account and region; consolidated billing may count accounts together, which costs less.",
    "Free tiers, taxes, discounts and data transfer are left out.",
    ...(others.length === 0
      ? []
      : [
          `The prices are those of ${prices.region}. ${others.join(", ")} have others; give them with "--prices FILE".`,
        ]),
    ...(regionCount(inputs) > 1 && globals.length > 0
      ? [`${globals.join(", ")} are counted in the home region only; every other type in each region alike.`]
      : []),
    ...(isRecorderOfOthers
      ? ["Somebody else looks after the recorder: the account pays for its items all the same."]
      : []),
    ...(missing.length === 0
      ? []
      : [
          `Rules evaluate types that the usage file does not list; they count as none: ${missing.join(", ")}.`,
        ]),
    ...misspelt([...listed]),
  ];
}

/** Types that no rule knows are recorded all the same, unless they are misspelt. */
function misspelt(types: readonly string[]): readonly string[] {
  const known = new Set(managedRules().flatMap(({ resourceTypes }) => resourceTypes));
  return types.flatMap((type) => {
    if (known.has(type)) return [];
    const near = nearest(type, known);
    const isNear = near !== undefined && Math.abs(near.length - type.length) <= 2 && sameService(near, type);
    return isNear ? [`No rule evaluates ${type}. If you mean ${near}, correct the usage file.`] : [];
  });
}

const sameService = (a: string, b: string): boolean => a.split("::")[1] === b.split("::")[1];

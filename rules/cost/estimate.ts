import { compare } from "../engine";
import type { Selection } from "../selection";
import { byCase, CASES, sumOf } from "./amounts";
import type { ByCase, Case } from "./amounts";
import { accountParts, LINE_IDS, LINES, regionParts } from "./lines";
import type { LineId, Part } from "./lines";
import { firstMonthOf, monthOf } from "./load";
import type { RegionLoad, RegionTask } from "./load";
import { costOf } from "./price";
import type { PriceId, Prices } from "./price";
import { packRules, selectedRules } from "./rules";
import type { Usage } from "./usage";

/** What an estimate reckons with. */
export interface EstimateInput {
  readonly selection: Selection;
  readonly usage: Usage;
  readonly prices: Prices;
}

/** One line of the bill. */
export interface Line {
  readonly id: LineId;
  readonly title: string;
  readonly price: PriceId;
  readonly unit: string;
  readonly quantity: ByCase<bigint>;
  readonly microDollars: ByCase<bigint>;
}

/** What a resource type, or a rule, costs in the expected case. */
export interface Driver {
  /** The type or the name of the rule. */
  readonly name: string;
  readonly items: bigint;
  readonly evaluations: bigint;
  readonly microDollars: bigint;
}

/** The cost of a usual month. */
export interface Month {
  readonly lines: readonly Line[];
  readonly microDollars: ByCase<bigint>;
  /** Dearest first. */
  readonly types: readonly Driver[];
  /** Dearest first. */
  readonly rules: readonly Driver[];
}

/** What comes on top in the month in which AWS Config is switched on. */
export interface FirstMonth {
  readonly items: ByCase<bigint>;
  readonly evaluations: ByCase<bigint>;
  readonly microDollars: ByCase<bigint>;
}

/** A region, or several that are alike. */
interface Regions {
  readonly times: bigint;
  readonly task: RegionTask;
}

/** The cost of a usual month: AWS Config by region, the rest for the account. */
export function monthlyCost(input: EstimateInput): Month {
  const parts = byCase((name) => partsOf(input, name));
  const lines = LINE_IDS.map((id): Line => {
    const { title, price } = LINES[id];
    const own = byCase((name) => parts[name].filter(({ line }) => line === id));
    return {
      id,
      title,
      price,
      unit: input.prices.of[price].unit,
      quantity: byCase((name) => sum(own[name], "quantity")),
      microDollars: byCase((name) => sum(own[name], "microDollars")),
    };
  }).filter(({ quantity }) => CASES.some((name) => quantity[name] > 0n));
  return {
    lines,
    microDollars: sumOf(lines.map(({ microDollars }) => microDollars)),
    types: drivers(parts.expected, ({ type }) => type),
    rules: drivers(parts.expected, ({ rule }) => rule),
  };
}

/** The cost of recording and evaluating everything once, on top of a usual month. */
export function firstMonthCost(input: EstimateInput): FirstMonth {
  const extra = byCase((name) =>
    regionsOf(input).map(({ times, task }) => {
      const usual = monthOf(task, input.usage, name);
      const first = firstMonthOf(task, input.usage, name);
      const both: RegionLoad = {
        items: [...usual.items, ...first.items],
        evaluations: [...usual.evaluations, ...first.evaluations],
        packEvaluations: [...usual.packEvaluations, ...first.packEvaluations],
      };
      const cost = (load: RegionLoad): bigint => sum(regionParts(load, input.prices), "microDollars");
      return {
        items: times * sum(first.items, "quantity"),
        evaluations: times * sum([...first.evaluations, ...first.packEvaluations], "quantity"),
        microDollars: times * (cost(both) - cost(usual)),
      };
    }),
  );
  const of = (field: "items" | "evaluations" | "microDollars"): ByCase<bigint> =>
    byCase((name) => extra[name].reduce((all, part) => all + part[field], 0n));
  return { items: of("items"), evaluations: of("evaluations"), microDollars: of("microDollars") };
}

/** The tasks of all regions; the home region is the first. */
export function regionsOf({ selection, usage }: EstimateInput): readonly Regions[] {
  const { regions, recording, conformancePacks } = usage;
  const task = (region: string | undefined, home: string | undefined, isHome: boolean): RegionTask => ({
    isHome,
    recording,
    rules: selectedRules(selection, region, home, isHome),
    packRules: packRules(conformancePacks, region),
  });
  if (typeof regions !== "number") {
    const [home] = regions;
    return regions.map((region) => ({ times: 1n, task: task(region, home, region === home) }));
  }
  return [
    { times: 1n, task: task(undefined, undefined, true) },
    ...(regions > 1 ? [{ times: BigInt(regions - 1), task: task(undefined, undefined, false) }] : []),
  ];
}

function partsOf(input: EstimateInput, name: Case): readonly Part[] {
  const { usage, prices } = input;
  const regional = regionsOf(input).flatMap(({ times, task }) =>
    regionParts(monthOf(task, usage, name), prices).map((part) => ({
      ...part,
      quantity: times * part.quantity,
      microDollars: times * part.microDollars,
    })),
  );
  const items = sum(
    regional.filter(({ rule }) => rule === undefined),
    "quantity",
  );
  return [...regional, ...accountParts(usage, name, items, prices)];
}

function drivers(parts: readonly Part[], nameOf: (part: Part) => string | undefined): readonly Driver[] {
  const byName = new Map<string, Part[]>();
  for (const part of parts) {
    const name = nameOf(part);
    if (name === undefined) continue;
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [part]);
    else known.push(part);
  }
  return [...byName]
    .map(([name, own]): Driver => {
      const [items, evaluations] = [false, true].map((wanted) =>
        sum(
          own.filter(({ rule }) => (rule !== undefined) === wanted),
          "quantity",
        ),
      );
      return {
        name,
        items: items ?? 0n,
        evaluations: evaluations ?? 0n,
        microDollars: sum(own, "microDollars"),
      };
    })
    .sort((a, b) =>
      b.microDollars === a.microDollars ? compare(a.name, b.name) : b.microDollars > a.microDollars ? 1 : -1,
    );
}

function sum<K extends string>(parts: readonly Readonly<Record<K, bigint>>[], field: K): bigint {
  return parts.reduce((all, part) => all + part[field], 0n);
}

/** Whether recording once a day costs less than recording each of so many items. */
export const isCheaperDaily = (prices: Prices, continuous: bigint, daily: bigint): boolean =>
  costOf(prices.of["config.item.daily"], daily) < costOf(prices.of["config.item.continuous"], continuous);

import { least, MILLION, wholeUnits } from "./amounts";
import type { Case } from "./amounts";
import { GLOBAL_TYPES, isCustom, isDaily, isRecorded, RESOURCE_COMPLIANCE } from "./recording";
import type { Recording } from "./recording";
import type { CostRule } from "./rules";
import type { TypeUsage, Usage } from "./usage";

/** AWS bills by calendar month; an estimate reckons with this many days. */
export const DAYS = 30n;

/** The subject of a rule about the account as a whole. */
export const ACCOUNT = "AWS::::Account";

/** Configuration items of a type in a month. */
export interface Items {
  readonly type: string;
  readonly price: "config.item.continuous" | "config.item.daily" | "config.item.custom";
  readonly quantity: bigint;
}

/** How often a rule evaluates resources of a type in a month. */
export interface Evaluations {
  readonly rule: string;
  readonly type: string;
  readonly quantity: bigint;
}

/** What AWS Config does in one region in a month. */
export interface RegionLoad {
  readonly items: readonly Items[];
  readonly evaluations: readonly Evaluations[];
  readonly packEvaluations: readonly Evaluations[];
}

/** What AWS Config is asked to do in one region. */
export interface RegionTask {
  readonly isHome: boolean;
  readonly recording: Recording;
  readonly rules: readonly CostRule[];
  readonly packRules: readonly CostRule[];
}

/** The resources of a type in one case, by day; everything in millionths. */
interface Day {
  readonly count: bigint;
  readonly changes: bigint;
  readonly created: bigint;
}

/** The work of a usual month in one region. */
export function monthOf(task: RegionTask, usage: Usage, name: Case): RegionLoad {
  const days = new Map(here(task, usage).map((type) => [type.type, dayOf(type, name)]));
  const items = recorded(task, days, (day, daily) =>
    wholeUnits(DAYS * (daily ? dailyItems(day) : continuousItems(day))),
  );
  const changed = new Map(items.map(({ type, quantity }) => [type, quantity]));
  const evaluationsOf = (rules: readonly CostRule[]): readonly Evaluations[] =>
    evaluations(rules, (rule, type) => {
      const periodic =
        rule.runsPerDay * DAYS * (type === ACCOUNT ? 1n : wholeUnits(days.get(type)?.count ?? 0n));
      return (rule.onChange ? (changed.get(type) ?? 0n) : 0n) + periodic;
    });
  const ruleEvaluations = evaluationsOf(task.rules);
  const packEvaluations = evaluationsOf(task.packRules);
  const all = [...ruleEvaluations, ...packEvaluations];
  const transitions = (total(all) * usage.transitionsPerThousand[name]) / 1000n;
  const begunAndEnded = beginningsAndEnds(task, days, new Set(all.map(({ type }) => type)));
  return {
    items: [...items, ...complianceItems(task, wholeUnits(transitions + begunAndEnded))],
    evaluations: ruleEvaluations,
    packEvaluations,
  };
}

/** What comes on top in the first month: every resource is recorded and evaluated once. */
export function firstMonthOf(task: RegionTask, usage: Usage, name: Case): RegionLoad {
  const days = new Map(here(task, usage).map((type) => [type.type, dayOf(type, name)]));
  const items = recorded(task, days, ({ count }) => wholeUnits(count));
  const counts = new Map(items.map(({ type, quantity }) => [type, quantity]));
  const once = (rules: readonly CostRule[]): readonly Evaluations[] =>
    evaluations(rules, (rule, type) => {
      if (type === ACCOUNT) return 1n;
      return rule.onChange ? (counts.get(type) ?? 0n) : wholeUnits(days.get(type)?.count ?? 0n);
    });
  const ruleEvaluations = once(task.rules);
  const packEvaluations = once(task.packRules);
  const evaluated = new Set([...ruleEvaluations, ...packEvaluations].map(({ type }) => type));
  const subjects = [...evaluated].reduce((sum, type) => sum + wholeUnits(days.get(type)?.count ?? 0n), 0n);
  return {
    items: [...items, ...complianceItems(task, subjects)],
    evaluations: ruleEvaluations,
    packEvaluations,
  };
}

/** Types that exist in the region: the global ones are counted at home. */
const here = ({ isHome }: RegionTask, { resources }: Usage): readonly TypeUsage[] =>
  resources.filter(({ type }) => isHome || !GLOBAL_TYPES.includes(type));

const dayOf = ({ count, changesPerDay, createdPerDay }: TypeUsage, name: Case): Day => ({
  count: count[name],
  changes: changesPerDay[name],
  created: createdPerDay[name],
});

/** Each change is an item, and so are creation and deletion. */
function continuousItems({ count, changes, created }: Day): bigint {
  return (count * changes) / MILLION + 2n * created;
}

/**
 * At most one item a resource and day, and none without a change. What lives less than a day is recorded once at most;
 * what lives longer begins and ends on two days.
 */
function dailyItems({ count, changes, created }: Day): bigint {
  const changed = (count * least(changes, MILLION)) / MILLION;
  return least(count + created, changed + created + least(created, count));
}

/** A resource that a rule evaluates begins and ends with a compliance item of its own; in millionths. */
function beginningsAndEnds(
  { rules, packRules, recording, isHome }: RegionTask,
  days: ReadonlyMap<string, Day>,
  evaluated: ReadonlySet<string>,
): bigint {
  const onChange = new Set([...rules, ...packRules].flatMap((rule) => (rule.onChange ? rule.types : [])));
  return [...days].reduce((sum, [type, { count, created }]) => {
    if (!evaluated.has(type)) return sum;
    // A run, and a daily recording, misses what lives only between two of them.
    const seen = least(created, count);
    if (!onChange.has(type) || !isRecorded(recording, type, isHome)) return sum + 2n * DAYS * seen;
    return sum + DAYS * (created + (isDaily(recording, type) ? seen : created));
  }, 0n);
}

function recorded(
  { recording, isHome }: RegionTask,
  days: ReadonlyMap<string, Day>,
  quantityOf: (day: Day, daily: boolean) => bigint,
): readonly Items[] {
  return [...days]
    .filter(([type]) => isRecorded(recording, type, isHome))
    .map(([type, day]): Items => {
      const daily = isDaily(recording, type);
      const price = isCustom(type)
        ? "config.item.custom"
        : daily
          ? "config.item.daily"
          : "config.item.continuous";
      return { type, price, quantity: quantityOf(day, daily) };
    });
}

function complianceItems({ recording, isHome }: RegionTask, quantity: bigint): readonly Items[] {
  return isRecorded(recording, RESOURCE_COMPLIANCE, isHome)
    ? [{ type: RESOURCE_COMPLIANCE, price: "config.item.continuous", quantity }]
    : [];
}

function evaluations(
  rules: readonly CostRule[],
  quantityOf: (rule: CostRule, type: string) => bigint,
): readonly Evaluations[] {
  return rules.flatMap((rule) =>
    rule.types
      .map((type) => ({ rule: rule.name, type, quantity: quantityOf(rule, type) }))
      .filter(({ quantity }) => quantity > 0n),
  );
}

/** The sum of quantities. */
export const total = (parts: readonly { readonly quantity: bigint }[]): bigint =>
  parts.reduce((sum, { quantity }) => sum + quantity, 0n);

import { byCase, CASES } from "./amounts";
import type { ByCase } from "./amounts";
import { isCheaperDaily, monthlyCost, regionsOf } from "./estimate";
import type { EstimateInput, Month } from "./estimate";
import { ACCOUNT, monthOf } from "./load";
import { isCustom, isRecorded, RESOURCE_COMPLIANCE } from "./recording";
import type { Frequency, Recording } from "./recording";

/** What another way of recording would change. */
export interface WhatIf {
  readonly id: string;
  /** What to change, as a sentence without a full stop. */
  readonly title: string;
  /** The types that it is about; empty for all of them. */
  readonly types: readonly string[];
  /** What the month costs less; negative when it costs more. */
  readonly savedMicroDollars: ByCase<bigint>;
  /** What is lost by it: full sentences. */
  readonly warning?: string;
}

/** A change that can be tried. */
interface Change extends Omit<WhatIf, "savedMicroDollars"> {
  readonly recording: Recording;
}

const KEEP_COMPLIANCE = `Keep ${RESOURCE_COMPLIANCE} recorded.`;

/**
 * What other frequencies and narrower scopes would change, in the order in which they lose the least. Changes without
 * any effect are left out.
 */
export function whatIfs(input: EstimateInput, month: Month): readonly WhatIf[] {
  return [...frequencies(input), ...scopes(input)]
    .filter(({ recording: { strategy } }) => strategy === "all" || Object.values(strategy).flat().length > 0)
    .map(({ recording, ...change }): WhatIf => {
      const changed = monthlyCost({ ...input, usage: { ...input.usage, recording } });
      const savedMicroDollars = byCase((name) => month.microDollars[name] - changed.microDollars[name]);
      return { ...change, savedMicroDollars };
    })
    .filter(({ savedMicroDollars }) => CASES.some((name) => savedMicroDollars[name] !== 0n));
}

function frequencies({ usage, prices, selection }: EstimateInput): readonly Change[] {
  const { strategy, recordingMode } = usage.recording;
  const other: Frequency = recordingMode.frequency === "DAILY" ? "CONTINUOUS" : "DAILY";
  const itemsOf = (frequency: Frequency): ReadonlyMap<string, bigint> => {
    const recording: Recording = { strategy, recordingMode: { frequency } };
    const [home] = regionsOf({ usage: { ...usage, recording }, prices, selection });
    const items = home === undefined ? [] : monthOf(home.task, usage, "expected").items;
    return new Map(items.map(({ type, quantity }) => [type, quantity]));
  };
  const daily = itemsOf("DAILY");
  const cheaperDaily = (type: string, continuous: bigint): boolean =>
    isCheaperDaily(prices, continuous, daily.get(type) ?? 0n);
  const types = [...itemsOf("CONTINUOUS")]
    .filter(([type]) => type !== RESOURCE_COMPLIANCE && !isCustom(type))
    .filter(([type, continuous]) => cheaperDaily(type, continuous) === (other === "DAILY"))
    .map(([type]) => type);
  const named = { frequency: other, resourceTypes: types };
  const best: Change = {
    id: other === "DAILY" ? "daily-where-cheaper" : "continuous-where-cheaper",
    title:
      other === "DAILY"
        ? "Record once a day what changes so often that it costs less"
        : "Record continuously what changes so seldom that it costs less",
    types,
    recording: { strategy, recordingMode: { frequency: recordingMode.frequency, override: named } },
    ...(other === "DAILY"
      ? { warning: "Rules see these types once a day, and never what is created and deleted between." }
      : {}),
  };
  const everything: Change = {
    id: other === "DAILY" ? "daily-for-all" : "continuous-for-all",
    title: other === "DAILY" ? "Record everything once a day" : "Record everything continuously",
    types: [],
    recording: { strategy, recordingMode: { frequency: other } },
    ...(other === "DAILY"
      ? { warning: "Rules see a change up to a day later. AWS Firewall Manager needs continuous recording." }
      : {}),
  };
  return [...(types.length === 0 ? [] : [best]), everything];
}

function scopes(input: EstimateInput): readonly Change[] {
  const { recording, resources } = input.usage;
  const isOurs = (type: string): boolean => isRecorded(recording, type, true) && !isCustom(type);
  const ephemeral = resources
    .filter(({ type, count, createdPerDay }) => isOurs(type) && createdPerDay.expected > count.expected)
    .map(({ type }) => type);
  const { evaluated, byType } = rulesByType(input);
  const blind = [...new Set(ephemeral.flatMap((type) => byType.get(type) ?? []))].sort();
  const idle = resources.filter(({ type }) => isOurs(type) && !evaluated.has(type)).map(({ type }) => type);
  const kept = resources.filter(({ type }) => isOurs(type) && evaluated.has(type)).map(({ type }) => type);
  return [
    ...(idle.length === 0
      ? []
      : [
          {
            id: "only-evaluated-types",
            title: "Record only the types that a rule evaluates",
            types: idle,
            recording: { ...without(recording, idle), strategy: { include: [...kept, RESOURCE_COMPLIANCE] } },
            warning: `Inventory and history of the other types end. ${KEEP_COMPLIANCE} A new rule needs its types added.`,
          },
        ]),
    ...(ephemeral.length === 0
      ? []
      : [
          {
            id: "without-ephemeral-types",
            title: "Do not record what lives less than a day",
            types: ephemeral,
            recording: without(recording, ephemeral),
            warning:
              (blind.length === 0
                ? "No selected rule evaluates them. "
                : `No longer evaluated on changes: ${blind.join(", ")}. `) + KEEP_COMPLIANCE,
          },
        ]),
    ...(isRecorded(recording, RESOURCE_COMPLIANCE, true)
      ? [
          {
            id: "without-resource-compliance",
            title: `Do not record ${RESOURCE_COMPLIANCE}`,
            types: [RESOURCE_COMPLIANCE],
            recording: without(recording, [RESOURCE_COMPLIANCE]),
            warning:
              "AWS Config then shows no compliance timelines, and the console of AWS Control Tower no compliance. " +
              "Pause it only while many rules are deleted, which records an item for each of their results.",
          },
        ]
      : []),
  ];
}

/** The types that the rules of any region evaluate, and the rules that need recording for it. */
function rulesByType(input: EstimateInput): {
  readonly evaluated: ReadonlySet<string>;
  readonly byType: ReadonlyMap<string, readonly string[]>;
} {
  const rules = regionsOf(input).flatMap(({ task }) => [...task.rules, ...task.packRules]);
  const byType = new Map<string, Set<string>>();
  for (const { name, types, onChange } of rules) {
    if (!onChange) continue;
    for (const type of types) byType.set(type, (byType.get(type) ?? new Set()).add(name));
  }
  const evaluated = new Set(rules.flatMap(({ types }) => types).filter((type) => type !== ACCOUNT));
  return { evaluated, byType: new Map([...byType].map(([type, names]) => [type, [...names]])) };
}

/** The same recording without some types. AWS Config takes no empty list, nor an override of what is not recorded. */
function without({ strategy, recordingMode }: Recording, types: readonly string[]): Recording {
  const { frequency, override } = recordingMode;
  const resourceTypes = override?.resourceTypes.filter((type) => !types.includes(type)) ?? [];
  const excluded = typeof strategy === "object" && "exclude" in strategy ? strategy.exclude : [];
  return {
    strategy:
      typeof strategy === "object" && "include" in strategy
        ? { include: strategy.include.filter((type) => !types.includes(type)) }
        : { exclude: [...new Set([...excluded, ...types])] },
    recordingMode: {
      frequency,
      ...(override === undefined || resourceTypes.length === 0
        ? {}
        : { override: { frequency: override.frequency, resourceTypes } }),
    },
  };
}

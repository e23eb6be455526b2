import * as assert from "node:assert/strict";
import { resolveSelection } from "../../../rules";
import type { Selection } from "../../../rules";
import { parseUsage, shippedPrices } from "../../../rules/cost";
import type { EstimateInput, Month, Usage } from "../../../rules/cost";

/** A selection without problems. */
export function selected(file: unknown): Selection {
  const { selection, problems } = resolveSelection(file, { today: "2026-01-01" });
  assert.deepEqual(problems, []);
  assert.ok(selection !== undefined);
  return selection;
}

/** A usage file without problems. */
export function usageOf(file: unknown): Usage {
  const { usage, problems } = parseUsage(file);
  assert.deepEqual(problems, []);
  assert.ok(usage !== undefined);
  return usage;
}

/** What an estimate reckons with: the shipped prices, and no control where none is named. */
export function inputOf(usage: unknown, controls: readonly string[] = []): EstimateInput {
  return { selection: selected({ controls }), usage: usageOf(usage), prices: shippedPrices() };
}

/** The expected quantity and micro-dollars of each line of a month. */
export const expectedLines = (month: Month): Readonly<Record<string, readonly [number, number]>> =>
  Object.fromEntries(
    month.lines.map(({ id, quantity, microDollars }) => [
      id,
      [Number(quantity.expected), Number(microDollars.expected)],
    ]),
  );

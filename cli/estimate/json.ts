import type { Driver, Price, PriceId } from "../../rules/cost";
import { TOOL } from "../version";
import { integer, integers } from "./amounts";
import { regionCount } from "./report";
import type { EstimateReport } from "./report";

/** The version of the estimate's shape; see `docs/schemas/estimate.schema.json`. */
const ESTIMATE_VERSION = 1;

/** The estimate for other programs. Money is in whole micro-dollars. */
export function estimateJson(report: EstimateReport): Readonly<Record<string, unknown>> {
  const { selection, usage, usageFile, month, firstMonth, prices } = report;
  return {
    version: ESTIMATE_VERSION,
    tool: TOOL,
    selection: { controls: selection.controls.length, frameworks: selection.frameworks },
    usage: {
      file: usageFile,
      ...(usage.description === undefined ? {} : { description: usage.description }),
    },
    regions: {
      count: regionCount(report),
      ...(typeof usage.regions === "number" ? {} : { names: usage.regions }),
    },
    recording: usage.recording,
    lines: month.lines.map(({ id, title, price, unit, quantity, microDollars }) => ({
      id,
      title,
      price,
      unit,
      quantity: integers(quantity),
      microDollars: integers(microDollars),
    })),
    microDollars: integers(month.microDollars),
    firstMonth: {
      items: integers(firstMonth.items),
      evaluations: integers(firstMonth.evaluations),
      microDollars: integers(firstMonth.microDollars),
    },
    drivers: { types: month.types.map(driverJson), rules: month.rules.map(driverJson) },
    whatIf: report.whatIfs.map(({ id, title, types, savedMicroDollars, warning }) => ({
      id,
      title,
      types,
      savedMicroDollars: integers(savedMicroDollars),
      ...(warning === undefined ? {} : { warning }),
    })),
    prices: {
      asOf: prices.asOf,
      region: prices.region,
      currency: prices.currency,
      files: prices.files,
      used: report.used.map(priceJson),
      unverified: report.used.filter(([, { status }]) => status === "unverified").map(([id]) => id),
    },
    notes: report.notes,
  };
}

const driverJson = ({ name, items, evaluations, microDollars }: Driver) => ({
  name,
  items: integer(items),
  evaluations: integer(evaluations),
  microDollars: integer(microDollars),
});

const priceJson = ([id, { unit, per, tiers, status, source, seen }]: readonly [PriceId, Price]) => ({
  id,
  unit,
  per: integer(per),
  tiers: tiers.map(({ upTo, microDollars }) => ({
    ...(upTo === undefined ? {} : { upTo: integer(upTo) }),
    microDollars: integer(microDollars),
  })),
  status,
  source,
  ...(seen === undefined ? {} : { seen }),
});

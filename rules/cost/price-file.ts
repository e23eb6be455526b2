import { describe, join, Problems } from "../selection/problems";
import type { Problem } from "../selection";
import { exact } from "./amounts";
import { everyPrice, isPriceId, PRICE_IDS } from "./price";
import type { Price, PriceId, Prices, Tier } from "./price";
import { isMap } from "./usage-file";

/** Either prices without problems, or all problems of the file. */
export type ParsedPrices =
  | { readonly prices: Prices; readonly problems: readonly [] }
  | { readonly prices?: undefined; readonly problems: readonly Problem[] };

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * Puts the prices of a file in the place of others. A price is a number, in dollars for as many units as before, or has
 * the form that the shipped file has, so that a corrected copy of that is a valid file.
 * @param name - the name of the file, which stands in the estimate
 */
export function overridePrices(base: Prices, file: unknown, name: string): ParsedPrices {
  const problems = new Problems();
  const entries = problems.object("", file ?? {}, ["asOf", "region", "currency", "prices"]);
  if (isMap(file) && !entries.has("prices")) {
    problems.add("prices", 'The prices are missing. Write "config.item.continuous: 0.003" lines.');
  }
  const asOf = entries.has("asOf") ? problems.text("asOf", entries.get("asOf"), "The date") : undefined;
  if (asOf !== undefined && !DATE.test(asOf)) {
    problems.add("asOf", `${describe(asOf)} is not a date. Write one such as "${base.asOf}", in quotes.`);
  }
  const region = entries.has("region")
    ? problems.text("region", entries.get("region"), "The region")
    : undefined;
  if (entries.has("currency")) problems.word("currency", entries.get("currency"), ["USD"]);
  const given = new Map<PriceId, Price>();
  for (const [id, value] of problems.object("prices", entries.get("prices"))) {
    const path = join("prices", id);
    if (!isPriceId(id)) {
      problems.unknownName(path, "The price", id, PRICE_IDS, `Allowed are ${PRICE_IDS.join(", ")}.`);
      continue;
    }
    given.set(id, priceIn(value, path, base.of[id], name, problems));
  }
  if (problems.all.length > 0) return { problems: problems.all };
  const of = everyPrice((id) => given.get(id) ?? base.of[id]);
  const files = [...base.files, name];
  return {
    prices: { asOf: asOf ?? base.asOf, region: region ?? base.region, currency: base.currency, files, of },
    problems: [],
  };
}

function priceIn(value: unknown, path: string, base: Price, name: string, problems: Problems): Price {
  const common = { unit: base.unit, status: "given", source: name } as const;
  if (typeof value !== "object" || value === null) {
    const microDollars = typeof value === "number" ? exact(value) : undefined;
    if (microDollars === undefined) {
      problems.add(
        path,
        `${shownNumber(value)} is not a price. Write dollars, such as 0.003, with at most six places.`,
      );
    }
    return { ...common, per: base.per, tiers: [{ microDollars: microDollars ?? 0n }] };
  }
  const entries = problems.object(path, value, ["unit", "per", "tiers", "verified", "source", "seen"]);
  const source = entries.get("source");
  const per = entries.has("per") ? whole(entries.get("per"), join(path, "per"), problems, 1n) : base.per;
  return {
    ...common,
    source: typeof source === "string" ? `${source} (${name})` : name,
    per: per ?? base.per,
    tiers: tiersIn(entries.get("tiers"), join(path, "tiers"), problems),
  };
}

function tiersIn(value: unknown, path: string, problems: Problems): readonly Tier[] {
  const listed = problems.list(path, value);
  if (value === undefined || (Array.isArray(value) && listed.length === 0)) {
    problems.add(path, "No tier is listed. Write at least [{ microDollars: 3000 }].");
  }
  const tiers: Tier[] = [];
  let before = 0n;
  listed.forEach(([place, item], index) => {
    const entries = problems.object(place, item, ["upTo", "microDollars"]);
    const isLast = index === listed.length - 1;
    const microDollars = whole(entries.get("microDollars"), join(place, "microDollars"), problems, 0n);
    const upTo = entries.has("upTo")
      ? whole(entries.get("upTo"), join(place, "upTo"), problems, 1n)
      : undefined;
    if (isLast && entries.has("upTo")) {
      problems.add(join(place, "upTo"), "The last tier has no end. Remove this, or add a tier.");
    } else if (!isLast && !entries.has("upTo")) {
      problems.add(join(place, "upTo"), "The end of the tier is missing. Only the last one has none.");
    } else if (upTo !== undefined && upTo <= before) {
      problems.add(
        join(place, "upTo"),
        `The tier ends at ${upTo}, but the one before it at ${before}. Sort them.`,
      );
    }
    before = upTo ?? before;
    tiers.push({ ...(upTo === undefined ? {} : { upTo }), microDollars: microDollars ?? 0n });
  });
  return tiers;
}

function whole(value: unknown, path: string, problems: Problems, minimum: bigint): bigint | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value) && BigInt(value) >= minimum)
    return BigInt(value);
  problems.add(
    path,
    `${shownNumber(value)} is not allowed here. Write a whole number from ${minimum} to 9007199254740991.`,
  );
  return undefined;
}

const shownNumber = (value: unknown): string =>
  typeof value === "number" ? `The number ${String(value)}` : describe(value);

import { roundedMoney } from "./amounts";
import * as shipped from "./prices.json";

/** A part of a price that falls, or begins to count, with the quantity. */
export interface Tier {
  /** The last unit that costs this much; absent for all further ones. */
  readonly upTo?: bigint;
  /** For `per` units. */
  readonly microDollars: bigint;
}

/** How much a price can be relied on: seen at AWS, never verified, or given by the user. */
export type PriceStatus = "verified" | "unverified" | "given";

export interface Price {
  /** What is counted, in the singular. */
  readonly unit: string;
  /** The number of units that a tier's price is for. */
  readonly per: bigint;
  /** In ascending order; the last one has no end. */
  readonly tiers: readonly Tier[];
  readonly status: PriceStatus;
  /** Where the price was seen, or who gave it. */
  readonly source: string;
  /** The day on which it was seen, as `YYYY-MM-DD`. */
  readonly seen?: string;
}

/** The name of a price, e.g. `config.item.continuous`. */
export type PriceId = keyof typeof shipped.prices;

/** Prices that an estimate reckons with. */
export interface Prices {
  /** The day on which the prices were looked through last, as `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly region: string;
  readonly currency: string;
  /** The files that the prices are from. */
  readonly files: readonly string[];
  readonly of: Readonly<Record<PriceId, Price>>;
}

/** A price as the file has it. */
interface PriceEntry {
  readonly unit: string;
  readonly per: number;
  readonly tiers: readonly { readonly upTo?: number; readonly microDollars: number }[];
  readonly verified: boolean;
  readonly source: string;
  readonly seen?: string;
}

/** Whether a text is the name of a price. */
export const isPriceId = (id: string): id is PriceId => Object.hasOwn(shipped.prices, id);

/** Every name of a price, in the order of the file. */
export const PRICE_IDS: readonly PriceId[] = Object.keys(shipped.prices).filter(isPriceId);

/** The prices that ship: those of US East (N. Virginia). */
export function shippedPrices(): Prices {
  const entries: Readonly<Record<PriceId, PriceEntry>> = shipped.prices;
  const { asOf, region, currency } = shipped;
  return {
    asOf,
    region,
    currency,
    files: ["rules/cost/prices.json"],
    of: everyPrice((id) => priceOf(entries[id])),
  };
}

/** A price for every name. */
export function everyPrice(of: (id: PriceId) => Price): Readonly<Record<PriceId, Price>> {
  // The list holds every name, which the type of `Object.fromEntries` cannot say.
  return Object.fromEntries(PRICE_IDS.map((id) => [id, of(id)])) as Readonly<Record<PriceId, Price>>;
}

function priceOf({ unit, per, tiers, verified, source, seen }: PriceEntry): Price {
  return {
    unit,
    per: BigInt(per),
    tiers: tiers.map(({ upTo, microDollars }) => ({
      ...(upTo === undefined ? {} : { upTo: BigInt(upTo) }),
      microDollars: BigInt(microDollars),
    })),
    status: verified ? "verified" : "unverified",
    source,
    ...(seen === undefined ? {} : { seen }),
  };
}

/** What a quantity of one account, or of one account and region where AWS bills by region, costs in micro-dollars. */
export function costOf({ per, tiers }: Pick<Price, "per" | "tiers">, quantity: bigint): bigint {
  let counted = 0n;
  let sum = 0n;
  for (const { upTo = quantity, microDollars } of tiers) {
    const end = upTo < quantity ? upTo : quantity;
    if (end <= counted) continue;
    sum += (end - counted) * microDollars;
    counted = end;
  }
  return roundedMoney(sum, per);
}

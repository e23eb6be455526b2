import { UsageError } from "../errors";
import { byCase } from "../../rules/cost";
import type { ByCase } from "../../rules/cost";

/** Groups of three digits. */
export const counted = (quantity: bigint): string => quantity.toString().replace(/\B(?=(\d{3})+$)/g, ",");

const CENT = 10_000n;

/** Micro-dollars as dollars and cents, half up; what is less than half a cent shows as such. */
export function dollars(microDollars: bigint): string {
  const size = microDollars < 0n ? -microDollars : microDollars;
  const sign = microDollars < 0n ? "-" : "";
  const cents = (2n * size + CENT) / (2n * CENT);
  if (cents === 0n && size > 0n) return sign === "" ? "<0.01" : ">-0.01";
  return `${sign}${counted(cents / 100n)}.${(cents % 100n).toString().padStart(2, "0")}`;
}

/**
 * An integer as JSON has it.
 * @throws UsageError over 2^53 - 1, which JSON cannot hold exactly.
 */
export function integer(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new UsageError(
      `The estimate comes to ${counted(value)}, which is over 2^53 - 1. Lower the counts or rates of the usage file.`,
      "--usage",
    );
  }
  return Number(value);
}

/** Integers for each case. */
export const integers = (values: ByCase<bigint>): ByCase<number> => byCase((name) => integer(values[name]));

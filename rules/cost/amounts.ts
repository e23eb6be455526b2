/** The three cases of an estimate. */
export const CASES = ["low", "expected", "high"] as const;
export type Case = (typeof CASES)[number];
/** A value for each case. */
export type ByCase<T> = Readonly<Record<Case, T>>;

/** Works a value out for each case. */
export const byCase = <T>(of: (name: Case) => T): ByCase<T> => ({
  low: of("low"),
  expected: of("expected"),
  high: of("high"),
});

/** Sums values case by case. */
export const sumOf = (values: readonly ByCase<bigint>[]): ByCase<bigint> =>
  byCase((name) => values.reduce((sum, value) => sum + value[name], 0n));

/** A decimal number with at most six places, exactly: 1.5 is 1,500,000 millionths. */
export type Millionths = bigint;
export const MILLION = 1_000_000n;

/**
 * The exact value of a number as it was written; `undefined` when it is negative, no number, over 2^53 - 1, or has more
 * than six places.
 */
export function exact(value: number): Millionths | undefined {
  if (!(value >= 0) || value > Number.MAX_SAFE_INTEGER) return undefined;
  const [, whole, places = ""] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(plainText(value)) ?? [];
  return whole === undefined ? undefined : BigInt(whole) * MILLION + BigInt(places.padEnd(6, "0"));
}

/** JavaScript writes 0.000001 as it is, but 0.0000001 as 1e-7, which has too many places anyway. */
const plainText = (value: number): string => (Object.is(value, -0) ? "0" : String(value));

/**
 * How often a thing happens, in whole numbers: AWS bills no part of a configuration item. The one place where
 * quantities are rounded.
 */
export const wholeUnits = (quantity: Millionths): bigint => (quantity + MILLION - 1n) / MILLION;

/** Micro-dollars for a quantity at a price for `per` units. The one place where money is rounded: half up. */
export const roundedMoney = (quantityTimesPrice: bigint, per: bigint): bigint =>
  (2n * quantityTimesPrice + per) / (2n * per);

export const least = (...values: readonly [bigint, ...bigint[]]): bigint =>
  values.reduce((a, b) => (b < a ? b : a));

/**
 * Divides an amount in proportion to weights, so that the parts add up to it exactly: the largest remainders get what
 * is left.
 */
export function shares(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight, index) => ({
    index,
    part: (amount * weight) / sum,
    remainder: (amount * weight) % sum,
  }));
  const left = amount - parts.reduce((a, { part }) => a + part, 0n);
  const favoured = new Set(
    [...parts]
      .sort((a, b) => (b.remainder === a.remainder ? a.index - b.index : b.remainder > a.remainder ? 1 : -1))
      .slice(0, Number(left))
      .map(({ index }) => index),
  );
  return parts.map(({ part, index }) => part + (favoured.has(index) ? 1n : 0n));
}

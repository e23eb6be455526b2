import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { shares } from "../../../rules/cost/amounts";
import { costOf, overridePrices, PRICE_IDS, shippedPrices } from "../../../rules/cost";
import type { Price, PriceId } from "../../../rules/cost";

const price = (id: PriceId): Price => shippedPrices().of[id];
const DOLLAR = 1_000_000n;

describe("the shipped prices", () => {
  const evaluations: readonly (readonly [number, number])[] = [
    [0, 0],
    [1, 0.001],
    [100_000, 100],
    [250_000, 220],
    [500_000, 420],
    [600_000, 470],
    [1_000_000, 670],
  ];
  for (const [count, dollars] of evaluations) {
    it(`charge ${dollars} dollars for ${count} evaluations, of rules and of packs`, () => {
      const expected = BigInt(Math.round(dollars * 1_000_000));
      assert.equal(costOf(price("config.evaluation"), BigInt(count)), expected);
      assert.equal(costOf(price("config.packEvaluation"), BigInt(count)), expected);
    });
  }

  it("charge 30 dollars for 10,000 items, and 12 dollars for 1,000 daily ones", () => {
    assert.equal(costOf(price("config.item.continuous"), 10_000n), 30n * DOLLAR);
    assert.equal(costOf(price("config.item.custom"), 10_000n), 30n * DOLLAR);
    assert.equal(costOf(price("config.item.daily"), 1_000n), 12n * DOLLAR);
  });

  it("make daily recording cheaper above four changes a resource and day", () => {
    assert.equal(costOf(price("config.item.daily"), 1n), costOf(price("config.item.continuous"), 4n));
  });

  it("state where each was seen, and when, unless it was never verified", () => {
    for (const id of PRICE_IDS) {
      const { source, seen, status } = price(id);
      assert.match(source, /https:\/\/|AWS price list/, id);
      assert.equal(seen !== undefined, status === "verified", id);
      if (seen !== undefined) assert.ok(seen <= shippedPrices().asOf, id);
    }
    const unverified = PRICE_IDS.filter((id) => price(id).status === "unverified");
    assert.deepEqual(unverified, ["config.packEvaluation", "build.minute"]);
  });

  it("have the form that an own price file has", () => {
    const file: unknown = JSON.parse(
      readFileSync(join(__dirname, "../../../rules/cost/prices.json"), "utf8"),
    );
    const { prices, problems } = overridePrices(shippedPrices(), file, "copy.json");
    assert.deepEqual(problems, []);
    for (const id of PRICE_IDS) assert.deepEqual(prices?.of[id].tiers, price(id).tiers, id);
  });

  it("cost less than nothing nowhere, and more with each unit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRICE_IDS),
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(0n, 10n ** 9n),
        (id, quantity, more) => {
          const cost = costOf(price(id), quantity);
          assert.ok(cost >= 0n);
          assert.ok(costOf(price(id), quantity + more) >= cost);
        },
      ),
      { seed: 1 },
    );
  });

  it("do not jump where a tier ends", () => {
    for (const id of PRICE_IDS) {
      const { per, tiers } = price(id);
      const dearest = tiers.reduce(
        (most, { microDollars }) => (microDollars > most ? microDollars : most),
        0n,
      );
      for (const { upTo = 0n } of tiers) {
        const step = costOf(price(id), upTo + 1n) - costOf(price(id), upTo);
        assert.ok(step * per <= dearest + per, `${id} at ${upTo}`);
      }
    }
  });
});

describe("costOf", () => {
  it("rounds half a micro-dollar up, once for the whole quantity", () => {
    const half = { per: 10n, tiers: [{ microDollars: 5n }] };
    assert.deepEqual(
      [0n, 1n, 2n, 3n].map((quantity) => costOf(half, quantity)),
      [0n, 1n, 1n, 2n],
    );
  });

  it("reckons the prices of rules before August 2019, which were by rule", () => {
    const rules = {
      per: 1n,
      tiers: [
        { upTo: 10n, microDollars: 2n * DOLLAR },
        { upTo: 50n, microDollars: (3n * DOLLAR) / 2n },
        { microDollars: DOLLAR },
      ],
    };
    const cents = [5n, 10n, 11n, 50n, 51n].map((count) => Number(costOf(rules, count) / 10_000n));
    assert.deepEqual(cents, [1000, 2000, 2150, 8000, 8100]);
  });
});

describe("shares", () => {
  it("add up to the amount, each within one of its exact part", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.array(fc.bigInt(0n, 10n ** 9n), { maxLength: 30 }),
        (amount, weights) => {
          const sum = weights.reduce((a, b) => a + b, 0n);
          const parts = shares(amount, weights);
          assert.equal(
            parts.reduce((a, b) => a + b, 0n),
            sum === 0n ? 0n : amount,
          );
          weights.forEach((weight, index) => {
            const off = (parts[index] ?? 0n) * sum - amount * weight;
            assert.ok((off < 0n ? -off : off) <= sum);
          });
        },
      ),
      { seed: 1 },
    );
  });
});

import * as assert from "node:assert/strict";
import { overridePrices, shippedPrices } from "../../../rules/cost";
import type { Prices } from "../../../rules/cost";

function overridden(file: unknown): Prices {
  const { prices, problems } = overridePrices(shippedPrices(), file, "own.yaml");
  assert.deepEqual(problems, []);
  assert.ok(prices !== undefined);
  return prices;
}

function problemsOf(file: unknown): readonly string[] {
  return overridePrices(shippedPrices(), file, "own.yaml").problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

describe("a price file", () => {
  it("replaces the prices that it names and leaves the others", () => {
    const { of, files, asOf, region } = overridden({
      asOf: "2027-03-01",
      region: "cn-north-1",
      prices: { "config.item.continuous": 0.0025 },
    });
    assert.deepEqual(of["config.item.continuous"], {
      unit: "configuration item",
      per: 1n,
      tiers: [{ microDollars: 2500n }],
      status: "given",
      source: "own.yaml",
    });
    assert.deepEqual(of["kms.key"], shippedPrices().of["kms.key"]);
    assert.deepEqual(
      [files, asOf, region],
      [["rules/cost/prices.json", "own.yaml"], "2027-03-01", "cn-north-1"],
    );
  });

  it("may have tiers, e.g. a free one", () => {
    const tiers = [{ upTo: 20_000, microDollars: 0 }, { microDollars: 30_000 }];
    assert.deepEqual(overridden({ prices: { "kms.request": { tiers } } }).of["kms.request"].tiers, [
      { upTo: 20_000n, microDollars: 0n },
      { microDollars: 30_000n },
    ]);
  });

  it("is refused with every problem, its place and what is allowed", () => {
    const problems = problemsOf({
      asOf: "yesterday",
      currency: "EUR",
      price: {},
      prices: {
        "config.item.continous": 1,
        "config.item.daily": -1,
        "kms.key": Number.NaN,
        "s3.put": 0.000_000_1,
        "s3.gigabyte": "0.02",
        "sns.email": { per: 0, tiers: [{ microDollars: 1 }] },
        "sns.request": { tiers: [] },
        "config.evaluation": {
          tiers: [
            { upTo: 10, microDollars: 1.5 },
            { upTo: 5, microDollars: 2 ** 53 },
            { upTo: 20, microDollars: 1 },
          ],
        },
        "config.packEvaluation": { tiers: [{ microDollars: 1 }, { microDollars: 1 }] },
      },
    });
    const expected = [
      /^price: .*Did you mean "prices"\?/,
      /^asOf: "yesterday" is not a date/,
      /^currency: "EUR" is not allowed here.*Allowed are USD/,
      /^prices\["config.item.continous"\]: .*Did you mean "config.item.continuous"\?/,
      /^prices\["config.item.daily"\]: The number -1 is not a price/,
      /^prices\["kms.key"\]: The number NaN is not a price/,
      /^prices\["s3.put"\]: The number 1e-7 is not a price/,
      /^prices\["s3.gigabyte"\]: "0.02" is not a price/,
      /^prices\["sns.email"\].per: The number 0 is not allowed here. Write a whole number from 1/,
      /^prices\["sns.request"\].tiers: No tier is listed/,
      /^prices\["config.evaluation"\].tiers\[0\].microDollars: The number 1.5 is not allowed/,
      /^prices\["config.evaluation"\].tiers\[1\].microDollars: The number 9007199254740992 is not allowed/,
      /^prices\["config.evaluation"\].tiers\[1\].upTo: The tier ends at 5, but the one before it at 10/,
      /^prices\["config.evaluation"\].tiers\[2\].upTo: The last tier has no end/,
      /^prices\["config.packEvaluation"\].tiers\[0\].upTo: The end of the tier is missing/,
    ];
    assert.equal(problems.length, expected.length, problems.join("\n"));
    expected.forEach((pattern, index) => assert.match(problems[index] ?? "", pattern));
  });

  for (const [what, file] of [
    ["nothing", undefined],
    ["a list", []],
    ["no prices", { asOf: "2027-01-01" }],
  ] as const) {
    it(`is refused when it holds ${what}`, () => assert.equal(problemsOf(file).length, 1));
  }
});

import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { CASES, firstMonthCost, monthlyCost, overridePrices, shippedPrices } from "../../../rules/cost";
import { expectedLines, inputOf } from "./support";

const CONTROLS = [
  "s3-bucket-versioning-enabled",
  "s3-bucket-public-read-prohibited",
  "iam-user-mfa-enabled",
  "iam-password-policy",
  "restricted-ssh",
  "ec2-imdsv2-check",
];
const TYPES = [
  "AWS::S3::Bucket",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::Instance",
  "AWS::EC2::NetworkInterface",
  "AWS::IAM::User",
  "MyCompany::Network::Circuit",
];

interface TypeNumbers {
  readonly count: number;
  readonly changesPerDay: number;
  readonly createdPerDay: number;
}

const numbers: fc.Arbitrary<TypeNumbers> = fc.record({
  count: fc.nat(100_000),
  changesPerDay: fc.nat(10_000).map((value) => value / 1000),
  createdPerDay: fc.nat(100_000).map((value) => value / 10),
});
const usages = fc.record({
  regions: fc.integer({ min: 1, max: 5 }),
  resources: fc.dictionary(fc.constantFrom(...TYPES), numbers, { noNullPrototype: true }),
  transitionsPerThousand: fc.nat(1000),
  recording: fc.constantFrom(
    {},
    { recordingMode: { frequency: "DAILY" } },
    { strategy: { exclude: ["AWS::EC2::NetworkInterface"] } },
    { recordingMode: { override: { resourceTypes: ["AWS::EC2::Instance"] } } },
  ),
  kms: fc.record({ keys: fc.nat(20), requests: fc.nat(10_000_000) }),
});

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

describe("an estimate", () => {
  it("is the sum of its lines, and its drivers of what AWS Config costs", () => {
    fc.assert(
      fc.property(usages, (usage) => {
        const month = monthlyCost(inputOf(usage, CONTROLS));
        for (const name of CASES) {
          assert.equal(
            sum(month.lines.map(({ microDollars }) => microDollars[name])),
            month.microDollars[name],
          );
        }
        const costOfLines = (pattern: RegExp): bigint =>
          sum(month.lines.filter(({ id }) => pattern.test(id)).map((line) => line.microDollars.expected));
        const costOfDrivers = (drivers: typeof month.types): bigint =>
          sum(drivers.map(({ microDollars }) => microDollars));
        assert.equal(costOfDrivers(month.types), costOfLines(/^config\./));
        assert.equal(costOfDrivers(month.rules), costOfLines(/^config\..*valuations$/));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("grows with every number of the usage", () => {
    fc.assert(
      fc.property(
        usages,
        fc.constantFrom(...TYPES),
        fc.constantFrom("count" as const, "changesPerDay" as const, "createdPerDay" as const),
        fc.nat(1000),
        (usage, type, field, more) => {
          const before = usage.resources[type] ?? { count: 0, changesPerDay: 0, createdPerDay: 0 };
          const after = { ...before, [field]: Number((before[field] + more).toFixed(3)) };
          const grown = { ...usage, resources: { ...usage.resources, [type]: after } };
          const cost = (of: object): bigint => monthlyCost(inputOf(of, CONTROLS)).microDollars.expected;
          assert.ok(cost(grown) >= cost(usage));
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it("grows with each rule", () => {
    const resources = { "AWS::S3::Bucket": { count: 50, changesPerDay: 1 } };
    const costs = CONTROLS.map(
      (_, index) => monthlyCost(inputOf({ resources }, CONTROLS.slice(0, index))).microDollars.expected,
    );
    assert.deepEqual(
      costs,
      [...costs].sort((a, b) => (a < b ? -1 : 1)),
    );
  });

  it("keeps the cases in order where those of the usage are", () => {
    const triple = { low: 1, expected: 2, high: 5 };
    const usage = { resources: { "AWS::S3::Bucket": { count: triple, changesPerDay: triple } } };
    const { low, expected, high } = monthlyCost(inputOf(usage, CONTROLS)).microDollars;
    assert.ok(low < expected && expected < high);
  });

  it("counts the tiers of each region for itself", () => {
    const resources = { "AWS::S3::Bucket": { count: 5000, changesPerDay: 1 } };
    const cost = (regions: number): unknown =>
      expectedLines(monthlyCost(inputOf({ resources, regions }, ["s3-bucket-versioning-enabled"])))[
        "config.evaluations"
      ];
    assert.deepEqual(cost(1), [150_000, 140_000_000]);
    assert.deepEqual(cost(3), [450_000, 420_000_000]);
  });

  it("records global types, and evaluates the rules about them, in the home region only", () => {
    const resources = { "AWS::IAM::User": { count: 10, changesPerDay: 1 } };
    const cost = (regions: unknown): unknown =>
      expectedLines(
        monthlyCost(inputOf({ resources, regions }, ["iam-user-mfa-enabled", "iam-password-policy"])),
      );
    assert.deepEqual(cost(1), { "config.items": [300, 900_000], "config.evaluations": [330, 330_000] });
    assert.deepEqual(cost(4), cost(1));
    assert.deepEqual(cost(["eu-central-1", "us-east-1"]), cost(1));
  });

  it("leaves out rules that a named region does not have", () => {
    const resources = { "AWS::IAM::User": { count: 10 } };
    const usage = { resources, regions: ["ca-west-1"] };
    assert.deepEqual(expectedLines(monthlyCost(inputOf(usage, ["access-keys-rotated"]))), {});
    assert.notDeepEqual(
      expectedLines(monthlyCost(inputOf({ ...usage, regions: ["us-east-1"] }, ["access-keys-rotated"]))),
      {},
    );
  });

  it("counts a message for each item where there are notifications, and an e-mail for each alert and subscriber", () => {
    const resources = { "AWS::S3::Bucket": { count: 10, changesPerDay: 1 } };
    const notifications = { alerts: 40, emailSubscribers: 3 };
    const found = expectedLines(monthlyCost(inputOf({ resources, regions: 2, notifications })));
    assert.deepEqual(found["notifications.published"], [640, 320]);
    assert.deepEqual(found["notifications.emails"], [120, 2400]);
    assert.equal(expectedLines(monthlyCost(inputOf({ resources })))["notifications.published"], undefined);
  });

  it("adds what the account uses beside AWS Config once, not by region", () => {
    const usage = {
      resources: {},
      regions: 3,
      pipeline: { actionMinutes: 100, buildMinutes: 1000 },
      lambda: { requests: 1_000_000, gbSeconds: 10_000 },
      kms: { keys: 2, requests: 100_000 },
      s3: { storedGb: 10.5, putRequests: 1000 },
      logs: { ingestedGb: 2, storedGb: 10 },
      cloudwatch: { dashboards: 1, alarms: 10, customMetrics: 10 },
      trail: { furtherEvents: 100_000 },
      secrets: { secrets: 2 },
    };
    assert.deepEqual(expectedLines(monthlyCost(inputOf(usage))), {
      "pipeline.actionMinutes": [100, 200_000],
      "pipeline.buildMinutes": [1000, 3_400_000],
      "lambda.requests": [1_000_000, 200_000],
      "lambda.gbSeconds": [10_000, 133_334],
      "kms.keys": [2, 2_000_000],
      "kms.requests": [100_000, 300_000],
      "s3.storedGb": [11, 253_000],
      "s3.putRequests": [1000, 5000],
      "logs.ingestedGb": [2, 1_000_000],
      "logs.storedGb": [10, 300_000],
      "cloudwatch.dashboards": [1, 3_000_000],
      "cloudwatch.alarms": [10, 1_000_000],
      "cloudwatch.customMetrics": [10, 3_000_000],
      "trail.furtherEvents": [100_000, 2_000_000],
      "secrets.secrets": [2, 800_000],
    });
  });

  it("reckons with given prices", () => {
    const input = inputOf({ resources: { "AWS::S3::Bucket": { count: 10, changesPerDay: 1 } } });
    const { prices } = overridePrices(
      shippedPrices(),
      { prices: { "config.item.continuous": 0.01 } },
      "own.yaml",
    );
    assert.ok(prices !== undefined);
    assert.deepEqual(expectedLines(monthlyCost({ ...input, prices })), { "config.items": [300, 3_000_000] });
  });

  it("stays exact with numbers as large as allowed", () => {
    const count = Number.MAX_SAFE_INTEGER;
    const { microDollars } = monthlyCost(
      inputOf({ resources: { "AWS::S3::Bucket": { count, changesPerDay: count } } }),
    );
    assert.equal(microDollars.expected, BigInt(count) * BigInt(count) * 30n * 3000n);
  });
});

describe("the first month", () => {
  it("records and evaluates every resource once, on top of a usual month", () => {
    const resources = { "AWS::S3::Bucket": { count: 100, changesPerDay: 1 } };
    const first = firstMonthCost(inputOf({ resources }, ["s3-bucket-versioning-enabled"]));
    // Each bucket has an item, an evaluation, and an item of its compliance.
    assert.equal(first.items.expected, 200n);
    assert.equal(first.evaluations.expected, 100n);
    assert.equal(first.microDollars.expected, 200n * 3000n + 100n * 1000n);
  });

  it("goes on in the tiers where the usual month ends", () => {
    const resources = {
      "AWS::S3::Bucket": { count: 100_000, changesPerDay: { low: 0, expected: 1, high: 10 } },
    };
    const { microDollars } = firstMonthCost(inputOf({ resources }, ["s3-bucket-versioning-enabled"]));
    const items = 200_000n * 3000n;
    assert.equal(microDollars.low, items + 100_000_000n);
    assert.equal(microDollars.expected, items + 50_000_000n);
  });
});

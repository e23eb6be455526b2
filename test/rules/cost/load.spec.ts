import * as assert from "node:assert/strict";
import { monthlyCost } from "../../../rules/cost";
import { expectedLines, inputOf, selected } from "./support";

const lines = (
  usage: object,
  controls: readonly string[] = [],
): Readonly<Record<string, readonly [number, number]>> =>
  expectedLines(monthlyCost(inputOf(usage, controls)));

const BUCKETS = { "AWS::S3::Bucket": { count: 10, changesPerDay: 0.5 } };
const daily = { recordingMode: { frequency: "DAILY" } };

describe("configuration items", () => {
  it("are as many as changes, and two more for what is created and deleted", () => {
    assert.deepEqual(lines({ resources: BUCKETS }), { "config.items": [150, 450_000] });
    const resources = { "AWS::EC2::NetworkInterface": { count: 20, createdPerDay: 100 } };
    assert.deepEqual(lines({ resources }), { "config.items": [6000, 18_000_000] });
  });

  it("are whole: a part of one is rounded up", () => {
    const resources = { "AWS::S3::Bucket": { count: 1, changesPerDay: 0.01 } };
    assert.deepEqual(lines({ resources }), { "config.items": [1, 3000] });
  });

  it("are at most one a resource and day when recorded daily", () => {
    const resources = { "AWS::ECS::Service": { count: 10, changesPerDay: 40 } };
    assert.deepEqual(lines({ resources, recording: daily }), { "config.dailyItems": [300, 3_600_000] });
    assert.deepEqual(lines({ resources: BUCKETS, recording: daily }), {
      "config.dailyItems": [150, 1_800_000],
    });
  });

  it("are at most one for what is created and deleted on the same day when recorded daily", () => {
    const short = { "AWS::EC2::NetworkInterface": { count: 0, createdPerDay: 100 } };
    assert.deepEqual(lines({ resources: short, recording: daily }), {
      "config.dailyItems": [3000, 36_000_000],
    });
    const long = { "AWS::EC2::NetworkInterface": { count: 1000, createdPerDay: 100 } };
    assert.deepEqual(lines({ resources: long, recording: daily }), {
      "config.dailyItems": [6000, 72_000_000],
    });
  });

  for (const [changesPerDay, cheaper] of [
    [3.9, "continuous"],
    [4.1, "daily"],
  ] as const) {
    it(`cost less ${cheaper} at ${changesPerDay} changes a day`, () => {
      const resources = { "AWS::ECS::Service": { count: 100, changesPerDay } };
      const [, continuous = 0] = lines({ resources })["config.items"] ?? [];
      const [, once = 0] = lines({ resources, recording: daily })["config.dailyItems"] ?? [];
      assert.equal(once < continuous ? "daily" : "continuous", cheaper);
    });
  }

  it("follow the one override of the frequency", () => {
    const resources = { ...BUCKETS, "AWS::ECS::Service": { count: 10, changesPerDay: 40 } };
    const override = { frequency: "DAILY", resourceTypes: ["AWS::ECS::Service"] };
    assert.deepEqual(lines({ resources, recording: { recordingMode: { override } } }), {
      "config.items": [150, 450_000],
      "config.dailyItems": [300, 3_600_000],
    });
  });

  it("are those of the recorded types", () => {
    const resources = { ...BUCKETS, "AWS::SQS::Queue": { count: 10, changesPerDay: 1 } };
    const of = (strategy: object): unknown => lines({ resources, recording: { strategy } })["config.items"];
    assert.deepEqual(of({ exclude: ["AWS::SQS::Queue"] }), [150, 450_000]);
    assert.deepEqual(of({ include: ["AWS::SQS::Queue"] }), [300, 900_000]);
  });

  it("of custom resources have a price of their own, and no daily one", () => {
    const resources = { "MyCompany::Network::Circuit": { count: 10, changesPerDay: 1 } };
    assert.deepEqual(lines({ resources, recording: daily }), { "config.customItems": [300, 900_000] });
  });
});

describe("rule evaluations", () => {
  it("of a rule on changes are the items of its types", () => {
    assert.deepEqual(
      lines({ resources: BUCKETS }, ["s3-bucket-versioning-enabled"])["config.evaluations"],
      [150, 150_000],
    );
  });

  it("of a rule on changes do not happen to what is not recorded", () => {
    const recording = { strategy: { exclude: ["AWS::S3::Bucket"] } };
    assert.deepEqual(lines({ resources: BUCKETS, recording }, ["s3-bucket-versioning-enabled"]), {});
  });

  it("of a periodic rule are its resources, each day", () => {
    const resources = { "AWS::IAM::User": { count: 7 } };
    assert.deepEqual(lines({ resources }, ["iam-user-mfa-enabled"])["config.evaluations"], [210, 210_000]);
  });

  it("of a periodic rule follow its frequency", () => {
    const input = inputOf({ resources: { "AWS::IAM::User": { count: 7 } } });
    const runs = ["One_Hour", "Three_Hours", "Six_Hours", "Twelve_Hours", "TwentyFour_Hours"].map(
      (frequency) => {
        const selection = selected({
          controls: ["iam-user-mfa-enabled"],
          frequencies: { "iam-user-mfa-enabled": frequency },
        });
        return expectedLines(monthlyCost({ ...input, selection }))["config.evaluations"]?.[0];
      },
    );
    assert.deepEqual(
      runs,
      [24, 8, 4, 2, 1].map((times) => 210 * times),
    );
  });

  it("of a rule about the account are one each day", () => {
    assert.deepEqual(lines({ resources: {} }, ["iam-password-policy"])["config.evaluations"], [30, 30_000]);
  });

  it("of a rule that is both are the sum", () => {
    assert.deepEqual(
      lines({ resources: BUCKETS }, ["s3-bucket-public-read-prohibited"])["config.evaluations"],
      [450, 450_000],
    );
  });

  it("of conformance packs are counted apart, with tiers of their own", () => {
    const usage = { resources: BUCKETS, conformancePacks: ["Operational-Best-Practices-for-Amazon-S3"] };
    const found = lines(usage, ["s3-bucket-versioning-enabled"]);
    assert.deepEqual(found["config.evaluations"], [150, 150_000]);
    assert.ok((found["config.packEvaluations"]?.[0] ?? 0) > 150);
  });
});

describe("compliance items", () => {
  const controls = ["s3-bucket-versioning-enabled"];

  it("are recorded when the result of an evaluation changes", () => {
    const usage = { resources: BUCKETS, transitionsPerThousand: 100 };
    assert.deepEqual(lines(usage, controls)["config.complianceItems"], [15, 45_000]);
  });

  it("are recorded when an evaluated resource comes and when it goes", () => {
    const resources = { "AWS::S3::Bucket": { count: 10, createdPerDay: 5 } };
    assert.deepEqual(lines({ resources }, controls)["config.complianceItems"], [300, 900_000]);
    assert.equal(lines({ resources })["config.complianceItems"], undefined);
  });

  it("are recorded continuously, whatever the frequency of the others", () => {
    const usage = { resources: BUCKETS, transitionsPerThousand: 100, recording: daily };
    assert.deepEqual(lines(usage, controls)["config.complianceItems"], [15, 45_000]);
  });

  it("are not recorded where their type is excluded", () => {
    const recording = { strategy: { exclude: ["AWS::Config::ResourceCompliance"] } };
    const usage = { resources: BUCKETS, transitionsPerThousand: 100, recording };
    assert.equal(lines(usage, controls)["config.complianceItems"], undefined);
  });
});

import * as assert from "node:assert/strict";
import { parseUsage } from "../../../rules/cost";
import { exact } from "../../../rules/cost/amounts";
import { GLOBAL_TYPES } from "../../../rules/cost";
import { GLOBAL_TYPES as DEPLOYED_GLOBAL_TYPES } from "../../../components/recording";
import { usageOf } from "./support";

function problemsOf(file: unknown): readonly string[] {
  return parseUsage(file).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("a usage file", () => {
  it("has one number for all cases, or one for each", () => {
    const { resources } = usageOf({
      resources: {
        "AWS::S3::Bucket": { count: 3, changesPerDay: { low: 0.1, expected: 0.25, high: 1.000001 } },
      },
    });
    assert.deepEqual(resources, [
      {
        type: "AWS::S3::Bucket",
        count: { low: 3_000_000n, expected: 3_000_000n, high: 3_000_000n },
        changesPerDay: { low: 100_000n, expected: 250_000n, high: 1_000_001n },
        createdPerDay: { low: 0n, expected: 0n, high: 0n },
      },
    ]);
  });

  it("records everything in one region when it says nothing else", () => {
    const { regions, recording, conformancePacks } = usageOf({ resources: {} });
    assert.equal(regions, 1);
    assert.deepEqual(recording, { strategy: "all", recordingMode: { frequency: "CONTINUOUS" } });
    assert.deepEqual(conformancePacks, []);
  });

  it("is refused with every problem, its place and what is allowed", () => {
    const count = 1;
    const problems = problemsOf({
      region: 1,
      description: "",
      regions: 0,
      recording: {
        strategy: { exclude: ["EC2"] },
        recordingMode: { frequency: "HOURLY", override: { frequency: "DAILY", resourceTypes: [] } },
      },
      resources: {
        Bucket: { count },
        "AWS::Config::ResourceCompliance": { count },
        "AWS::S3::Bucket": { count: -1, changesPerDay: Number.NaN, createdPerDay: Number.POSITIVE_INFINITY },
        "AWS::SQS::Queue": { count: 2 ** 53, changesPerDay: "1", createdPerDay: 0.1234567 },
        "AWS::SNS::Topic": { count: 1.5, changesPerDay: { low: 2, expected: 1, high: 3 } },
        "AWS::KMS::Key": { changesPerDay: { low: 1, high: 2 } },
        "AWS::RDS::DBInstance": 5,
        "AWS::EC2::VPC": { counts: 1, count },
      },
      transitionsPerThousand: 1001,
      conformancePacks: ["Operational-Best-Practices-for-Nothing-At-All-Whatever-It-Is"],
      kms: { keys: -2, request: 1 },
      pipeline: [],
    });
    const expected = [
      /^region: .*Did you mean "regions"\?/,
      /^description: "" is not the description/,
      /^regions: The number 0 is not allowed here. Write a whole number from 1 to 100, or names/,
      /^recording\.recordingMode\.frequency: "HOURLY" is not allowed here/,
      /^recording\.strategy\.exclude\[0\]: "EC2" is not a resource type/,
      /^recording\.recordingMode\.override\.resourceTypes: No type is listed/,
      /^resources\.Bucket: "Bucket" is not a resource type/,
      /^resources\["AWS::Config::ResourceCompliance"\]: These items follow from the evaluations/,
      /^resources\["AWS::S3::Bucket"\]\.count: The number -1 is not allowed here. Write a whole number from 0/,
      /^resources\["AWS::S3::Bucket"\]\.changesPerDay: The number NaN is not allowed/,
      /^resources\["AWS::S3::Bucket"\]\.createdPerDay: The number Infinity is not allowed/,
      /^resources\["AWS::SQS::Queue"\]\.count: The number 9007199254740992 is not allowed/,
      /^resources\["AWS::SQS::Queue"\]\.changesPerDay: "1" is not allowed here.*without quotes/,
      /^resources\["AWS::SQS::Queue"\]\.createdPerDay: The number 0\.1234567 is not allowed.*six places/,
      /^resources\["AWS::SNS::Topic"\]\.count: The number 1\.5 is not allowed/,
      /^resources\["AWS::SNS::Topic"\]\.changesPerDay: The cases are out of order/,
      /^resources\["AWS::KMS::Key"\]\.count: The number of resources is missing/,
      /^resources\["AWS::KMS::Key"\]\.changesPerDay\.expected: The case is missing/,
      /^resources\["AWS::RDS::DBInstance"\]: The number 5 is not a map/,
      /^resources\["AWS::EC2::VPC"\]\.counts: .*Did you mean "count"\?/,
      /^transitionsPerThousand: Of a thousand, at most 1000 can change/,
      /^conformancePacks\[0\]: The conformance pack .* is unknown/,
      /^pipeline: A list is not a map/,
      /^kms\.request: .*Did you mean "requests"\?/,
      /^kms\.keys: The number -2 is not allowed/,
    ];
    const unmatched = expected.filter((pattern) => !problems.some((problem) => pattern.test(problem)));
    assert.deepEqual(unmatched, [], problems.join("\n"));
    assert.equal(problems.length, expected.length, problems.join("\n"));
  });

  for (const [what, file] of [
    ["nothing", undefined],
    ["a text", "small"],
    ["a list", []],
    ["no resources", { regions: 2 }],
    ["no region", { resources: {}, regions: [] }],
    ["a region twice", { resources: {}, regions: ["us-east-1", "us-east-1"] }],
    ["what is no region", { resources: {}, regions: ["europe"] }],
    ["an unknown strategy", { resources: {}, recording: { strategy: "most" } }],
    [
      "two strategies",
      { resources: {}, recording: { strategy: { include: ["A::B::C"], exclude: ["A::B::C"] } } },
    ],
  ] as const) {
    it(`is refused when it holds ${what}`, () =>
      assert.equal(problemsOf(file).length, 1, String(problemsOf(file))));
  }

  it("counts the same types as global as the deployed recorders do", () => {
    assert.deepEqual(GLOBAL_TYPES, DEPLOYED_GLOBAL_TYPES);
  });
});

describe("exact", () => {
  const values: readonly (readonly [number, bigint | undefined])[] = [
    [0, 0n],
    [-0, 0n],
    [0.1, 100_000n],
    [0.000001, 1n],
    [1234.5, 1_234_500_000n],
    [Number.MAX_SAFE_INTEGER, 9_007_199_254_740_991_000_000n],
    [Number.MAX_SAFE_INTEGER + 1, undefined],
    [-0.1, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1e-7, undefined],
    [1.0000001, undefined],
  ];
  for (const [given, expected] of values) {
    it(`takes ${given} for ${String(expected)} millionths`, () => assert.equal(exact(given), expected));
  }
});

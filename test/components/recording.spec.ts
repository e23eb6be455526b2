import * as assert from "node:assert/strict";
import { ResourceType } from "@aws-sdk/client-config-service";
import recordableTypes from "../../rules/catalog/source/recordable-types.json";
import {
  GLOBAL_TYPES,
  recordingGroup,
  recordingMode,
  recordingProblems,
  recordingWarnings,
  type RecordingMode,
  type RecordingStrategy,
} from "../../components/recording";

const ENI = "AWS::EC2::NetworkInterface";
const BUCKET = "AWS::S3::Bucket";
const USER = "AWS::IAM::User";

const at = (isHomeRegion: boolean, strategy: RecordingStrategy, mode: RecordingMode = {}) => ({
  strategy,
  mode,
  isHomeRegion,
});

describe("recordingGroup", () => {
  it("excludes the listed types, and elsewhere than at home the global ones too", () => {
    const group = (isHome: boolean) => recordingGroup(at(isHome, { exclude: [ENI, USER] }));
    assert.deepEqual(group(true), {
      allSupported: false,
      includeGlobalResourceTypes: false,
      exclusionByResourceTypes: [{ resourceTypes: [ENI, USER] }],
      recordingStrategies: [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }],
    });
    const elsewhere = [ENI, USER, ...GLOBAL_TYPES.filter((type) => type !== USER)];
    assert.deepEqual(group(false), {
      ...group(true),
      exclusionByResourceTypes: [{ resourceTypes: elsewhere }],
    });
  });

  it("includes only the listed types, and the global ones only at home", () => {
    const group = (isHome: boolean) => recordingGroup(at(isHome, { include: [BUCKET, USER] }));
    assert.deepEqual(group(true), {
      allSupported: false,
      includeGlobalResourceTypes: false,
      resourceTypes: [BUCKET, USER],
      recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
    });
    assert.deepEqual(group(false), { ...group(true), resourceTypes: [BUCKET] });
  });

  it("never holds an empty list and always a strategy, whatever region and strategy", () => {
    const strategies: readonly RecordingStrategy[] = ["all", { exclude: [USER] }, { include: [BUCKET] }];
    for (const strategy of strategies) {
      for (const isHome of [true, false]) {
        const text = JSON.stringify(recordingGroup(at(isHome, strategy)));
        assert.ok(!text.includes("[]"), text);
        assert.ok(text.includes('"recordingStrategies":[{"useOnly":'), text);
      }
    }
  });
});

describe("recordingMode", () => {
  const override = { frequency: "DAILY", resourceTypes: [ENI, USER], description: "often and dull" } as const;

  it("keeps the one override, without the global types where they are not recorded", () => {
    const mode = (isHome: boolean) => recordingMode(at(isHome, "all", { override }));
    assert.deepEqual(mode(true), {
      recordingFrequency: "CONTINUOUS",
      recordingModeOverride: {
        recordingFrequency: "DAILY",
        resourceTypes: [ENI, USER],
        description: "often and dull",
      },
    });
    assert.deepEqual(mode(false).recordingModeOverride?.resourceTypes, [ENI]);
  });

  it("drops an override that speaks of global types only where they are not recorded", () => {
    const mode: RecordingMode = { override: { frequency: "DAILY", resourceTypes: [USER] } };
    assert.deepEqual(recordingMode(at(false, "all", mode)), { recordingFrequency: "CONTINUOUS" });
  });
});

describe("recordingProblems", () => {
  const never = "AWS::Config::ResourceCompliance";
  const daily = (types: readonly string[]): RecordingMode => ({
    override: { frequency: "DAILY", resourceTypes: types },
  });
  // What a program in JavaScript or a settings file may hold.
  const untyped = (text: string): RecordingMode => JSON.parse(text) as RecordingMode;
  const TYPES = "recordingMode.override.resourceTypes";
  const cases: readonly (readonly [string, RecordingStrategy, RecordingMode, string | undefined, RegExp])[] =
    [
      ["accepts everything", "all", {}, undefined, /^$/],
      ["accepts everything daily", "all", { frequency: "DAILY" }, undefined, /^$/],
      ["accepts a daily override", { exclude: [USER] }, daily([ENI]), undefined, /^$/],
      [
        "accepts daily with a continuous override of what is never daily",
        { include: [BUCKET, never] },
        { frequency: "DAILY", override: { frequency: "CONTINUOUS", resourceTypes: [never] } },
        undefined,
        /^$/,
      ],
      ["refuses an empty exclusion", { exclude: [] }, {}, "strategy.exclude", /The list is empty/],
      ["refuses an empty inclusion", { include: [] }, {}, "strategy.include", /The list is empty/],
      [
        "refuses what is no type",
        { exclude: ["s3 bucket"] },
        {},
        "strategy.exclude[0]",
        /not a resource type/,
      ],
      ["refuses a type twice", { include: [ENI, ENI] }, {}, "strategy.include[1]", /listed twice/],
      [
        "refuses an included type that is never daily",
        { include: [never] },
        { frequency: "DAILY" },
        "strategy.include",
        /cannot be recorded daily/,
      ],
      [
        "refuses a daily override of what is never daily",
        "all",
        daily([never]),
        TYPES,
        /cannot be recorded daily/,
      ],
      ["refuses an empty override", "all", daily([]), TYPES, /The list is empty/],
      [
        "refuses an override of an excluded type",
        { exclude: [ENI] },
        daily([ENI]),
        TYPES,
        /not recorded with this strategy/,
      ],
      [
        "refuses an override of a type that is not included",
        { include: [BUCKET] },
        daily([ENI]),
        TYPES,
        /not recorded with this strategy/,
      ],
      [
        "refuses an override that changes nothing",
        "all",
        { frequency: "DAILY", override: { frequency: "DAILY", resourceTypes: [ENI] } },
        "recordingMode.override.frequency",
        /write the other one/,
      ],
      [
        "refuses an unknown frequency",
        "all",
        untyped('{"frequency":"daily"}'),
        "recordingMode.frequency",
        /Did you mean "DAILY"\?/,
      ],
      [
        "refuses an empty description",
        "all",
        { override: { frequency: "DAILY", resourceTypes: [ENI], description: "" } },
        "recordingMode.override.description",
        /1 to 256/,
      ],
    ];
  for (const [title, strategy, mode, path, message] of cases) {
    it(title, () => {
      const problems = recordingProblems(at(true, strategy, mode));
      assert.deepEqual(
        problems.map((problem) => problem.path),
        path === undefined ? [] : [path],
      );
      assert.match(problems[0]?.message ?? "", message);
    });
  }

  it("refuses to include only global types elsewhere than at home", () => {
    assert.deepEqual(recordingProblems(at(true, { include: [USER] })), []);
    const [problem] = recordingProblems(at(false, { include: [USER] }));
    assert.match(problem?.message ?? "", /nothing is left to record here/);
  });
});

describe("recordingWarnings", () => {
  it("knows exactly the types of the AWS SDK", () => {
    assert.deepEqual([...recordableTypes], Object.values(ResourceType).sort());
  });

  it("names a type that AWS Config may not know, once", () => {
    const mode: RecordingMode = { override: { frequency: "DAILY", resourceTypes: ["AWS::New::Thing"] } };
    const warnings = recordingWarnings(at(true, { include: ["AWS::New::Thing"] }, mode));
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /^AWS Config may not know the resource type "AWS::New::Thing"\./);
  });
});

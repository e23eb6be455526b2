import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "../../../components/settings";
import type { AccountDetectionArgs } from "../../../components/account-detection";
import { record } from "../../support/pulumi-mocks";

type Config = Readonly<Record<string, unknown>>;

/** Reads settings from a stack whose `compliance:` entries are given; `aws:region` is us-east-1 unless told. */
async function read(config: Config, region: string | undefined = "us-east-1"): Promise<AccountDetectionArgs> {
  const stack: Record<string, string> = region === "" ? {} : { "aws:region": region };
  const entries: Config = { selection: { controls: ["rds-multi-az-support"] }, ...config };
  for (const [key, value] of Object.entries(entries)) {
    stack[`compliance:${key}`] = typeof value === "string" ? value : JSON.stringify(value);
  }
  const recording = await record(readSettings, { config: stack });
  const { detection } = recording.result;
  assert.ok(detection !== undefined);
  return detection;
}

/** The problems of a configuration as `path: message`, one each. */
async function problemsOf(config: Config, region?: string): Promise<readonly string[]> {
  try {
    await read(config, region);
  } catch (error) {
    assert.ok(error instanceof pulumi.RunError);
    const [title = "", ...lines] = error.message.split("\n");
    assert.match(title, /^The configuration of stack "stack" has \d+ problems?:$/);
    return lines.map((line) => line.trim());
  }
  return [];
}

describe("The settings of the part detection", () => {
  it("has a default for everything but the region", async () => {
    const settings = await read({});
    assert.deepEqual(
      settings.regions.map(({ region }) => region),
      ["us-east-1"],
    );
    const [regional] = settings.regions;
    assert.equal(regional?.recorder.homeRegion, "us-east-1");
    assert.equal(regional.rules.suffix, "");
    assert.deepEqual(
      regional.rules.rules.map(({ name }) => name),
      ["rds-multi-az-support"],
    );
    assert.equal(settings.recording?.evidence.region, "us-east-1");
    assert.equal(settings.recording.role.role, undefined);
  });

  it("hands every entry to its component", async () => {
    const create = {
      bucketName: "acme-config",
      kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/k",
      retain: false,
      expireDays: 400,
      noncurrentDays: 40,
      accessLogDays: 4,
      objectLock: false,
    };
    const override = { frequency: "DAILY", resourceTypes: ["AWS::S3::Bucket"], description: "d" };
    const recorder = {
      mode: "create",
      recorderName: "mine",
      strategy: { include: ["AWS::S3::Bucket"] },
      recordingMode: { frequency: "CONTINUOUS", override },
      recording: false,
    };
    const topic = "arn:aws:sns:us-east-1:111122223333:config";
    const settings = await read({
      regions: ["us-east-1", "eu-west-1"],
      homeRegion: "eu-west-1",
      evidence: { bucket: { create }, prefix: "config", sourceAccounts: ["111122223333"] },
      recorder: { ...recorder, role: { leastPrivilege: { name: "config" } } },
      delivery: { snapshotFrequency: "Six_Hours", snsTopicArns: [topic] },
      retentionDays: 90,
      rules: { batchSize: 3 },
      tags: { owner: "security" },
    });
    const tags = { owner: "security" };
    const [first, second] = settings.regions;
    const shared = {
      ...recorder,
      channelName: undefined,
      snapshotFrequency: "Six_Hours",
      retentionDays: 90,
      homeRegion: "eu-west-1",
    };
    assert.deepEqual(first?.recorder, { ...shared, region: "us-east-1", snsTopicArn: topic });
    assert.deepEqual(second?.recorder, { ...shared, region: "eu-west-1", snsTopicArn: undefined });
    assert.equal(first.rules.suffix, "-us-east-1");
    assert.equal(second.rules.suffix, "");
    assert.equal(first.rules.batchSize, 3);
    assert.deepEqual(first.rules.tags, tags);
    assert.deepEqual(settings.recording?.evidence, {
      bucket: { create },
      prefix: "config",
      sourceAccounts: ["111122223333"],
      region: "eu-west-1",
      tags,
    });
    const leastPrivilege = { name: "config", permissionsBoundary: undefined };
    assert.deepEqual(settings.recording.role, { role: { leastPrivilege }, tags, snsTopicArns: [topic] });
  });

  it("keeps the rules whose code is ours apart from AWS's", async () => {
    const controls = ["rds-multi-az-support", "lambda-function-url-iam", "dynamodb-table-key-accessible"];
    const { regions } = await read({ selection: { controls }, regions: ["us-east-1", "eu-west-1"] });
    assert.equal(regions.length, 2);
    for (const { rules } of regions) {
      const owners = [rules.rules, rules.customRules].map((each) => each.map(({ owner }) => owner));
      assert.deepEqual(owners, [["AWS"], ["CUSTOM_POLICY", "CUSTOM_LAMBDA"]]);
    }
  });

  it("reads every strategy and every kind of bucket and role", async () => {
    const strategy = async (value: unknown): Promise<unknown> =>
      (await read({ recorder: { strategy: value } })).regions[0]?.recorder.strategy;
    assert.equal(await strategy("all"), "all");
    assert.deepEqual(await strategy({ exclude: ["AWS::S3::Bucket"] }), { exclude: ["AWS::S3::Bucket"] });
    const role = async (value: unknown): Promise<unknown> =>
      (await read({ recorder: { role: value } })).recording?.role.role;
    assert.deepEqual(await role({ serviceLinked: "existing" }), { serviceLinked: "existing" });
    const arn = "arn:aws:iam::111122223333:role/config";
    assert.deepEqual(await role({ existing: { arn } }), { existing: { arn } });
    const existing = { bucketName: "log-archive" };
    const { recording } = await read({ evidence: { bucket: { existing } } });
    assert.deepEqual(recording?.evidence.bucket, { existing });
  });

  it("expects AWS's own role where a recorder is adopted", async () => {
    const { recording } = await read({ recorder: { mode: "adopt" } });
    assert.deepEqual(recording?.role.role, { serviceLinked: "existing" });
  });

  it("deploys neither bucket nor role beside a recorder that is left alone", async () => {
    assert.equal((await read({ recorder: { mode: "existing" } })).recording, undefined);
  });

  it("takes a selection from a file of the project", async () => {
    const settings = await read({ selection: "selection.yaml" });
    assert.ok((settings.regions[0]?.rules.rules.length ?? 0) > 1);
  });

  const TOPIC = "arn:aws:sns:eu-west-1:111122223333:config";
  const GLOBAL = "arn:aws:sns::111122223333:config";
  const refused: readonly (readonly [string, Config, RegExp])[] = [
    ["a misspelt entry", { recoder: {} }, /^"compliance:recoder": .*Did you mean "recorder"\?/],
    [
      "a misspelt entry inside",
      { evidence: { prefx: "a" } },
      /^"compliance:evidence.prefx": .*Did you mean "prefix"\?/,
    ],
    ["a text in place of a map", { evidence: "bucket" }, /^"compliance:evidence": .*not a map/],
    ["a text in place of a list", { regions: "us-east-1" }, /^"compliance:regions": .*not a list/],
    [
      "a text in place of a flag",
      { recorder: { recording: "no" } },
      /^"compliance:recorder.recording": .*true or false/,
    ],
    ["a text in place of a number", { retentionDays: "long" }, /^"compliance:retentionDays": .*not a number/],
    ["a number in place of a tag", { tags: { cost: 7 } }, /^"compliance:tags.cost": .*quotes/],
    [
      "an unknown word",
      { recorder: { mode: "creat" } },
      /^"compliance:recorder.mode": .*Did you mean "create"\?/,
    ],
    [
      "two buckets",
      { evidence: { bucket: { create: {}, existing: { bucketName: "logs" } } } },
      /^"compliance:evidence.bucket": create and existing exclude/,
    ],
    [
      "an existing bucket without name",
      { evidence: { bucket: { existing: {} } } },
      /^"compliance:evidence.bucket.existing.bucketName": .*missing/,
    ],
    [
      "two strategies",
      { recorder: { strategy: { exclude: ["A::B::C"], include: ["A::B::C"] } } },
      /^"compliance:recorder.strategy": exclude and include/,
    ],
    [
      "a strategy that is none",
      { recorder: { strategy: "most" } },
      /^"compliance:recorder.strategy": .*"exclude" or "include"/,
    ],
    [
      "a home region that is not a region",
      { homeRegion: "eu-west-1" },
      /^"compliance:homeRegion": "eu-west-1" is not in "regions"/,
    ],
    ["a region twice", { regions: ["us-east-1", "us-east-1"] }, /^"compliance:regions\[1\]": .*listed twice/],
    [
      "a region that is none",
      { regions: ["europe"] },
      /^"compliance:regions\[0\]": .*not an AWS region code/,
    ],
    [
      "a topic of another region",
      { delivery: { snsTopicArns: [TOPIC] } },
      /^"compliance:delivery.snsTopicArns\[0\]": .*not in "regions"/,
    ],
    [
      "two topics of a region",
      { regions: ["eu-west-1"], delivery: { snsTopicArns: [TOPIC, `${TOPIC}2`] } },
      /^"compliance:delivery.snsTopicArns\[1\]": .*has a topic already/,
    ],
    [
      "a topic that is none",
      { delivery: { snsTopicArns: ["config"] } },
      /^"compliance:delivery.snsTopicArns\[0\]": .*not the ARN of an SNS topic/,
    ],
    ["a global topic", { delivery: { snsTopicArns: [GLOBAL] } }, /such as "arn:aws:sns:us-east-1:/],
    [
      "Object Lock",
      { evidence: { bucket: { create: { objectLock: true } } } },
      /^"compliance:evidence.bucket.create.objectLock": Object Lock is refused/,
    ],
    ["a retention out of range", { retentionDays: 29 }, /^"compliance:retentionDays": 29 .*30 to 2557/],
    [
      "Control Tower's recorder",
      { recorder: { recorderName: "aws-controltower-X" } },
      /^"compliance:recorder.recorderName": .*Control Tower/,
    ],
    [
      "a role that is none",
      { recorder: { role: { existing: { arn: "x" } } } },
      /^"compliance:recorder.role.existing.arn": .*not the ARN/,
    ],
    [
      "an empty exclusion",
      { recorder: { strategy: { exclude: [] } } },
      /^"compliance:recorder.strategy.exclude": .*empty/,
    ],
    ["a batch of none", { rules: { batchSize: 0 } }, /^"compliance:rules.batchSize": 0 /],
    ["a reserved tag", { tags: { "aws:x": "y" } }, /^"compliance:tags\["aws:x"\]": /],
    [
      "evidence of a recorder that is left alone",
      { recorder: { mode: "existing" }, evidence: {} },
      /^"compliance:evidence": It has no effect/,
    ],
    [
      "a role of a recorder that is left alone",
      { recorder: { mode: "existing", role: { serviceLinked: "create" } } },
      /^"compliance:recorder.role": It has no effect/,
    ],
    [
      "an unknown control",
      { selection: { controls: ["rds-multi-az-suport"] } },
      /^"compliance:selection.controls\[0\]": .*rds-multi-az-support/,
    ],
    [
      "a selection file that is not there",
      { selection: "no/such.yaml" },
      /^"compliance:selection": The selection file "no\/such.yaml" cannot be read/,
    ],
  ];
  for (const [what, config, expected] of refused) {
    it(`refuses ${what}`, async () => {
      const problems = await problemsOf(config);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", expected);
    });
  }

  it("reports all problems of all entries at once, and those of several regions once", async () => {
    const problems = await problemsOf({
      regions: ["us-east-1", "eu-west-1"],
      retentionDays: 1,
      recoder: {},
      evidence: { prefix: "/" },
      rules: { batchSize: 0 },
    });
    assert.deepEqual(
      problems.map((line) => line.slice(0, line.indexOf(": "))),
      [
        '"compliance:recoder"',
        '"compliance:evidence.prefix"',
        '"compliance:retentionDays"',
        '"compliance:rules.batchSize"',
      ],
    );
  });

  it("says how to give a region where there is none", async () => {
    const kept = {
      AWS_REGION: process.env["AWS_REGION"],
      AWS_DEFAULT_REGION: process.env["AWS_DEFAULT_REGION"],
    };
    delete process.env["AWS_REGION"];
    delete process.env["AWS_DEFAULT_REGION"];
    try {
      const [problem = ""] = await problemsOf({}, "");
      assert.match(problem, /^"compliance:regions": No region is given\. .*pulumi config set aws:region/);
    } finally {
      for (const [name, value] of Object.entries(kept)) if (value !== undefined) process.env[name] = value;
    }
  });

  it("refuses an encrypted entry without showing it", async () => {
    process.env["PULUMI_CONFIG_SECRET_KEYS"] = '["compliance:tags"]';
    try {
      const problems = await problemsOf({ tags: { "aws:x": "hunter2" } });
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", /^"compliance:tags": It is encrypted/);
      assert.ok(!problems.join().includes("hunter2"));
    } finally {
      delete process.env["PULUMI_CONFIG_SECRET_KEYS"];
    }
  });
});

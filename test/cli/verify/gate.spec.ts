import * as assert from "node:assert/strict";
import { exported } from "../support";
import { Bench, HOME, reasonOf, stackRule, statesOf } from "./support";

const VERSIONING = "s3-bucket-versioning-enabled";
const PUBLIC = "s3-bucket-public-read-prohibited";
const KEYS = "access-keys-rotated";
const DECLARED = "config-rules-as-declared";
const GUARD = "dynamodb-table-key-accessible";
const EUROPE = "eu-west-1";

const bucket = (id: string, annotation?: string) => ({
  type: "AWS::S3::Bucket",
  id,
  ...(annotation === undefined ? {} : { annotation }),
});

describe("verify: the gate", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
  });
  afterEach(() => bench.close());

  const violate = (name = VERSIONING, region = HOME): void => {
    bench.aws.deploy(region, name, {
      compliance: "NON_COMPLIANT",
      violations: [bucket("logs", "Versioning is suspended"), bucket("assets")],
    });
  };

  it("fails with the resources that violate a rule, and what AWS Config says of them", async () => {
    violate();
    const { status, out } = await bench.run({ controls: [VERSIONING] });
    assert.equal(status, 1);
    assert.match(
      out,
      /us-east-1 {2}account 123456789012, 1 rule\n\n {2}assets {2}AWS::S3::Bucket\n.*\n +Asked for: /,
    );
    assert.match(
      out,
      /logs {2}AWS::S3::Bucket\n.* {2}s3-bucket-versioning-enabled\n +Versioning is suspended\.\n/,
    );
    assert.match(out, /2 violations, 0 exempted \(1 rule in 1 region: 0 compliant, 1 violated/);
  });

  it("reads every page", async () => {
    const violations = Array.from({ length: 230 }, (_, index) => bucket(`bucket-${index}`));
    bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations });
    for (let index = 0; index < 60; index++) bench.aws.deploy(HOME, `other-${index}`);
    bench.aws.deploy(HOME, PUBLIC);
    const { report } = await bench.json({ controls: [VERSIONING, PUBLIC] });
    assert.equal(report.findings.length, 230);
    assert.deepEqual(statesOf(report), { [PUBLIC]: "compliant", [VERSIONING]: "nonCompliant" });
    assert.equal(bench.aws.bodies("DescribeConfigRules").length, 3);
    const details = bench.aws.bodies("GetComplianceDetailsByConfigRule");
    assert.deepEqual(
      details.map((body) => body["Limit"]),
      [100, 100, 100],
    );
  });

  it("leaves out results of resources that were only planned", async () => {
    const planned = { ...bucket("planned"), mode: "PROACTIVE" as const };
    bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations: [planned] });
    const { status, report } = await bench.json({ controls: [VERSIONING] });
    assert.equal(status, 0);
    assert.deepEqual(report.findings, []);
  });

  it("names resources whose id says nothing", async () => {
    bench.aws.region(HOME).names.set("AROAEXAMPLE", "deployer");
    const violations = [
      { type: "AWS::IAM::Role", id: "AROAEXAMPLE" },
      { type: "AWS::Unlisted::Thing", id: "x" },
      { type: "AWS::::Account", id: "123456789012" },
    ];
    bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations });
    const { out, status } = await bench.run({ controls: [VERSIONING] });
    assert.equal(status, 1);
    assert.match(out, /AROAEXAMPLE \(deployer\) {2}AWS::IAM::Role/);
    assert.deepEqual(
      bench.aws.bodies("ListDiscoveredResources").map((body) => body["resourceType"]),
      ["AWS::IAM::Role", "AWS::Unlisted::Thing"],
    );
  });

  it("does not fail for advisory and disabled controls", async () => {
    violate(VERSIONING);
    violate(PUBLIC);
    const levels = { controls: { [VERSIONING]: "advisory", [PUBLIC]: "disabled" } };
    const { status, report, out } = await bench.json({ controls: [VERSIONING, PUBLIC], levels });
    assert.equal(status, 0, out);
    assert.deepEqual(
      report.findings.map(({ resourceId, fails }) => [resourceId, fails]),
      [
        ["assets", false],
        ["logs", false],
      ],
    );
  });

  it("refuses a selection that leaves nothing to verify", async () => {
    for (const selection of [{ controls: [] }, { controls: [KEYS], levels: { default: "disabled" } }]) {
      await assert.rejects(bench.run(selection), /No control is left to verify/);
    }
  });

  it("fails from the severity on that is asked for", async () => {
    violate(VERSIONING);
    violate(PUBLIC);
    const selection = { controls: [VERSIONING, PUBLIC] };
    const fails = async (failOn: "critical" | "low" | "never"): Promise<readonly string[]> => {
      const { report } = await bench.json(selection, { failOn });
      return [...new Set(report.findings.filter((item) => item.fails).map(({ control }) => control))];
    };
    assert.deepEqual(await fails("low"), [
      "S3_BUCKET_PUBLIC_READ_PROHIBITED",
      "S3_BUCKET_VERSIONING_ENABLED",
    ]);
    assert.deepEqual(await fails("critical"), ["S3_BUCKET_PUBLIC_READ_PROHIBITED"]);
    assert.deepEqual(await fails("never"), []);
    assert.equal((await bench.run(selection, { failOn: "never" })).status, 0);
  });

  describe("rules that are not deployed as declared", () => {
    const reason = async (selection: object = { controls: [KEYS] }): Promise<string> => {
      const { status, report } = await bench.json(selection);
      assert.equal(status, 1);
      assert.deepEqual(statesOf(report), { [KEYS]: "notDeployed" });
      assert.deepEqual(bench.aws.bodies("StartConfigRulesEvaluation"), []);
      return reasonOf(report, KEYS);
    };

    it("fail when they are missing", async () => {
      assert.equal(await reason(), "no rule of this name is deployed");
    });

    it("fail while they are being deleted", async () => {
      bench.aws.deploy(HOME, KEYS, { state: "DELETING", parameters: '{"maxAccessKeyAge":"90"}' });
      assert.equal(await reason(), "it is being deleted");
    });

    it("fail when another rule has the name", async () => {
      bench.aws.deploy(HOME, KEYS, { owner: "CUSTOM_LAMBDA", identifier: "arn:aws:lambda:x" });
      assert.equal(await reason(), "the rule of this name is another one (CUSTOM_LAMBDA arn:aws:lambda:x)");
    });

    for (const [what, identifier] of [
      ["another control's", "arn:aws:lambda:us-east-1:111122223333:function:acme-prod-iam-pass-role-narrow"],
      ["one that is no function", "arn:aws:sns:us-east-1:111122223333:acme-prod-config-rules-as-declared"],
    ] as const) {
      it(`fail when a custom rule's function is ${what}`, async () => {
        bench.aws.deploy(HOME, DECLARED, { owner: "CUSTOM_LAMBDA", identifier });
        const { status, report } = await bench.json({ controls: [DECLARED] });
        assert.equal(status, 1);
        assert.equal(
          reasonOf(report, DECLARED),
          `the rule of this name is another one (CUSTOM_LAMBDA ${identifier})`,
        );
      });
    }

    it("do not fail when a function of ours judges as often as declared, or a policy in Guard", async () => {
      const MaximumExecutionFrequency = "Three_Hours";
      bench.aws.deploy(HOME, DECLARED, {
        owner: "CUSTOM_LAMBDA",
        identifier: `arn:aws:lambda:us-east-1:111122223333:function:acme-prod-${DECLARED}`,
        parameters: JSON.stringify({
          expectedRules: [DECLARED, GUARD].join(","),
          functionRules: DECLARED,
          guardRules: GUARD,
          ruleCount: 2,
          othersAllowed: false,
        }),
        events: [{ MessageType: "ScheduledNotification", MaximumExecutionFrequency }],
      });
      bench.aws.deploy(HOME, GUARD, { owner: "CUSTOM_POLICY", identifier: "" });
      const { status, report } = await bench.json({
        controls: [DECLARED, GUARD],
        frequencies: { [DECLARED]: MaximumExecutionFrequency },
      });
      assert.deepEqual([status, report.summary["notDeployed"]], [0, 0]);
    });

    it("fail when they have other parameters", async () => {
      bench.aws.deploy(HOME, KEYS, { parameters: '{"maxAccessKeyAge":"365"}' });
      assert.equal(await reason(), 'it is deployed with other parameters than declared: "maxAccessKeyAge"');
    });

    for (const [what, more, expected] of [
      ["without a type that they are declared for", { scope: ["AWS::EC2::Volume"] }, "AWS::S3::Bucket"],
      ["for a single resource", { scopeId: "logs", scope: ["AWS::S3::Bucket"] }, "a single resource"],
      ["for resources with a tag", { scopeTag: "audited" }, "resources with a tag"],
      ["for planned resources only", { modes: ["PROACTIVE"] }, "only evaluates what is planned"],
    ] as const) {
      it(`fail when they are deployed ${what}: what they do not see would pass`, async () => {
        bench.aws.deploy(HOME, VERSIONING, more);
        const { status, report } = await bench.json({ controls: [VERSIONING] });
        assert.equal(status, 1);
        assert.deepEqual(statesOf(report), { [VERSIONING]: "notDeployed" });
        assert.ok(reasonOf(report, VERSIONING).includes(expected));
      });
    }

    it("fail when they run more seldom", async () => {
      bench.aws.deploy(HOME, KEYS, { parameters: '{"maxAccessKeyAge":"90"}', frequency: "TwentyFour_Hours" });
      const frequencies = { ACCESS_KEYS_ROTATED: "One_Hour" };
      assert.match(await reason({ controls: [KEYS], frequencies }), /TwentyFour_Hours, declared is One_Hour/);
    });

    it("do not fail for a scope that is as declared or wider", async () => {
      bench.aws.deploy(HOME, VERSIONING, {
        scope: ["AWS::EC2::Volume", "AWS::S3::Bucket"],
        modes: ["DETECTIVE"],
      });
      assert.equal((await bench.json({ controls: [VERSIONING] })).status, 0);
    });

    it("are told apart by values, not by how they are written", async () => {
      bench.aws.deploy(HOME, KEYS, { parameters: '{ "maxAccessKeyAge": 90 }' });
      const { status } = await bench.json({ controls: [KEYS] });
      assert.equal(status, 0);
    });

    it("do not fail when they are advisory", async () => {
      const levels = { default: "advisory" };
      const { status, report } = await bench.json({ controls: [KEYS], levels });
      assert.equal(status, 0);
      assert.equal(report.summary["notDeployed"], 1);
    });
  });

  describe("regions", () => {
    it("are those of the stacks, with rules about IAM and the account in the home region only", async () => {
      for (const region of [EUROPE, HOME]) bench.aws.deploy(region, VERSIONING);
      bench.aws.deploy(HOME, "iam-user-mfa-enabled");
      const state = exported([
        stackRule(VERSIONING, { region: EUROPE, suffix: "-eu-west-1" }),
        stackRule(VERSIONING),
        stackRule("iam-user-mfa-enabled"),
      ]);
      const { status, report } = await bench.json({ controls: [VERSIONING, "iam-user-mfa-enabled"] }, {}, [
        state,
      ]);
      assert.equal(status, 0);
      assert.deepEqual(
        report.regions.map(({ region, rules = [] }) => [region, rules.map(({ name }) => name)]),
        [
          [EUROPE, [VERSIONING]],
          [HOME, ["iam-user-mfa-enabled", VERSIONING]],
        ],
      );
    });

    it("are verified all the same when one cannot be", async () => {
      violate();
      bench.aws.region(EUROPE).recorders = [];
      const { status, out, err } = await bench.run({ controls: [VERSIONING] }, { region: [EUROPE, HOME] });
      assert.equal(status, 2);
      assert.match(err, /^error: eu-west-1: AWS Config has no recorder here.*Deploy one, or leave out/);
      assert.match(out, /eu-west-1 {2}not verified/);
      assert.match(out, /2 violations, 0 exempted, 1 error/);
    });

    it("come from the environment when nothing else names one", async () => {
      bench.aws.deploy(HOME, VERSIONING);
      const { report } = await bench.json({ controls: [VERSIONING] }, { region: undefined });
      assert.deepEqual(
        report.regions.map(({ region }) => region),
        [HOME],
      );
    });

    it("are needed", async () => {
      delete process.env["AWS_REGION"];
      delete process.env["AWS_DEFAULT_REGION"];
      await assert.rejects(
        bench.json({ controls: [VERSIONING] }, { region: undefined }),
        /No region is known. Give one with "--region"/,
      );
    });
  });

  it("refuses credentials of another account than the stack's", async () => {
    bench.aws.deploy(HOME, VERSIONING);
    const state = exported([stackRule(VERSIONING, { account: "999999999999" })]);
    const { status, err } = await bench.run({ controls: [VERSIONING] }, {}, [state]);
    assert.equal(status, 2);
    assert.match(err, /belong to the account 123456789012, but the stack is in 999999999999/);
  });

  it("notes the rules of the stack that the selection does not declare", async () => {
    bench.aws.deploy(HOME, VERSIONING);
    const state = exported([stackRule(VERSIONING), stackRule(PUBLIC)]);
    const { report } = await bench.json({ controls: [VERSIONING] }, {}, [state]);
    assert.deepEqual(report.notes, [
      "us-east-1: the stack deploys 1 rule that the selection does not declare (s3-bucket-public-read-prohibited).",
    ]);
  });

  it("notes nothing of the rules of disabled controls, which are deployed all the same", async () => {
    bench.aws.deploy(HOME, VERSIONING);
    const state = exported([stackRule(VERSIONING), stackRule(PUBLIC)]);
    const levels = { controls: { [PUBLIC]: "disabled" } };
    const { status, report } = await bench.json({ controls: [VERSIONING, PUBLIC], levels }, {}, [state]);
    assert.equal(status, 0);
    assert.deepEqual(report.notes, []);
    assert.deepEqual(statesOf(report), { [VERSIONING]: "compliant" });
  });

  it("notes that changes cannot be seen without a state", async () => {
    bench.aws.deploy(HOME, VERSIONING);
    const { report } = await bench.json({ controls: [VERSIONING] });
    assert.match(report.notes.join(), /without the stack's state, changed rules cannot be told from others/);
  });
});

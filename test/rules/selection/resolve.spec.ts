import * as assert from "node:assert/strict";
import { configRules, managedRules, resolveSelection } from "../../../rules";
import type { Selection } from "../../../rules";

const TODAY = "2026-06-01";

function selectionOf(file: unknown): Selection {
  const { selection, problems } = resolveSelection(file, { today: TODAY });
  assert.deepEqual(problems, []);
  assert.ok(selection);
  return selection;
}

/** The paths of all problems, and their messages by path. */
function problemsOf(file: unknown, regions?: readonly string[]): ReadonlyMap<string, string> {
  const { problems } = resolveSelection(file, {
    today: TODAY,
    ...(regions === undefined ? {} : { regions }),
  });
  return new Map(problems.map(({ path, message }) => [path, message]));
}

const idsOf = (file: unknown): readonly string[] => selectionOf(file).controls.map(({ id }) => id);

describe("a selection", () => {
  it("takes every rule that can be deployed when it is empty", () => {
    const deployable = managedRules().filter(({ status }) => status === "listed" || status === "newer");
    assert.equal(idsOf({}).length, deployable.length);
    assert.equal(idsOf({ controls: "all" }).length, deployable.length);
  });

  it("takes listed controls by id and by name", () => {
    assert.deepEqual(idsOf({ controls: ["restricted-ssh", "RDS_MULTI_AZ_SUPPORT"] }), [
      "INCOMING_SSH_DISABLED",
      "RDS_MULTI_AZ_SUPPORT",
    ]);
  });

  it("adds listed controls to those of a framework, and leaves out the excluded", () => {
    const ids = idsOf({
      controls: ["RDS_MULTI_AZ_SUPPORT"],
      frameworks: ["cis-aws-1.2.0"],
      exclude: ["INCOMING_SSH_DISABLED"],
    });
    assert.ok(ids.includes("RDS_MULTI_AZ_SUPPORT"));
    assert.ok(ids.includes("IAM_ROOT_ACCESS_KEY_CHECK"));
    assert.ok(!ids.includes("INCOMING_SSH_DISABLED"));
  });

  it("narrows all controls by framework, service and severity together", () => {
    for (const { rule } of selectionOf({
      controls: "all",
      frameworks: ["aws-fsbp"],
      services: ["s3"],
      severities: ["high", "critical"],
    }).controls) {
      assert.equal(rule.service, "s3");
      assert.match(rule.severity, /high|critical/);
    }
  });

  it("takes parameters of the file before those of a framework, and those before defaults", () => {
    const parametersOf = (file: object): unknown =>
      selectionOf(file).controls.find(({ id }) => id === "ACCESS_KEYS_ROTATED")?.parameters;
    assert.deepEqual(parametersOf({ controls: ["ACCESS_KEYS_ROTATED"] }), { maxAccessKeyAge: "90" });
    assert.deepEqual(
      parametersOf({
        controls: ["ACCESS_KEYS_ROTATED"],
        parameters: { "access-keys-rotated": { maxAccessKeyAge: 30 } },
      }),
      {
        maxAccessKeyAge: "30",
      },
    );
  });

  it("gives a control its own level, else its service's, its severity's, the default, mandatory", () => {
    const levelsOf = (levels: object): unknown =>
      selectionOf({ controls: ["RDS_MULTI_AZ_SUPPORT"], levels }).controls.map(({ level }) => level);
    assert.deepEqual(levelsOf({}), ["mandatory"]);
    assert.deepEqual(levelsOf({ default: "disabled" }), ["disabled"]);
    assert.deepEqual(levelsOf({ default: "disabled", severity: { medium: "advisory" } }), ["advisory"]);
    assert.deepEqual(levelsOf({ service: { rds: "disabled" }, severity: { medium: "advisory" } }), [
      "disabled",
    ]);
    assert.deepEqual(
      levelsOf({ service: { rds: "disabled" }, controls: { "rds-multi-az-support": "mandatory" } }),
      ["mandatory"],
    );
  });

  it("applies an exemption up to its last day", () => {
    const exemption = {
      control: "RDS_MULTI_AZ_SUPPORT",
      resource: "**",
      reason: "Test.",
      owner: "team",
      expires: TODAY,
    };
    assert.equal(selectionOf({ exemptions: [exemption] }).exemptions.length, 1);
    const fromStack = { ...exemption, expires: "2026-05-31 00:00:00 +0000 UTC" };
    assert.equal(selectionOf({ exemptions: [fromStack] }).expired[0]?.expires, "2026-05-31");
    const { exemptions, expired } = selectionOf({ exemptions: [{ ...exemption, expires: "2026-05-31" }] });
    assert.deepEqual([exemptions.length, expired.length], [0, 1]);
  });

  it("reports all problems at once, each with its place and the nearest valid name", () => {
    const problems = problemsOf({
      control: "all",
      controls: ["S3_BUCKET_VERSIONIN_ENABLED", "XRAY_ENCRYPTION_KMS", 7],
      frameworks: ["aws-fsb"],
      packs: ["no-such-pack"],
      services: ["s4"],
      severities: ["hi"],
      strict: "yes",
      exclude: "RDS_MULTI_AZ_SUPPORT",
      parameters: {
        ACCESS_KEYS_ROTATED: { maxAccessKeyAg: 90 },
        IAM_PASSWORD_POLICY: { MinimumPasswordLength: "long" },
      },
      levels: { default: "must", controls: { RDS: "advisory" } },
      frequencies: { S3_BUCKET_VERSIONING_ENABLED: "One_Hour", ACCESS_KEYS_ROTATED: "Daily" },
      exemptions: [{ control: "RDS_MULTI_AZ_SUPPORT", resource: "**", expires: "2026-02-30" }],
    });
    assert.deepEqual([...problems.keys()].sort(), [
      "control",
      "controls[0]",
      "controls[1]",
      "controls[2]",
      "exclude",
      "exemptions[0].expires",
      "exemptions[0].owner",
      "exemptions[0].reason",
      "frameworks[0]",
      "frequencies.ACCESS_KEYS_ROTATED",
      "frequencies.S3_BUCKET_VERSIONING_ENABLED",
      "levels.controls.RDS",
      "levels.default",
      "packs[0]",
      "parameters.ACCESS_KEYS_ROTATED.maxAccessKeyAg",
      "parameters.IAM_PASSWORD_POLICY.MinimumPasswordLength",
      "services[0]",
      "severities[0]",
      "strict",
    ]);
    assert.match(problems.get("control") ?? "", /Did you mean "controls"\?/);
    assert.match(problems.get("controls[0]") ?? "", /Did you mean "S3_BUCKET_VERSIONING_ENABLED"\?/);
    assert.match(problems.get("controls[1]") ?? "", /withdrawn/);
    assert.match(problems.get("frameworks[0]") ?? "", /Did you mean "aws-fsbp"\?/);
    assert.match(
      problems.get("parameters.ACCESS_KEYS_ROTATED.maxAccessKeyAg") ?? "",
      /Did you mean "maxAccessKeyAge"\?/,
    );
  });

  for (const file of [null, "text", 7, ["a"], { controls: { a: 1 } }]) {
    it(`answers ${JSON.stringify(file)} with a selection or problems, and never throws`, () => {
      const { selection, problems } = resolveSelection(file, { today: TODAY });
      assert.equal(selection === undefined, problems.length > 0);
    });
  }

  it("treats hostile keys as unknown names", () => {
    const file: unknown = JSON.parse(
      '{"__proto__": {"controls": "all"}, "parameters": {"constructor": {"a": 1}}}',
    );
    assert.deepEqual([...problemsOf(file).keys()], ["__proto__", "parameters.constructor"]);
  });

  it("limits the parameters of a rule to 1,024 characters", () => {
    const problems = problemsOf({
      parameters: {
        S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED: { blacklistedActionPattern: "x".repeat(1024) },
      },
    });
    assert.match(problems.get("parameters.S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED") ?? "", /allows 1024/);
  });

  describe("that is deployed", () => {
    it("needs every required parameter", () => {
      const problems = problemsOf({ controls: ["S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED"] }, ["us-east-1"]);
      assert.deepEqual(
        [...problems.keys()],
        ["parameters.S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED.blacklistedActionPattern"],
      );
    });

    it("names no rule that all of its regions lack", () => {
      const problems = problemsOf({ controls: ["ACCESS_KEYS_ROTATED"] }, ["eu-central-2"]);
      assert.match(problems.get("controls[0]") ?? "", /does not exist in eu-central-2/);
    });

    it("leaves a rule out of the regions that lack it", () => {
      const named = { controls: ["ACCESS_KEYS_ROTATED"] };
      assert.deepEqual(problemsOf(named, ["us-east-1", "eu-central-2"]), new Map());
    });

    it("has no expired exemption", () => {
      const exemptions = [
        {
          control: "RDS_MULTI_AZ_SUPPORT",
          resource: "**",
          reason: "Test.",
          owner: "team",
          expires: "2020-01-01",
        },
      ];
      assert.deepEqual(
        [...problemsOf({ controls: ["RDS_MULTI_AZ_SUPPORT"], exemptions }, ["us-east-1"]).keys()],
        ["exemptions[0].expires"],
      );
    });

    it("becomes Config rules with the names of the policies, and leaves out what a region lacks", () => {
      const selection = selectionOf({
        controls: ["RDS_MULTI_AZ_SUPPORT", "ACCESS_KEYS_ROTATED"],
        frequencies: { ACCESS_KEYS_ROTATED: "Six_Hours" },
      });
      assert.deepEqual(configRules(selection, "us-east-1"), [
        {
          identifier: "ACCESS_KEYS_ROTATED",
          name: "access-keys-rotated",
          owner: "AWS",
          parameters: { maxAccessKeyAge: "90" },
          resourceTypes: [],
          frequency: "Six_Hours",
        },
        {
          identifier: "RDS_MULTI_AZ_SUPPORT",
          name: "rds-multi-az-support",
          owner: "AWS",
          parameters: {},
          resourceTypes: ["AWS::RDS::DBInstance"],
        },
      ]);
      assert.deepEqual(
        configRules(selection, "eu-central-2").map(({ identifier }) => identifier),
        ["RDS_MULTI_AZ_SUPPORT"],
      );
    });
  });
});

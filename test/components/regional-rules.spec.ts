import * as assert from "node:assert/strict";
import { regionalRules } from "../../components/regional-rules";
import { allRules, resolveSelection } from "../../rules";

const names = (region: string, homeRegion: string, controls: readonly string[]): readonly string[] => {
  const { selection, problems } = resolveSelection({ controls }, { today: "2026-01-01" });
  assert.deepEqual(problems, []);
  assert.ok(selection !== undefined);
  return regionalRules(selection, region, homeRegion).map(({ name }) => name);
};

describe("regionalRules", () => {
  const controls = [
    "iam-user-mfa-enabled",
    "iam-root-access-key-check",
    "iam-external-access-analyzer-enabled",
    "account-part-of-organizations",
    "s3-bucket-versioning-enabled",
  ];

  it("deploys every rule in the home region", () => {
    assert.deepEqual([...names("us-east-1", "us-east-1", controls)].sort(), [...controls].sort());
  });

  it("deploys rules about IAM and the account only there", () => {
    const elsewhere = ["iam-external-access-analyzer-enabled", "s3-bucket-versioning-enabled"];
    assert.deepEqual([...names("eu-west-1", "us-east-1", controls)].sort(), elsewhere);
  });

  describe("for the rule that compares what is deployed with what was declared", () => {
    const named = "config-rules-as-declared";
    const parametersFor = (given: object): Readonly<Record<string, string>> => {
      const { selection, problems } = resolveSelection(given, { today: "2026-01-01" });
      assert.deepEqual(problems, []);
      assert.ok(selection !== undefined);
      const rules = regionalRules(selection, "us-east-1", "us-east-1");
      return rules.find(({ name }) => name === named)?.parameters ?? {};
    };

    it("names the rules of the region", () => {
      assert.deepEqual(parametersFor({ controls: [named, "s3-bucket-versioning-enabled"] }), {
        expectedRules: "config-rules-as-declared,s3-bucket-versioning-enabled",
        functionRules: "config-rules-as-declared",
        ruleCount: "2",
        othersAllowed: "false",
      });
    });

    it("says which of them run a function or a policy of ours", () => {
      const guard = "dynamodb-table-key-accessible";
      const own = "sns-topic-shared-in-organization";
      assert.deepEqual(parametersFor({ controls: [guard, named, own, "s3-bucket-versioning-enabled"] }), {
        expectedRules: [named, guard, "s3-bucket-versioning-enabled", own].join(","),
        functionRules: [named, own].join(","),
        guardRules: guard,
        ruleCount: "4",
        othersAllowed: "false",
      });
    });

    it("says only how their names begin where not all have room", () => {
      const ofS3 = allRules().filter(
        ({ name, status, parameters }) =>
          name.startsWith("s3-") && status === "listed" && parameters.every(({ optional }) => optional),
      );
      const controls = [named, ...ofS3.map(({ name }) => name), "ec2-ebs-encryption-by-default"];
      assert.ok(controls.join(",").length > 900);
      assert.deepEqual(parametersFor({ controls }), {
        expectedRules: "config-*,ec2-*,s3-*",
        functionRules: "config-rules-as-declared",
        ruleCount: String(controls.length),
        othersAllowed: "false",
      });
    });

    it("takes what the selection says", () => {
      const parameters = { [named]: { expectedRules: ["acme-*"], ruleCount: 7 } };
      assert.deepEqual(parametersFor({ controls: [named], parameters }), {
        expectedRules: "acme-*",
        ruleCount: "7",
        othersAllowed: "false",
      });
    });
  });
});

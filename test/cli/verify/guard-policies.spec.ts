import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { guardPolicyOf } from "../../../rules/guard/policies";
import { generateGuardPolicies } from "../../../scripts/generate-guard-policies";
import { Bench, HOME, reasonOf, statesOf } from "./support";

const GUARD = "dynamodb-table-key-accessible";
const OTHER = "rds-instance-key-accessible";
const VERSIONING = "s3-bucket-versioning-enabled";
const DECLARED = guardPolicyOf(GUARD) ?? "";

describe("verify: policies in Guard", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
  });
  afterEach(() => bench.close());

  const deploy = (name: string, policy?: string): void => {
    const text = policy === undefined ? {} : { policy };
    bench.aws.deploy(HOME, name, { owner: "CUSTOM_POLICY", identifier: "", ...text });
  };

  it("are the text that AWS Config got of the files", () => {
    const file = join(__dirname, "../../../rules/catalog/generated/guard-policies.json");
    assert.equal(readFileSync(file, "utf8"), generateGuardPolicies(), "run `npm run generate`");
  });

  it("are asked for rule by rule, and for no other rule", async () => {
    deploy(GUARD);
    deploy(OTHER);
    bench.aws.deploy(HOME, VERSIONING);
    const { status, report } = await bench.json({ controls: [GUARD, OTHER, VERSIONING] });
    assert.equal(status, 0);
    assert.deepEqual(Object.values(statesOf(report)), ["compliant", "compliant", "compliant"]);
    assert.deepEqual(bench.aws.bodies("GetCustomRulePolicy"), [
      { ConfigRuleName: GUARD },
      { ConfigRuleName: OTHER },
    ]);
  });

  for (const [what, policy] of [
    [
      "lets everything pass",
      `rule ok when resourceType == "AWS::DynamoDB::Table" {\n  resourceId exists\n}\n`,
    ],
    ["lacks a line", DECLARED.replace(/^.*== null\n/m, "")],
    ["says another type", DECLARED.replace("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")],
    ["is empty", ""],
  ] as const) {
    it(`fail when the deployed text ${what}: the rule would judge by it`, async () => {
      assert.notEqual(policy, DECLARED);
      deploy(GUARD, policy);
      deploy(OTHER);
      const { status, report, out } = await bench.json({ controls: [GUARD, OTHER] });
      assert.equal(status, 1);
      assert.deepEqual(statesOf(report), { [GUARD]: "notDeployed", [OTHER]: "compliant" });
      assert.equal(
        reasonOf(report, GUARD),
        `its policy in Guard is not the text of "rules/guard/${GUARD}.guard"; deploy the rule again ("pulumi up --refresh"), or take the change over into that file`,
      );
      assert.ok(!out.includes("resourceId exists"));
      assert.deepEqual(bench.aws.bodies("StartConfigRulesEvaluation"), []);
    });
  }

  for (const [what, policy] of [
    ["lines that end as on Windows", DECLARED.replaceAll("\n", "\r\n")],
    ["no end of the last line", DECLARED.trimEnd()],
  ] as const) {
    it(`do not fail for ${what}`, async () => {
      deploy(GUARD, policy);
      const { status } = await bench.json({ controls: [GUARD] });
      assert.equal(status, 0);
    });
  }

  it("are not asked for when the rule is another one", async () => {
    bench.aws.deploy(HOME, GUARD, { owner: "AWS", identifier: "X" });
    const { report } = await bench.json({ controls: [GUARD] });
    assert.match(reasonOf(report, GUARD), /is another one/);
    assert.deepEqual(bench.aws.bodies("GetCustomRulePolicy"), []);
  });
});

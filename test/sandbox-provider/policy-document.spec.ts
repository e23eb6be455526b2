import * as assert from "node:assert/strict";

import { policyDocument } from "../sandbox/provider/functions/policy-document";
import { Session } from "../sandbox/provider/session";
import { readSettings } from "../sandbox/provider/settings";
import { type Properties } from "../sandbox/provider/values";

const session = new Session(readSettings({ region: "us-east-1" }, {}));

async function documentOf(args: Properties): Promise<unknown> {
  const { json } = await policyDocument(session, args);
  const document: unknown = JSON.parse(String(json));
  return document;
}

describe("getPolicyDocument", () => {
  it("writes single values alone and several ones sorted", async () => {
    const document = await documentOf({
      statements: [{ sid: "one", actions: ["s3:Put", "s3:Get"], resources: ["*"] }],
    });
    assert.deepEqual(document, {
      Version: "2012-10-17",
      Statement: [{ Sid: "one", Effect: "Allow", Action: ["s3:Get", "s3:Put"], Resource: "*" }],
    });
  });

  it("joins principals of a type and conditions of a test", async () => {
    const document = await documentOf({
      statements: [
        {
          effect: "Deny",
          principals: [
            { type: "AWS", identifiers: ["b"] },
            { type: "AWS", identifiers: ["a"] },
            { type: "Service", identifiers: ["config.amazonaws.com"] },
          ],
          conditions: [
            { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
            { test: "StringEquals", variable: "aws:SourceAccount", values: ["2", "1"] },
          ],
        },
        { principals: [{ type: "*", identifiers: ["*"] }] },
      ],
    });
    assert.deepEqual(document, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: { AWS: ["a", "b"], Service: "config.amazonaws.com" },
          Condition: {
            Bool: { "aws:SecureTransport": "false" },
            StringEquals: { "aws:SourceAccount": ["2", "1"] },
          },
        },
        { Effect: "Allow", Principal: "*" },
      ],
    });
  });

  it("puts source documents first and lets overriding documents replace statements of the same Sid", async () => {
    const text = (...statements: object[]): string => JSON.stringify({ Statement: statements });
    const document = await documentOf({
      sourcePolicyDocuments: [text({ Sid: "a", Effect: "Allow" })],
      statements: [{ sid: "b" }],
      overridePolicyDocuments: [text({ Sid: "b", Effect: "Deny" }, { Sid: "c", Effect: "Deny" })],
    });
    assert.deepEqual(document, {
      Version: "2012-10-17",
      Statement: [
        { Sid: "a", Effect: "Allow" },
        { Sid: "b", Effect: "Deny" },
        { Sid: "c", Effect: "Deny" },
      ],
    });
  });
});

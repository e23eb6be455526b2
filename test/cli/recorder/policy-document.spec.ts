import * as assert from "node:assert/strict";
import { policyDocument } from "../../../cli/recorder/policy-document";

const documentOf = (inputs: Readonly<Record<string, unknown>>): unknown =>
  JSON.parse(String(policyDocument(inputs)["json"]));

describe("policyDocument", () => {
  it("writes statements as the provider does", () => {
    const statements = [
      {
        sid: "Read",
        actions: ["s3:GetObject"],
        resources: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
        principals: [
          { type: "AWS", identifiers: ["arn:aws:iam::111111111111:root"] },
          { type: "AWS", identifiers: ["arn:aws:iam::222222222222:root"] },
          { type: "Service", identifiers: ["config.amazonaws.com"] },
        ],
        conditions: [
          { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
          { test: "StringEquals", variable: "aws:SourceAccount", values: ["1", "2"] },
        ],
      },
      {
        effect: "Deny",
        notActions: ["iam:*"],
        notResources: ["*"],
        principals: [{ type: "*", identifiers: ["*"] }],
      },
    ];
    assert.deepEqual(documentOf({ statements }), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
          Principal: {
            AWS: ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"],
            Service: "config.amazonaws.com",
          },
          Condition: {
            Bool: { "aws:SecureTransport": "true" },
            StringEquals: { "aws:SourceAccount": ["1", "2"] },
          },
        },
        { Effect: "Deny", NotAction: "iam:*", NotResource: "*", Principal: "*" },
      ],
    });
  });

  it("lets statements with an id replace those of the same id in source documents, and be replaced by overrides", () => {
    const text = (sid: string, action: string): string =>
      JSON.stringify({ Statement: { Sid: sid, Effect: "Allow", Action: action } });
    const { Statement: statements } = documentOf({
      sourcePolicyDocuments: [text("A", "source:a"), text("B", "source:b")],
      statements: [
        { sid: "A", actions: ["own:a"] },
        { sid: "C", actions: ["own:c"] },
      ],
      overridePolicyDocuments: [text("C", "override:c")],
    }) as { readonly Statement: readonly { readonly Action: string }[] };
    assert.deepEqual(
      statements.map(({ Action: action }) => action),
      ["source:b", "own:a", "override:c"],
    );
  });

  it("refuses a source that is no document", () => {
    assert.throws(() => policyDocument({ sourcePolicyDocuments: ["[]"] }), SyntaxError);
  });
});

import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  coversAction,
  coversSomeAction,
  isPublic,
  matchesWildcard,
  parseDocument,
  patternsOverlap,
} from "../../../rules";
import { mark } from "../../../rules";
import type { Statement } from "../../../rules";
import { unknown } from "../../../rules/cases/build";
import { everywhere } from "../../../rules/views/networks";

function statement(value: object): Statement {
  const document = parseDocument(JSON.stringify({ Statement: value }));
  const [first] = document.kind === "known" ? document.statements.items : [];
  assert.ok(first);
  return first;
}
const partly = (value: object): Statement => {
  const document = parseDocument({ Statement: [mark(value)] });
  const [first] = document.kind === "known" ? document.statements.items : [];
  assert.ok(first);
  return first;
};

describe("a policy document", () => {
  it("may be text or object, with one statement or a list, in any case", () => {
    for (const value of [
      '{"Statement":[{"Effect":"Deny"}]}',
      { Statement: { Effect: "Deny" } },
      { statement: [{ effect: "Deny" }] },
    ]) {
      const document = parseDocument(value);
      assert.equal(document.kind === "known" && document.statements.items[0]?.effect, "Deny");
    }
  });

  it("is absent, unknown or invalid otherwise", () => {
    assert.equal(parseDocument(undefined).kind, "absent");
    assert.equal(parseDocument("").kind, "absent");
    assert.equal(parseDocument({ Statement: mark(unknown) }).kind, "unknown");
    for (const text of ["{", "[]", "1", '"x"', '{"Version":"2012-10-17"}'])
      assert.equal(parseDocument(text).kind, "invalid", text);
  });

  it("covers actions by Action and by NotAction, without case", () => {
    assert.equal(coversAction(statement({ Action: "S3:Get*" }), "s3:getobject"), true);
    assert.equal(coversAction(statement({ Action: ["s3:Put*", "*"] }), "iam:PassRole"), true);
    assert.equal(coversAction(statement({ NotAction: "s3:*" }), "s3:GetObject"), false);
    assert.equal(coversAction(statement({ NotAction: "iam:*" }), "s3:GetObject"), true);
    assert.equal(coversAction(partly({ Action: [unknown] }), "s3:GetObject"), "unknown");
    assert.equal(coversSomeAction(statement({ Action: "s3:*Object" }), "s3:get*"), true);
    assert.equal(coversSomeAction(statement({ Action: "s3:PutObject" }), "s3:get*"), false);
  });

  const allow = { Effect: "Allow", Action: "s3:*", Resource: "*" };
  const conditions: [string, object, boolean][] = [
    ["no condition", {}, true],
    ["an organisation", { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } }, false],
    [
      "an account, whatever the case of the key",
      { StringEquals: { "AWS:SOURCEACCOUNT": "123456789012" } },
      false,
    ],
    [
      "an ARN with wildcards but a fixed account",
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:123456789012:*" } },
      true,
    ],
    ["a variable", { StringEquals: { "aws:SourceAccount": "${aws:PrincipalAccount}" } }, true],
    [
      "access points of one account",
      { StringLike: { "s3:DataAccessPointArn": "arn:aws:s3:eu-west-1:123456789012:accesspoint/*" } },
      false,
    ],
    [
      "the paths of an organisation",
      { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/*"] } },
      false,
    ],
    ["an ARN with wildcards only", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }, true],
    ["an endpoint", { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } }, false],
    ["a negated condition", { StringNotEquals: { "aws:SourceVpce": "vpce-1" } }, true],
    ["a condition that may be absent", { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } }, true],
    ["a key that narrows nothing", { StringEquals: { "s3:x-amz-acl": "private" } }, true],
    ["a network", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }, false],
    ["half of all networks", { IpAddress: { "aws:SourceIp": "0.0.0.0/1" } }, true],
    ["TLS", { Bool: { "aws:SecureTransport": "true" } }, true],
  ];
  for (const [title, condition, expected] of conditions) {
    it(`that allows everybody under ${title} is ${expected ? "" : "not "}public`, () => {
      assert.equal(isPublic(statement({ ...allow, Principal: "*", Condition: condition })), expected);
      assert.equal(
        isPublic(statement({ ...allow, Principal: { AWS: ["*"] }, Condition: condition })),
        expected,
      );
    });
  }

  it("is public by NotPrincipal, and not for a named principal or a denial", () => {
    assert.equal(isPublic(statement({ ...allow, NotPrincipal: { AWS: "arn:aws:iam::1:root" } })), true);
    assert.equal(
      isPublic(statement({ ...allow, Principal: { AWS: "arn:aws:iam::123456789012:root" } })),
      false,
    );
    assert.equal(isPublic(statement({ ...allow, Principal: { Service: "config.amazonaws.com" } })), false);
    assert.equal(isPublic(statement({ ...allow, Effect: "Deny", Principal: "*" })), false);
  });
});

describe("wildcards", () => {
  it("match any text and any character", () => {
    assert.equal(matchesWildcard("s3:Get*Tagging", "s3:GetObjectTagging"), true);
    assert.equal(matchesWildcard("s3:?et*", "s3:GetObject"), true);
    assert.equal(matchesWildcard("s3:Get", "s3:GetObject"), false);
  });

  it("overlap exactly where some text matches both", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
    const texts = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 6 });
    fc.assert(
      fc.property(letters, letters, texts, (a, b, text) => {
        if (matchesWildcard(a, text) && matchesWildcard(b, text)) assert.equal(patternsOverlap(a, b), true);
        assert.equal(patternsOverlap(a, b), patternsOverlap(b, a));
      }),
      { numRuns: 500 },
    );
    assert.equal(patternsOverlap("s3:Put*", "s3:Get*"), false);
  });
});

describe("networks", () => {
  const open = [
    ["0.0.0.0/0"],
    ["::/0"],
    ["0::/0"],
    ["0:0:0:0:0:0:0:0/0"],
    ["10.0.0.0/8", "0.0.0.0/0"],
    ["0.0.0.0/1", "128.0.0.0/1"],
    ["128.0.0.0/1", "0.0.0.0/2", "64.0.0.0/2"],
    ["::/1", "8000::/1"],
    ["1.2.3.4/0"],
  ];
  const closed = [
    [],
    ["10.0.0.0/8"],
    ["0.0.0.0/1"],
    ["0.0.0.0/1", "192.0.0.0/2"],
    ["::/1"],
    ["::1/128"],
    ["nonsense"],
    ["0.0.0.0"],
    ["0.0.0.0/33"],
  ];
  for (const networks of open)
    it(`[${networks.join(", ")}] are everywhere`, () => assert.ok(everywhere(networks).length > 0));
  for (const networks of closed)
    it(`[${networks.join(", ")}] are not everywhere`, () => assert.deepEqual(everywhere(networks), []));
});

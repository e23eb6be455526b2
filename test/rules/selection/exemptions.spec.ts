import * as assert from "node:assert/strict";
import { covers } from "../../../rules";
import type { Exemption } from "../../../rules";

const subject = {
  control: "S3_BUCKET_LOGGING_ENABLED",
  urn: "urn:pulumi:dev::site::my:web:Site$aws:s3/bucket:Bucket::website-bucket",
  path: ["site", "website-bucket"],
  key: "",
};
const exempts = (resource: string, more: Partial<Exemption> = {}): boolean =>
  covers(
    { control: subject.control, resource, reason: "r", owner: "o", expires: "2030-01-01", ...more },
    subject,
  );

describe("an exemption", () => {
  for (const pattern of [
    "website-bucket",
    "**/website-bucket",
    "site/website-bucket",
    "site/*",
    "**",
    "website-*",
    subject.urn,
    "urn:**::website-bucket",
  ]) {
    it(`matches by "${pattern}"`, () => assert.equal(exempts(pattern), true));
  }

  for (const pattern of ["bucket", "*/x", "website", "Website-bucket", "", "site/*/website-bucket"]) {
    it(`does not match by "${pattern}"`, () => assert.equal(exempts(pattern), false));
  }

  it("covers one finding when it has a key", () => {
    assert.equal(exempts("**", { key: "tcp/443 0.0.0.0/0" }), false);
    assert.equal(exempts("**", { key: "" }), true);
  });

  it("covers its own control only", () => assert.equal(exempts("**", { control: "OTHER" }), false));

  it("takes pattern characters of regular expressions as text, and time in proportion", () => {
    assert.equal(exempts("(a+)+$"), false);
    assert.equal(exempts(`${"*a".repeat(200)}b`), false);
  });
});

import * as assert from "node:assert/strict";
import { regionalRules } from "../../components/regional-rules";
import { resolveSelection } from "../../rules";

const names = (region: string, homeRegion: string, controls: readonly string[]): readonly string[] => {
  const { selection, problems } = resolveSelection({ controls }, { today: "2026-01-01" });
  assert.deepEqual(problems, []);
  assert.ok(selection !== undefined);
  return regionalRules(selection, region, homeRegion).map(({ name }) => name);
};

describe("regionalRules", () => {
  const controls = [
    "iam-user-mfa-enabled",
    "iam-root-access-key-check",
    "iam-external-access-analyzer-enabled",
    "account-part-of-organizations",
    "s3-bucket-versioning-enabled",
  ];

  it("deploys every rule in the home region", () => {
    assert.deepEqual([...names("us-east-1", "us-east-1", controls)].sort(), [...controls].sort());
  });

  it("deploys rules about IAM and the account only there", () => {
    const elsewhere = ["iam-external-access-analyzer-enabled", "s3-bucket-versioning-enabled"];
    assert.deepEqual([...names("eu-west-1", "us-east-1", controls)].sort(), elsewhere);
  });
});

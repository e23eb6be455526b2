import * as assert from "node:assert/strict";

import { UNKNOWN } from "../sandbox/provider/values";
import { checkNew } from "./support";

const ROLE = "aws:iam/role:Role";
const BUCKET = "aws:s3/bucket:Bucket";
const TRUST = '{"Statement":[],"Version":"2012-10-17"}';

describe("Check", () => {
  it("fills in region, tags, name and defaults, and says which are defaults", async () => {
    const { inputs, failures } = await checkNew("aws:kms/alias:Alias", { targetKeyId: "k" });
    assert.deepEqual(failures, []);
    assert.match(String(inputs["name"]), /^alias\/name-[0-9a-f]{7}$/);
    assert.equal(inputs["region"], "us-east-1");
    assert.deepEqual(inputs["__defaults"], ["name"]);

    const key = await checkNew("aws:kms/key:Key", {});
    assert.equal(key.inputs["isEnabled"], true);
    assert.deepEqual(key.inputs["__defaults"], ["customerMasterKeySpec", "isEnabled", "keyUsage"]);
  });

  it("keeps a region that is given, and gives none to a global type", async () => {
    assert.equal((await checkNew(BUCKET, { region: "eu-west-1" })).inputs["region"], "eu-west-1");
    assert.equal((await checkNew(ROLE, { assumeRolePolicy: TRUST })).inputs["region"], undefined);
  });

  it("merges the provider's default tags under the resource's own into tagsAll", async () => {
    const defaultTags = { team: "a", stage: "dev" };
    const { inputs } = await checkNew(BUCKET, { tags: { team: "b" } }, { defaultTags });
    assert.deepEqual(inputs["tags"], { team: "b" });
    assert.deepEqual(inputs["tagsAll"], { team: "b", stage: "dev" });
    assert.equal((await checkNew(BUCKET, { tags: { team: UNKNOWN } })).inputs["tagsAll"], UNKNOWN);
  });

  it("writes a document as text with sorted keys, and an unknown inside makes all of it unknown", async () => {
    const known = await checkNew(ROLE, { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } });
    assert.equal(known.inputs["assumeRolePolicy"], TRUST);
    const partly = await checkNew(ROLE, {
      assumeRolePolicy: { Version: "x", Statement: [{ Resource: UNKNOWN }] },
    });
    assert.equal(partly.inputs["assumeRolePolicy"], UNKNOWN);
    assert.deepEqual(partly.failures, []);
  });

  it("lists defaults at nested objects too, but not in maps", async () => {
    const { inputs } = await checkNew("aws:lambda/function:Function", {
      role: "arn:aws:iam::123456789012:role/r",
      environment: { variables: { A: "1" } },
    });
    assert.deepEqual(inputs["environment"], { variables: { A: "1" }, __defaults: [] });
  });

  it("names a required property that is missing, at every depth", async () => {
    assert.deepEqual((await checkNew(ROLE, {})).failures, [
      { property: "assumeRolePolicy", reason: '"assumeRolePolicy" is required and missing.' },
    ]);
    const { failures } = await checkNew("aws:cfg/rule:Rule", { source: { sourceIdentifier: "X" } });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["source.owner"],
    );
  });

  it("names an unexpected property with the nearest one, at every depth", async () => {
    const { failures } = await checkNew(BUCKET, { bukcet: "x", versioning: { enable: true } });
    assert.deepEqual(
      failures.map(({ reason }) => reason),
      [
        '"bukcet" is not a property; the nearest one is "bucket".',
        '"versioning.enable" is not a property; the nearest one is "enabled".',
      ],
    );
  });

  it("refuses a list, a map or an object where something else is expected", async () => {
    const { failures } = await checkNew(BUCKET, {
      acl: ["private"],
      tags: "x",
      versioning: true,
      corsRules: {},
    });
    assert.deepEqual(failures.map(({ property }) => property).sort(), [
      "acl",
      "corsRules",
      "tags",
      "versioning",
    ]);
  });

  it("lets unknowns pass in every place, and drops what is null", async () => {
    const { inputs, failures } = await checkNew(BUCKET, {
      bucket: UNKNOWN,
      versioning: UNKNOWN,
      lifecycleRules: [UNKNOWN],
      acl: null,
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(
      [inputs["bucket"], inputs["versioning"], inputs["lifecycleRules"]],
      [UNKNOWN, UNKNOWN, [UNKNOWN]],
    );
    assert.ok(!("acl" in inputs));
  });

  it("judges values as the provider does, once all of them are known", async () => {
    const days = { deletionWindowInDays: 3 };
    assert.deepEqual(
      (await checkNew("aws:kms/key:Key", days)).failures.map(({ property }) => property),
      ["deletionWindowInDays"],
    );
    assert.deepEqual((await checkNew("aws:kms/key:Key", { ...days, policy: UNKNOWN })).failures, []);
    assert.deepEqual(
      (await checkNew(BUCKET, { bucket: "Not_A_Bucket" })).failures.map(({ property }) => property),
      ["bucket"],
    );
    assert.deepEqual(
      (await checkNew(ROLE, { assumeRolePolicy: "no json" })).failures.map(({ property }) => property),
      ["assumeRolePolicy"],
    );
  });

  it("checks a type that is only previewed from the facts alone", async () => {
    const { inputs, failures } = await checkNew("aws:ec2/vpc:Vpc", { cidrBlok: "10.0.0.0/16" });
    assert.equal(inputs["region"], "us-east-1");
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["cidrBlok"],
    );
  });
});

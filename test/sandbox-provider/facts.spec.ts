import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { facts, factsOf } from "./support";

const directory = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** The names that a generated class passes to the engine, read from its compiled code. */
function compiledNames(source: string, pattern: RegExp): readonly string[] {
  return [...new Set([...source.matchAll(pattern)].map(([, name]) => name ?? ""))].sort();
}

function compiledResources(): readonly { readonly token: string; readonly source: string }[] {
  return fs
    .readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "types")
    .flatMap(({ name }) =>
      fs
        .readdirSync(path.join(directory, name))
        .filter((file) => file.endsWith(".js"))
        .map((file) => fs.readFileSync(path.join(directory, name, file), "utf8")),
    )
    .flatMap((source) => {
      const token = /static __pulumiType = '(aws:[^']+)'/.exec(source)?.[1];
      return token === undefined || !source.includes("extends pulumi.CustomResource")
        ? []
        : [{ token, source }];
    });
}

describe("facts of resource types", () => {
  it("agree with the compiled class on inputs, required and computed properties, for every type", () => {
    const resources = compiledResources();
    assert.ok(resources.length > 1500, `only ${resources.length} types were found`);
    for (const { token, source } of resources) {
      const { inputs, computed } = factsOf(token);
      const required = [...inputs].filter(([, fact]) => fact.isRequired).map(([name]) => name);
      assert.deepEqual(
        {
          inputs: [...inputs.keys()].sort(),
          required: required.sort(),
          computed: [...computed].sort(),
        },
        {
          inputs: compiledNames(source, /resourceInputs\["(\w+)"\] = [^;]*args\?\./g),
          required: compiledNames(source, /Missing required property '(\w+)'/g),
          computed: compiledNames(source, /resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g),
        },
        token,
      );
    }
  });

  it("tell lists, maps, nested objects and documents apart", () => {
    const { inputs } = factsOf("aws:s3/bucket:Bucket");
    assert.deepEqual(inputs.get("tags")?.shape, { kind: "map" });
    assert.deepEqual(inputs.get("policy")?.shape, { kind: "document" });
    assert.deepEqual(inputs.get("versioning")?.shape, { kind: "object", reference: "s3.BucketVersioning" });
    assert.deepEqual(inputs.get("lifecycleRules")?.shape, {
      kind: "list",
      of: { kind: "object", reference: "s3.BucketLifecycleRule" },
    });
    assert.deepEqual(inputs.get("bucket")?.shape, { kind: "scalar" });
  });

  it("hold the members of nested objects and which of them AWS always sets", () => {
    const group = facts.nested("cfg.RecorderRecordingGroup");
    assert.equal(group?.get("recordingStrategies")?.isAlwaysSet, true);
    assert.equal(group.get("resourceTypes")?.isAlwaysSet, false);
    assert.equal(facts.nested("cfg.RuleSource")?.get("owner")?.isRequired, true);
    assert.equal(facts.nested("cfg.NoSuchObject"), undefined);
  });

  it("take from the documentation which changes need a new resource", () => {
    assert.equal(factsOf("aws:cfg/recorder:Recorder").inputs.get("name")?.forcesNew, true);
    assert.equal(factsOf("aws:cfg/recorder:Recorder").inputs.get("roleArn")?.forcesNew, false);
  });

  it("do not exist for tokens that the package does not have", () => {
    for (const token of [
      "aws:s3/bucket:Bukcet",
      "aws:nosuch/thing:Thing",
      "gcp:storage/bucket:Bucket",
      "aws:x",
      "",
    ]) {
      assert.equal(facts.type(token), undefined, token);
    }
  });
});

import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { managedRules } from "../../../rules";
import { customControls } from "../../../rules/custom/registered";
import { resourceTypeProblems } from "../../../rules/custom/resource-types";
import { guardControls } from "../../../rules/guard";
import { samples } from "../../../rules/samples";
import { generateConfigTypes } from "../../../scripts/generate-config-types";

/** The problems of a control with these types, a line each. */
const problems = (resourceTypes: readonly string[], newResourceTypes?: readonly string[]): string =>
  resourceTypeProblems({ resourceTypes, ...(newResourceTypes === undefined ? {} : { newResourceTypes }) })
    .map(([place, message]) => `${place}: ${message}`)
    .join("\n");

describe("the resource types of a custom control", () => {
  it("are compared with a list that is generated", () => {
    const file = join(__dirname, "../../../rules/catalog/generated/config-types.json");
    assert.equal(readFileSync(file, "utf8"), generateConfigTypes(), "run `npm run generate`");
  });

  it("are known where they are recorded, evaluated by a rule of AWS, shown as a sample, or the account", () => {
    const named = [
      ...customControls.map(({ control }) => control),
      ...guardControls,
      ...managedRules(),
      { resourceTypes: samples().map(({ configType }) => configType) },
      { resourceTypes: ["AWS::::Account", "AWS::EC2::VPNConnection"] },
    ];
    assert.deepEqual(
      named.flatMap((control) => resourceTypeProblems(control)),
      [],
    );
  });

  for (const [given, meant] of [
    ["AWS::S3::Buckets", "AWS::S3::Bucket"],
    ["AWS::S3::bucket", "AWS::S3::Bucket"],
    ["AWS::IAM::Roles", "AWS::IAM::Role"],
    ["AWS::Elasticsearch::Domains", "AWS::Elasticsearch::Domain"],
  ] as const) {
    it(`are refused when one is ${given}, with ${meant}`, () => {
      assert.equal(
        problems(["AWS::EC2::Volume", given]),
        `resourceTypes[1]: AWS Config knows no resource type "${given}", as far as this version can tell. Did you mean "${meant}"? If AWS has added it since, name it in "newResourceTypes" too.`,
      );
    });
  }

  it("are refused without a guess when nothing is near", () =>
    assert.match(
      problems(["AWS::Quantum::EntanglementBrokerageAgreement"]),
      /can tell\. If AWS has added it/,
    ));

  it("may be new where the control says so", () => {
    assert.equal(problems(["AWS::S3::Buckets"], ["AWS::S3::Buckets"]), "");
    // A later version knows it, and the package works on.
    assert.equal(problems(["AWS::S3::Bucket"], ["AWS::S3::Bucket"]), "");
  });

  it("are not new when the control has no such type", () =>
    assert.equal(
      problems(["AWS::S3::Bucket"], ["AWS::S3::Vector"]),
      'newResourceTypes[0]: "AWS::S3::Vector" is not among "resourceTypes". Add it there, or remove it.',
    ));
});

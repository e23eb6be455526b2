import * as assert from "node:assert/strict";
import { metadataOf } from "../../policypack/metadata";
import { createPack } from "../../policypack/pack";
import { preventedControls } from "../../policypack/prevented";

const controls = preventedControls();

describe("the fields of a policy", () => {
  it("tell how to mend a violation", () => {
    const told = createPack().args.policies.filter(({ remediationSteps }) => remediationSteps !== undefined);
    assert.ok(told.length > 0);
    for (const { remediationSteps } of told) assert.match(remediationSteps ?? "", /^[^a-z].*\.$/s);
  });

  it("has a policy for every control that is prevented, by the name of its rule, and one for the exemptions", () => {
    const names = createPack().args.policies.map(({ name }) => name);
    assert.deepEqual(names, [...controls.map(({ rule }) => rule.name), "compliance-exemptions"]);
    assert.equal(new Set(names).size, names.length);
  });

  it("makes a resource policy of what one resource decides, and a stack policy of everything else", () => {
    const kinds = new Map(
      createPack().args.policies.map((policy) => [
        policy.name,
        "validateStack" in policy ? "stack" : "resource",
      ]),
    );
    for (const { rule, policy } of controls)
      assert.equal(kinds.get(rule.name), policy.decision === "resource" ? "resource" : "stack", rule.name);
  });

  it("marks a policy of one type with it, so that the SDK skips it for others", () => {
    const marked = createPack().args.policies.filter(
      (policy) =>
        ("validateResource" in policy && Reflect.has(policy.validateResource ?? {}, "__pulumiType")) ||
        ("validateStack" in policy && Reflect.has(policy.validateStack, "__pulumiType")),
    );
    const single = controls.filter(({ types }) => types.size === 1);
    assert.deepEqual(
      marked.map(({ name }) => name),
      single.map(({ rule }) => rule.name),
    );
  });

  for (const control of controls) {
    const { rule, policy } = control;
    it(`tells everything about ${rule.name}`, () => {
      const metadata = metadataOf(control);
      assert.equal(metadata.description, policy.title);
      assert.equal(metadata.severity, rule.severity);
      assert.match(metadata.url ?? "", /^https:\/\/docs\.aws\.amazon\.com\/config\//);
      assert.ok(metadata.framework !== undefined && metadata.framework.reference !== "");
      assert.ok((metadata.tags ?? []).length <= 45);
      assert.deepEqual(Object.keys(metadata.configSchema?.properties ?? {}), [
        ...rule.parameters.map(({ name }) => name),
        "exemptions",
        "onUnknown",
        "strict",
      ]);
      assert.equal(metadata.configSchema?.required, undefined);
    });
  }
});

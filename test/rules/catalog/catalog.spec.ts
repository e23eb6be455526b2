import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  conformancePacks,
  findRule,
  frameworks,
  isAvailableIn,
  isWithdrawn,
  managedRules,
  requirementsOf,
  ruleUrl,
} from "../../../rules";
import { idOf } from "../../../rules/custom/control";
import { customControls } from "../../../rules/custom/registered";
import { generateCatalog } from "../../../scripts/generate-catalog";
import { generateResourceTypes } from "../../../scripts/generate-resource-types";

const generated = join(__dirname, "..", "..", "..", "rules", "catalog", "generated");

describe("the catalogue", () => {
  it("is what the generator makes of the originals", () => {
    const files = { ...generateCatalog(), "resource-types.ts": generateResourceTypes() };
    for (const [name, content] of Object.entries(files)) {
      assert.equal(
        readFileSync(join(generated, name), "utf8"),
        content,
        `${name} has drifted: run "npm run generate"`,
      );
    }
  });

  it("holds the rules, packs and frameworks of its sources", () => {
    assert.equal(managedRules().length, 830);
    assert.equal(conformancePacks().length, 122);
    assert.equal(frameworks().length, 73);
  });

  it("has a unique identifier, a unique kebab-case name and a severity for each rule", () => {
    assert.equal(new Set(managedRules().map((rule) => rule.identifier)).size, 830);
    assert.equal(new Set(managedRules().map((rule) => rule.name)).size, 830);
    for (const rule of managedRules()) {
      assert.match(rule.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.match(rule.severity, /^(low|medium|high|critical)$/);
    }
  });

  it("names only rules that exist in packs and frameworks", () => {
    for (const { pack, rules } of conformancePacks()) {
      for (const [rule] of rules) assert.ok(findRule(rule), `${pack}: ${rule}`);
    }
    for (const { id, controls } of frameworks()) {
      for (const [requirement, rules] of controls) {
        for (const rule of rules) assert.ok(findRule(rule), `${id} ${requirement}: ${rule}`);
      }
    }
  });

  it("finds a rule by identifier and by name, also where the name is not the identifier", () => {
    assert.equal(findRule("INCOMING_SSH_DISABLED")?.name, "restricted-ssh");
    assert.equal(findRule("restricted-ssh")?.identifier, "INCOMING_SSH_DISABLED");
    assert.equal(findRule("__proto__"), undefined);
  });

  it("knows withdrawn drafts", () => {
    assert.equal(isWithdrawn("XRAY_ENCRYPTION_KMS"), true);
    assert.equal(isWithdrawn("S3_BUCKET_VERSIONING_ENABLED"), false);
  });

  it("knows where a rule exists", () => {
    const rule = managedRules().find((one) => one.identifier === "ACCESS_KEYS_ROTATED");
    assert.ok(rule);
    assert.equal(isAvailableIn(rule, "us-east-1"), true);
    assert.equal(isAvailableIn(rule, "eu-central-2"), false);
  });

  it("maps a rule to requirements of frameworks", () => {
    assert.ok(
      requirementsOf("S3_BUCKET_SSL_REQUESTS_ONLY").some(
        ([id, number]) => id === "aws-fsbp" && number === "S3.5",
      ),
    );
  });

  it("maps custom controls to requirements that exist, each once", () => {
    const known = new Map(
      frameworks().map(({ id, controls }) => [id, new Set(controls.map(([number]) => number))]),
    );
    const named = customControls.flatMap(({ control }) => requirementsOf(idOf(control)));
    assert.ok(named.length > 0);
    for (const [framework, number] of named)
      assert.ok(known.get(framework)?.has(number), `${framework}:${number}`);
    for (const { control } of customControls) {
      const own = control.requirements ?? [];
      assert.deepEqual([...new Set(own)], own, control.name);
    }
  });

  it("links each rule to a page of AWS's guide", () => {
    for (const rule of managedRules())
      assert.match(ruleUrl(rule), /^https:\/\/docs\.aws\.amazon\.com\/config\/.+\.html$/);
  });
});

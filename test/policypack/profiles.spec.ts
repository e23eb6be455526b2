import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import type { ValidateFunction } from "ajv";
import { configSchemaOf } from "../../policypack/config-schema";
import { preventedControls } from "../../policypack/prevented";
import type { PreventedControl } from "../../policypack/prevented";
import { generatePack } from "../../scripts/generate-pack";

const root = path.join(__dirname, "..", "..");
const profiles = ["baseline", "aws-fsbp", "cis", "pci-dss", "nist-800-53", "hipaa", "strict"];
const controls = preventedControls();
const byName = new Map(controls.map((control) => [control.rule.name, control]));

const generated = generatePack();
const profile = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(generated[`policypack/profiles/${name}.json`] ?? "{}") as Readonly<Record<string, unknown>>;

const ajv = new Ajv({ strict: false });
const validators = new Map<string, ValidateFunction>();

/** Compiling a schema takes longer than using it. */
function validatorOf(control: PreventedControl): ValidateFunction {
  const existing = validators.get(control.rule.name);
  if (existing !== undefined) return existing;
  const compiled = ajv.compile({ type: "object", ...configSchemaOf(control) });
  validators.set(control.rule.name, compiled);
  return compiled;
}

describe("the shipped profiles", () => {
  it("and the remediation texts are what `npm run generate` writes", () => {
    const stale = Object.entries(generated)
      .filter(([file, content]) => fs.readFileSync(path.join(root, file), "utf8") !== content)
      .map(([file]) => file);
    assert.deepEqual(stale, []);
  });

  it("are those that the documentation names", () => {
    const files = fs
      .readdirSync(path.join(root, "policypack", "profiles"))
      .filter((file) => file.endsWith(".json"));
    assert.deepEqual(files.sort(), profiles.map((name) => `${name}.json`).sort());
  });

  for (const name of profiles) {
    it(`${name} has an entry for every policy, which the policy's schema allows`, () => {
      const entries = Object.entries(profile(name));
      assert.deepEqual(entries.map(([key]) => key).sort(), [...byName.keys()].sort());
      for (const [key, entry] of entries) {
        const control = byName.get(key);
        assert.ok(control);
        if (entry === "disabled") continue;
        const { enforcementLevel, ...properties } = entry as Record<string, unknown>;
        assert.ok(enforcementLevel === "mandatory" || enforcementLevel === "advisory", key);
        const validate = validatorOf(control);
        assert.ok(validate(properties), `${key}: ${ajv.errorsText(validate.errors)}`);
        // An entry that left something out would let the pack's own default show through.
        const complete = [
          ...control.rule.parameters.map((parameter) => parameter.name),
          "strict",
          "exemptions",
        ];
        assert.deepEqual(Object.keys(properties).sort(), complete.sort(), key);
      }
    });

    it(`${name} enables some policies`, () => {
      assert.ok(Object.values(profile(name)).some((entry) => entry !== "disabled"));
    });
  }
});

import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { fixture, jsonFile } from "../engine/fixtures";
import { publishPack, unpackPack } from "../engine/publish";
import { Stack, succeeded } from "../engine/stack";
import { textOf } from "../json";
import type { Scenario } from "../scenario";
import { of, VERSIONING } from "./guarded";

/** `pulumi policy publish`, and what arrives. */
export const publishing: readonly Scenario[] = [
  {
    title: "the pack's folder alone is published, and what arrives finds what the source finds",
    run: async (sandbox, say) => {
      const published = await publishPack(sandbox, path.join(sandbox.checkout, "policypack"));
      const policies = published.policies.map(({ name }) => textOf(name));
      assert.ok(policies.includes(VERSIONING));
      assert.match(published.versionTag, /^\d+\.\d+\.\d+/);
      say(`${policies.length} policies, ${Math.round(published.archive.length / 1024)} KiB`);
      const pack = await unpackPack(sandbox, published);
      assert.ok(fs.existsSync(path.join(pack, "PulumiPolicy.yaml")));
      assert.ok(!fs.readdirSync(pack).some((file) => file.endsWith(".ts")));
      const config = { versioning: "None" };
      const stack = await Stack.create(sandbox.engine, fixture(sandbox, "buckets"), "published", config);
      const findings = async (from: string): Promise<readonly string[]> => {
        const judged = await stack.preview({ packs: [from] });
        return judged.violations.map((violation) => JSON.stringify(violation)).sort();
      };
      const source = await findings(path.join(sandbox.checkout, "policypack"));
      assert.ok(source.some((finding) => finding.includes(VERSIONING)));
      assert.deepEqual(await findings(pack), source);
      say(`${source.length} findings, the same as those of the source`);
      const only = jsonFile(sandbox, "published.json", { all: "disabled", [VERSIONING]: "mandatory" });
      const stopped = await stack.preview({ packs: [pack], packConfigs: [only] });
      assert.notEqual(stopped.status, 0);
      assert.equal(of(VERSIONING, stopped).length, 1);
      const listed = succeeded(
        await stack.preview({
          packs: [pack],
          packConfigs: [jsonFile(sandbox, "off.json", { all: "disabled" })],
        }),
      );
      assert.deepEqual(listed.violations, []);
    },
  },
  {
    title: "the pack as one executable file stops a violating change, from a folder where nothing else is",
    run: async (sandbox) => {
      const pack = path.join(fs.mkdtempSync(path.join(sandbox.work, "executable-")), "pack.cjs");
      fs.copyFileSync(path.join(sandbox.checkout, "dist", "compliance-policy-pack.cjs"), pack);
      const only = jsonFile(sandbox, "executable.json", { all: "disabled", [VERSIONING]: "mandatory" });
      const options = { packs: [pack], packConfigs: [only] };
      const program = fixture(sandbox, "buckets");
      const stack = await Stack.create(sandbox.engine, program, "executable", { versioning: "None" });
      const stopped = await stack.preview(options);
      assert.notEqual(stopped.status, 0);
      const [violation, ...others] = of(VERSIONING, stopped);
      assert.deepEqual(others, []);
      assert.equal(violation?.level, "mandatory");
      stack.configure({ versioning: "Enabled" });
      succeeded(await stack.up(options));
      fs.chmodSync(pack, 0o644);
      const refused = await stack.preview(options);
      assert.notEqual(refused.status, 0);
      assert.match(`${refused.stdout}${refused.stderr}`, /permission denied/);
      succeeded(await stack.destroy());
    },
  },
];

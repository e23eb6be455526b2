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
    title: "the pack's folder alone is published, and what arrives stops a violating change",
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
];

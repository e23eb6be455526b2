import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policyConfig } from "../../../cli/commands/policy-config";
import { UsageError } from "../../../cli/errors";
import { allControls } from "../../../rules";
import { run } from "./support";

const TODAY = "2026-01-01";

describe("compliance policy-config", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "policy-config-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function configOf(selection: string): Promise<Readonly<Record<string, unknown>>> {
    const path = join(folder, "selection.yaml");
    writeFileSync(path, selection);
    const { status, out } = await run((io) => policyConfig({ selection: path, today: TODAY }, io));
    assert.equal(status, 0);
    return JSON.parse(out) as Readonly<Record<string, unknown>>;
  }

  it("has an entry for each policy of the pack, and disables what is not selected", async () => {
    const config = await configOf("controls: [RDS_MULTI_AZ_SUPPORT]\n");
    const names = allControls().flatMap(({ rule, policy }) => (policy === undefined ? [] : [rule.name]));
    assert.deepEqual(Object.keys(config), [...names].sort());
    const disabled = Object.entries(config).filter(([, entry]) => entry === "disabled");
    assert.equal(disabled.length, names.length - 1);
  });

  it("carries level and exemptions, the control left out", async () => {
    const config = await configOf(`
controls: [RDS_MULTI_AZ_SUPPORT]
levels: { default: advisory }
exemptions:
  - control: RDS_MULTI_AZ_SUPPORT
    resource: "**/reports"
    reason: Can be restored within a day.
    owner: data-team
    expires: 2026-12-31
`);
    const entry = config["rds-multi-az-support"] as Readonly<Record<string, unknown>>;
    assert.equal(entry["enforcementLevel"], "advisory");
    assert.deepEqual(entry["exemptions"], [
      {
        resource: "**/reports",
        reason: "Can be restored within a day.",
        owner: "data-team",
        expires: "2026-12-31",
      },
    ]);
  });

  it("takes the default selection of the project without a file", async () => {
    const { out } = await run((io) => policyConfig({ today: TODAY }, io));
    const entries = Object.values(JSON.parse(out) as Readonly<Record<string, unknown>>);
    assert.ok(entries.some((entry) => entry !== "disabled"));
  });

  it("writes to a file", async () => {
    const output = join(folder, "config.json");
    const printed = await run((io) => policyConfig({ today: TODAY }, io));
    const written = await run((io) => policyConfig({ today: TODAY, output }, io));
    assert.equal(written.out, "");
    assert.equal(readFileSync(output, "utf8"), printed.out);
  });

  it("names every problem of a selection with its place", async () => {
    const wrong = "controls: [RDS_MULTI_AZ_SUPORT]\nlevels: { default: strict }\n";
    await assert.rejects(
      () => configOf(wrong),
      (error) =>
        error instanceof UsageError &&
        error.message.includes('Did you mean "RDS_MULTI_AZ_SUPPORT"') &&
        error.message.includes("levels.default"),
    );
  });
});

import * as assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyWithoutSecrets, type CopiedStack } from "../../../cli/deliver/without-secrets";
import { stackPlace } from "../../../cli/deliver/stack";
import { parseYaml } from "../../../cli/selection-file";
import { GOOD, Place, previewIn, STACK, state, step, summary, written } from "./support";

const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:hidden",
};
const OPEN = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: '"[secret]"',
};
const SETTINGS = `
secretsprovider: awskms:///arn:aws:kms:us-east-1:111122223333:key/1?region=us-east-1
encryptedkey: hidden
config:
  aws:region: eu-central-1
  shop:token: { secure: hidden }
  shop:nested: { list: [{ secure: hidden }, plain], secure: open, other: 1 }
`;

/** A copy of the stack `dev` and what is in its files. */
function copied(settings: string | undefined, exported: unknown): { copy: CopiedStack; read: () => Copy } {
  const place = new Place();
  if (settings !== undefined) writeFileSync(place.path("Pulumi.dev.yaml"), settings);
  const copy = copyWithoutSecrets(stackPlace("dev", place.root), exported);
  const folder = (copy.env["PULUMI_BACKEND_URL"] ?? "").replace("file://", "");
  const file = (name: string): string => readFileSync(join(folder, name), "utf8");
  return {
    copy,
    read: () => ({
      folder,
      meta: file(".pulumi/meta.yaml"),
      checkpoint: JSON.parse(file(".pulumi/stacks/shop/dev.json")),
      settings: parseYaml(readFileSync(copy.flags[1] ?? "", "utf8"), "settings"),
    }),
  };
}

interface Copy {
  readonly folder: string;
  readonly meta: string;
  readonly checkpoint: unknown;
  readonly settings: unknown;
}

describe("A copy of a stack without its secrets", () => {
  it("has a placeholder for each secret of state and settings, and everything else as it was", () => {
    const deployment = {
      manifest: { time: "2026" },
      secrets_providers: { type: "cloud", state: { encryptedkey: "hidden" } },
      resources: [{ urn: STACK, outputs: { a: SECRET, b: [{ c: SECRET }], d: "plain" } }],
      pending_operations: [{ resource: { urn: STACK, inputs: { a: SECRET } }, type: "creating" }],
    };
    const { copy, read } = copied(SETTINGS, { version: 3, deployment });
    const { meta, checkpoint, settings } = read();
    assert.equal(meta, "version: 1\n");
    assert.deepEqual(checkpoint, {
      version: 3,
      checkpoint: {
        stack: "organization/shop/dev",
        latest: {
          manifest: { time: "2026" },
          resources: [{ urn: STACK, outputs: { a: OPEN, b: [{ c: OPEN }], d: "plain" } }],
          pending_operations: [{ resource: { urn: STACK, inputs: { a: OPEN } }, type: "creating" }],
        },
      },
    });
    assert.deepEqual(settings, {
      config: {
        "aws:region": "eu-central-1",
        "shop:token": "[secret]",
        "shop:nested": { list: ["[secret]", "plain"], secure: "open", other: 1 },
      },
    });
    copy.remove();
    assert.throws(read, { code: "ENOENT" });
  });

  it("is of a stack that has no state or no settings too", () => {
    for (const exported of [{ version: 3 }, { version: 3, deployment: null }]) {
      const { copy, read } = copied("", exported);
      assert.deepEqual(read().checkpoint, { version: 3, checkpoint: { stack: "organization/shop/dev" } });
      assert.deepEqual(read().settings, {});
      copy.remove();
    }
  });

  it("says which settings it leaves out", () => {
    const { copy, read } = copied("environment: [production]\nconfig: {}\n", state());
    assert.deepEqual(copy.missing, ["environment"]);
    assert.deepEqual(read().settings, { config: {} });
    copy.remove();
  });

  it("refuses settings that are no map, and leaves nothing", () => {
    const place = new Place();
    writeFileSync(place.path("Pulumi.dev.yaml"), "- config\n");
    assert.throws(() => copyWithoutSecrets(stackPlace("dev", place.root), state()), {
      message: /The settings of a stack are a map/,
    });
  });
});

describe("compliance deliver preview --no-secrets", () => {
  it("previews the copy, keeps findings that nobody can deploy, and removes the copy", async () => {
    const place = new Place();
    assert.equal(await previewIn(place, { secrets: false }), 0);
    assert.ok(!written(place).some((name) => name === "plan.json" || name === "manifest.json"));
    assert.ok(written(place).includes("findings.md"));
    const [call = ""] = place.callsOf("preview");
    const config = /^preview --config-file (\S+) --stack organization\/shop\/dev /.exec(call)?.[1] ?? "";
    assert.match(config, /compliance-preview-/);
    assert.ok(!existsSync(config));
    assert.match(place.out, /findings only, for it did without the stack's secrets/);
  });

  it("removes the copy when the preview fails as well", async () => {
    const events = [step("same", STACK), summary()];
    const place = new Place({ ...GOOD, preview: { status: 255, events } });
    assert.equal(await previewIn(place, { secrets: false }), 2);
    const [call = ""] = place.callsOf("preview");
    assert.ok(!existsSync(/--config-file (\S+)/.exec(call)?.[1] ?? ""));
  });
});

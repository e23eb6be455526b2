import * as assert from "node:assert/strict";
import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyWithoutSecrets, type CopiedStack } from "../../../cli/deliver/without-secrets";
import { stackPlace } from "../../../cli/deliver/stack";
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
  shop:cookies: { secure: true }
  shop:octal: 010
  shop:large: 12345678901234567890
  shop:day: 2026-11-30
  "shop:quoted": "010"
`;

/** What a value of `secure` holds, by the way in which the CLI's documentation says that it is encrypted. */
function opened(secure: string, phrase: string, salt: string): string {
  const key = pbkdf2Sync(phrase, Buffer.from(salt.split(":")[1] ?? "", "base64"), 1_000_000, 32, "sha256");
  const [version, nonce = "", text = ""] = secure.split(":");
  assert.equal(version, "v1");
  const sealed = Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
}

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
      text: readFileSync(copy.flags[1] ?? "", "utf8"),
    }),
  };
}

interface Copy {
  readonly folder: string;
  readonly meta: string;
  readonly checkpoint: unknown;
  readonly text: string;
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
    const { meta, checkpoint, text } = read();
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
    const salt = /^encryptionsalt: (v1:.*)$/m.exec(text)?.[1] ?? "";
    const phrase = copy.env["PULUMI_CONFIG_PASSPHRASE"] ?? "";
    assert.equal(opened(salt.split(":").slice(2).join(":"), phrase, salt), "pulumi");
    const secrets = [...text.matchAll(/secure: (v1:[^ }]+)/g)].map(([, secret = ""]) => secret);
    assert.deepEqual(
      secrets.map((secret) => opened(secret, phrase, salt)),
      ["[secret]", "[secret]"],
    );
    assert.equal(
      text.replace(salt, "SALT").replaceAll(/v1:[^ }]+/g, "SECRET"),
      [
        "config:",
        "  aws:region: eu-central-1",
        "  shop:token: { secure: SECRET }",
        "  shop:nested: { list: [ { secure: SECRET }, plain ], secure: open, other: 1 }",
        "  shop:cookies: { secure: true }",
        "  shop:octal: 010",
        "  shop:large: 12345678901234567890",
        "  shop:day: 2026-11-30",
        '  "shop:quoted": "010"',
        "encryptionsalt: SALT",
        "",
      ].join("\n"),
    );
    copy.remove();
    assert.throws(read, { code: "ENOENT" });
  });

  it("is of a stack that has no state or no settings too", () => {
    for (const exported of [{ version: 3 }, { version: 3, deployment: null }]) {
      const { copy, read } = copied("", exported);
      assert.deepEqual(read().checkpoint, { version: 3, checkpoint: { stack: "organization/shop/dev" } });
      assert.match(read().text, /^encryptionsalt: v1:\S+\n$/);
      copy.remove();
    }
  });

  it("has no environment, which a backend of its own does not know", () => {
    const { copy, read } = copied("environment: [production]\nconfig: {}\n", state());
    assert.match(read().text, /^config: \{\}\nencryptionsalt: .*\n$/);
    copy.remove();
  });

  it("refuses settings that are no map, and says where", () => {
    const place = new Place();
    writeFileSync(place.path("Pulumi.dev.yaml"), "- config\n");
    assert.throws(() => copyWithoutSecrets(stackPlace("dev", place.root), state()), {
      message: /The settings of a stack are a map/,
    });
  });

  it("leaves nothing where it cannot be written", () => {
    const place = new Place();
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = place.path("no-such-folder");
    try {
      assert.throws(() => copyWithoutSecrets(stackPlace("dev", place.root), state()), {
        message: /The copy without secrets cannot be written/,
      });
      assert.ok(!existsSync(place.path("no-such-folder")));
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
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
    const report = readFileSync(place.path("out/findings.md"), "utf8");
    assert.match(report, /did without the secrets of the stack/);
    assert.match(readFileSync(place.path("out/summary.txt"), "utf8"), /without its secrets/);
  });

  it("removes the copy when the preview fails as well", async () => {
    const events = [step("same", STACK), summary()];
    const place = new Place({ ...GOOD, preview: { status: 255, events } });
    assert.equal(await previewIn(place, { secrets: false }), 2);
    const [call = ""] = place.callsOf("preview");
    assert.ok(!existsSync(/--config-file (\S+)/.exec(call)?.[1] ?? ""));
  });
});

import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { answerOf, analyzeRequest, configureRequest } from "../support/analyzer";
import { PackProcess, builtPack } from "../support/pack-process";

/** `npm pack` inside a folder, as the CLI runs it to publish a pack. */
function packedFiles(folder: string): readonly string[] {
  const listing = execFileSync("npm", ["pack", "--dry-run", "--json", "--offline"], {
    cwd: folder,
    encoding: "utf8",
  });
  const [{ files }] = JSON.parse(listing) as [{ files: readonly { path: string }[] }];
  return files.map((file) => file.path).sort();
}

describe("the pack as it is published", () => {
  let folder = "";
  let pack: PackProcess;

  before(async () => {
    folder = builtPack();
    pack = await PackProcess.start(folder);
  });

  after(async () => {
    await pack.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it("holds its manifests and the compiled code, and nothing that npm runs", () => {
    assert.deepEqual(packedFiles(folder), [
      "PulumiPolicy.yaml",
      "bin/index.js",
      "bin/info.pb",
      "package.json",
    ]);
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as Record<
      string,
      unknown
    >;
    assert.equal(manifest["scripts"], undefined);
    assert.equal(manifest["main"], "bin/index.js");
  });

  it("carries neither a compiler nor the rest of the Pulumi SDK", () => {
    const bundle = fs.readFileSync(path.join(folder, "bin", "index.js"), "utf8");
    const modules = [...bundle.matchAll(/^\/\/ .*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\/(.*)$/gm)];
    const packages = new Set(modules.map(([, name]) => name));
    for (const name of ["typescript", "ts-node", "@pulumi/aws"]) assert.ok(!packages.has(name), name);
    const pulumi = modules.filter(([, name]) => name === "@pulumi/pulumi").map(([, , file]) => file ?? "");
    const others = pulumi.filter((file) => !/^(proto|asset)\//.test(file));
    // What an asset needs of its surroundings.
    assert.ok(others.length < 5, others.join(", "));
  });

  it("tells by the stored answer exactly what the SDK tells", async () => {
    const plain = fs.mkdtempSync(`${folder}-plain-`);
    fs.cpSync(folder, plain, { recursive: true });
    fs.rmSync(path.join(plain, "bin", "info.pb"));
    const bySdk = await PackProcess.start(plain);
    try {
      const [stored, told] = [await pack.info(), await bySdk.info()];
      assert.ok(stored.getPoliciesList().length > 1);
      assert.deepEqual(stored.toObject(), told.toObject());
      assert.deepEqual(Buffer.from(stored.serializeBinary()), Buffer.from(told.serializeBinary()));
    } finally {
      await bySdk.stop();
      fs.rmSync(plain, { recursive: true });
    }
  });

  it("judges by the default selection without a configuration", async () => {
    const type = "aws:rds/instance:Instance";
    const urn = `urn:pulumi:dev::case::${type}::db`;
    await pack.configure(configureRequest({}));
    const { lines } = answerOf(await pack.analyze(analyzeRequest({ urn, type, inputs: { multiAz: false } })));
    assert.ok(lines.some(({ policy, level }) => policy === "rds-multi-az-support" && level === "mandatory"));
  });

  it("starts by the command of the engine and writes nothing but the port", async () => {
    const command = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const started = await PackProcess.start(folder, [command, "127.0.0.1:0", folder]);
    const type = "aws:ebs/volume:Volume";
    await started.analyze(analyzeRequest({ urn: `urn:pulumi:dev::case::${type}::v`, type, inputs: {} }));
    await started.stop();
    assert.match(started.output.stdout, /^\d+\n$/);
    assert.equal(started.output.stderr, "");
  });
});

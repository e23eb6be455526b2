// Builds policypack/bin: one file of JavaScript, and the SDK's answer to what the pack holds, serialised.
import * as fs from "node:fs";
import * as os from "node:os";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as esbuild from "esbuild";

const root = path.join(import.meta.dirname, "../..");
const folder = path.join(root, "policypack");
const require = createRequire(import.meta.url);

/**
 * The SDK needs two parts of @pulumi/pulumi, one class and four constants, and loads all of it. With these answers
 * the pack starts in a quarter of the time; docs/adr/0005-pack-speed.md has the figures.
 */
const trimmed = {
  name: "trimmed-pulumi",
  setup(build) {
    const fromSdk = ({ importer }) => importer.includes(path.join("@pulumi", "policy"));
    build.onResolve({ filter: /^@pulumi\/pulumi$/ }, (args) =>
      fromSdk(args) ? { path: "pulumi", namespace: "trimmed" } : undefined,
    );
    build.onResolve({ filter: /^@pulumi\/pulumi\/runtime\/rpc$/ }, (args) =>
      fromSdk(args) ? { path: "rpc", namespace: "trimmed" } : undefined,
    );
    build.onLoad({ filter: /^pulumi$/, namespace: "trimmed" }, () => ({
      contents: 'exports.asset = require("@pulumi/pulumi/asset");',
      resolveDir: root,
    }));
    build.onLoad({ filter: /^rpc$/, namespace: "trimmed" }, () => {
      const rpc = require("@pulumi/pulumi/runtime/rpc");
      const names = ["specialSigKey", "specialAssetSig", "specialArchiveSig", "specialSecretSig"];
      return { contents: names.map((name) => `exports.${name} = ${JSON.stringify(rpc[name])};`).join("\n") };
    });
  },
};

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };

/** The bytes that the SDK itself would answer to GetAnalyzerInfo with. */
async function analyzerInfo() {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "pack-info-"));
  try {
    const outfile = path.join(scratch, "pack.cjs");
    await esbuild.build({ ...common, entryPoints: [path.join(folder, "pack.ts")], outfile });
    const { PACK_NAME, createPack } = require(outfile);
    const { args, initialConfig } = createPack();
    const { makeAnalyzerInfo } = require("@pulumi/policy/protoutil");
    const { version } = require("../../policypack/package.json");
    return makeAnalyzerInfo(PACK_NAME, version, args.enforcementLevel, args, initialConfig).serializeBinary();
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} into - The folder of the pack that is built; its manifests must be there already. */
export async function buildPack(into = folder) {
  const bin = path.join(into, "bin");
  fs.rmSync(bin, { recursive: true, force: true });
  await esbuild.build({
    ...common,
    entryPoints: [path.join(folder, "index.ts")],
    outfile: path.join(bin, "index.js"),
    plugins: [trimmed],
  });
  fs.writeFileSync(path.join(bin, "info.pb"), await analyzerInfo());
}

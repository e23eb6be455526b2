// Builds policypack/bin: one file of JavaScript, and the SDK's answer to what the pack holds, serialised; and both as one
// executable file.
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

/**
 * @param {string} into - The folder of the pack that is built; its manifests must be there already.
 * @returns {Promise<Uint8Array>} What stands in `bin/info.pb`.
 */
export async function buildPack(into = folder) {
  const bin = path.join(into, "bin");
  fs.rmSync(bin, { recursive: true, force: true });
  await esbuild.build({
    ...common,
    entryPoints: [path.join(folder, "index.ts")],
    outfile: path.join(bin, "index.js"),
    plugins: [trimmed],
  });
  const info = await analyzerInfo();
  fs.writeFileSync(path.join(bin, "info.pb"), info);
  return info;
}

/** The name of the pack as one file. The ending keeps it CommonJS below a package.json with "type": "module". */
export const EXECUTABLE = "compliance-policy-pack.cjs";

/**
 * Node.js parses a file before it runs any of it: an old one must understand the syntax to get as far as this, and what
 * stands here must be old as well.
 */
const checkNode = ({ engines }) => {
  const least = engines.node.replace(/^>=/, "");
  const [major, minor] = least.split(".").map(Number);
  return `#!/usr/bin/env node
(function () {
  var version = process.versions.node.split(".");
  if (+version[0] > ${major} || (+version[0] === ${major} && +version[1] >= ${minor})) return;
  console.error('error: The policy pack needs Node.js ${least} or later; "node" on PATH is ' + process.versions.node + ".");
  process.exit(1);
})();`;
};

/**
 * Builds the pack as one executable file, which needs nothing beside it but Node.js.
 * @param {Uint8Array} info - The SDK's answer to GetAnalyzerInfo, serialised.
 * @param {string} into - The folder that gets the file.
 * @param {esbuild.Plugin[]} plugins - See the build.
 * @returns {Promise<string>} The file.
 */
export async function buildExecutable(info, into = path.join(root, "dist"), plugins = []) {
  const outfile = path.join(into, EXECUTABLE);
  const manifest = require("../../policypack/package.json");
  const { outputFiles } = await esbuild.build({
    ...common,
    // The newest that those who must read the message about their Node.js are likely to have.
    target: "node14",
    entryPoints: [path.join(folder, "executable.ts")],
    outfile,
    write: false,
    define: { PACK_INFO: JSON.stringify(Buffer.from(info).toString("base64")) },
    plugins: [trimmed, ...plugins],
    banner: { js: checkNode(manifest) },
  });
  fs.mkdirSync(into, { recursive: true });
  fs.writeFileSync(outfile, outputFiles[0].contents);
  fs.chmodSync(outfile, 0o755);
  return outfile;
}

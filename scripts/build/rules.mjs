import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, "rules/custom");

/** The names of the custom controls. */
export const ruleNames = () =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/**
 * Bundles the Lambda functions of custom controls, each into a folder of its name: `index.js`, whose handler is
 * `index.handler`, and its source map, which Node.js reads with `NODE_OPTIONS=--enable-source-maps`.
 * @param {string} [out] - The folder that gets the folders.
 * @returns {Promise<void>}
 */
export async function buildRules(out = join(root, "dist/rules")) {
  await build({
    entryPoints: ruleNames().map((name) => ({ in: join(folder, name, "handler.ts"), out: `${name}/index` })),
    outdir: out,
    bundle: true,
    platform: "node",
    // Old enough for the tests; the runtimes that Lambda offers are newer.
    target: "node20",
    format: "cjs",
    minify: true,
    keepNames: true,
    legalComments: "none",
    sourcemap: true,
    sourcesContent: false,
    // Lambda's Node.js runtimes have the SDK.
    external: ["@aws-sdk/*"],
    logLevel: "warning",
  });
}

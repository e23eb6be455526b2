import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The parts of the catalogue stay files of their own beside the bundle: Node parses JSON faster than JavaScript, and
 * only when a part is asked for.
 */
const catalogueBeside = (out) => ({
  name: "catalogue-beside",
  setup({ onResolve }) {
    onResolve({ filter: /\/generated\/.*\.json$/ }, async ({ path, resolveDir }) => {
      const name = basename(path);
      const data = JSON.parse(await readFile(join(resolveDir, path), "utf8"));
      await writeFile(join(out, name), JSON.stringify(data));
      return { path: `./${name}`, external: true };
    });
  },
});

/** Needed by few runs and large, so that they are not read with the bundle. */
const loadedWhenNeeded = ["yaml", "xmlbuilder2", "ajv", "cli-table3"];

/** Bundles the `compliance` command, and the recorder that it starts for a program. */
export async function buildCli(out = join(root, "dist")) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await build({
    entryPoints: { compliance: join(root, "cli/main.ts"), recorder: join(root, "cli/recorder/main.ts") },
    outdir: out,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    minify: true,
    keepNames: true,
    legalComments: "none",
    external: [...loadedWhenNeeded, "@pulumi/*"],
    plugins: [catalogueBeside(out)],
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  await chmod(join(out, "compliance.js"), 0o755);
}

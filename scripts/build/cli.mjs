import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The parts of the catalogue stay files of their own beside the bundle: Node parses JSON faster than JavaScript, and
 * only when a part is asked for.
 */
const catalogueBeside = (parts) => ({
  name: "catalogue-beside",
  setup({ onResolve }) {
    onResolve({ filter: /\/generated\/.*\.json$/ }, async ({ path, resolveDir }) => {
      const name = basename(path);
      parts.set(name, JSON.stringify(JSON.parse(await readFile(join(resolveDir, path), "utf8"))));
      return { path: `./${name}`, external: true };
    });
  },
});

/** Needed by few runs and large, so that they are not read with the bundle. */
const loadedWhenNeeded = ["yaml", "xmlbuilder2", "ajv", "cli-table3"];

/**
 * Bundles the `compliance` command, and the recorder that it starts for a program. Nothing is written before everything
 * is built, so that a mistake in the sources leaves the last build as it was.
 */
export async function buildCli(out = join(root, "dist")) {
  const parts = new Map();
  const { outputFiles } = await build({
    entryPoints: { compliance: join(root, "cli/main.ts"), recorder: join(root, "cli/recorder/main.ts") },
    outdir: out,
    write: false,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    minify: true,
    keepNames: true,
    legalComments: "none",
    external: [...loadedWhenNeeded, "@aws-sdk/*", "@pulumi/*"],
    plugins: [catalogueBeside(parts)],
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  await mkdir(out, { recursive: true });
  await Promise.all([
    ...[...parts].map(([name, text]) => writeFile(join(out, name), text)),
    ...outputFiles.map(({ path, contents }) => writeFile(path, contents)),
  ]);
  await chmod(join(out, "compliance.js"), 0o755);
}

import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compileBundle } from "./code-cache.mjs";

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

/** Packages that become files beside the bundle, each read when it is needed, so that nothing has to be installed. */
const packagesBeside = (packages) => ({
  name: "packages-beside",
  setup({ onResolve }) {
    onResolve(
      { filter: new RegExp(`^(${loadedWhenNeeded.join("|")}|@aws-sdk/[^/]+)$`) },
      ({ path, importer }) => {
        if (importer.includes("node_modules")) return undefined;
        const name = path.replace(/[@/]/g, (mark) => (mark === "@" ? "" : "-"));
        packages.set(name, path);
        return { path: `./packages/${name}.js`, external: true };
      },
    );
  },
});

const common = {
  write: false,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  minify: true,
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
};

/**
 * Bundles the `compliance` command, what starts it, and the recorder that it starts for a program. Nothing is written
 * before everything is built, so that a mistake in the sources leaves the last build as it was.
 * @param {object} [options]
 * @param {boolean} [options.alone] - Whether the packages that it needs come along, instead of being installed; it then
 * goes to machines with other versions of Node.js, and is not compiled.
 * @param {import("esbuild").Plugin[]} [options.plugins] - See every build.
 */
export async function buildCli(out = join(root, "dist"), { alone = false, plugins = [] } = {}) {
  const parts = new Map();
  const packages = new Map();
  const own = {
    ...common,
    outdir: out,
    external: [...(alone ? [] : [...loadedWhenNeeded, "@aws-sdk/*"]), "@pulumi/*", "esbuild", "prettier"],
    plugins: [catalogueBeside(parts), ...(alone ? [packagesBeside(packages)] : []), ...plugins],
  };
  const { outputFiles } = await build({
    ...own,
    entryPoints: { compliance: join(root, "cli/launcher.ts"), recorder: join(root, "cli/recorder/main.ts") },
    banner: { js: "#!/usr/bin/env node" },
  });
  const { outputFiles: bundles } = await build({
    ...own,
    entryPoints: { "bundle/compliance": join(root, "cli/main.ts") },
    // Node.js 20 would look for what such a script imports from the current folder.
    supported: { "dynamic-import": false },
    // The launcher gives the bundle its own place, so that it finds what lies beside the launcher.
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
  });
  outputFiles.push(...bundles);
  if (packages.size > 0) {
    const beside = await build({
      ...common,
      entryPoints: Object.fromEntries(packages),
      outdir: join(out, "packages"),
      absWorkingDir: root,
      plugins,
    });
    outputFiles.push(...beside.outputFiles);
    await mkdir(join(out, "packages"), { recursive: true });
  }
  await mkdir(join(out, "bundle"), { recursive: true });
  // V8 takes what it has compiled for any source of the same length.
  const cache = join(out, "bundle/compliance.cache");
  await rm(cache, { force: true });
  await Promise.all([
    ...[...parts].map(([name, text]) => writeFile(join(out, name), text)),
    ...outputFiles.map(({ path, contents }) => writeFile(path, contents)),
  ]);
  await chmod(join(out, "compliance.js"), 0o755);
  if (!alone) {
    compileBundle(out, `${cache}.new`);
    await rename(`${cache}.new`, cache);
  }
}

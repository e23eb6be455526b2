import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const entries = ["index", "lambda", "testing"];

/**
 * Compiles what packages of controls are written with: as CommonJS, which is how their code is loaded, and as modules
 * with shared parts, of which a bundler takes only what a function needs.
 * @param {string} [out] - The folder that gets the files.
 * @param {import("esbuild").Plugin[]} [plugins] - See every build.
 */
export async function buildKit(out = join(root, "dist/kit"), plugins = []) {
  await rm(out, { recursive: true, force: true });
  const common = {
    entryPoints: entries.map((name) => ({ in: join(root, `kit/${name}.ts`), out: name })),
    outdir: out,
    bundle: true,
    platform: "node",
    target: "node20.19",
    external: ["@aws-sdk/*"],
    legalComments: "none",
    logLevel: "warning",
    plugins,
  };
  await Promise.all([
    build({ ...common, format: "cjs" }),
    build({ ...common, format: "esm", splitting: true, outExtension: { ".js": ".mjs" } }),
    writeTypes(join(out, "types")),
  ]);
}

/**
 * Writes the declarations. Those of other packages stay references, which are not read here, since that would take most
 * of the time: whoever has `@pulumi/aws` installed gets typed properties, and nobody else needs it.
 */
async function writeTypes(out) {
  const { default: ts } = await import("typescript");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const own = { noEmit: false, noCheck: true, declaration: true, emitDeclarationOnly: true, types: ["node"] };
  const settings = { ...options, ...own, rootDir: root, outDir: out };
  const host = ts.createCompilerHost(settings);
  const cache = ts.createModuleResolutionCache(root, (name) => name, settings);
  host.resolveModuleNameLiterals = (literals, file, _, all) =>
    literals.map(({ text }) =>
      /^@|\.json$/.test(text)
        ? { resolvedModule: undefined }
        : ts.resolveModuleName(text, file, all, host, cache),
    );
  const files = new Map();
  const program = ts.createProgram(
    entries.map((name) => join(root, `kit/${name}.ts`)),
    settings,
    host,
  );
  const { diagnostics } = program.emit(undefined, (file, text) => void files.set(file, text));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, host));
  for (const [file, text] of files) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

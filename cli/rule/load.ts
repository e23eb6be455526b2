import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { didYouMean } from "../../rules";
import { resourceTypeProblems } from "../../rules/custom/resource-types";
import { UsageError } from "../errors";
import { folderAbove } from "../project";
import type { Folder } from "./folder";
import { CONTROLS_FOLDER, controlNames, controlsFolder, sourcesOf } from "./registration";

/** The files of a folder and what the kit needs of each. */
const FILES = [
  ["index", ["control"]],
  ["cases", ["cases"]],
  ["handler", ["definition"]],
] as const;

/** The package of controls around the working directory, if there is one. */
export function packageFolder(): string | undefined {
  const folder = folderAbove(process.cwd(), "package.json");
  return folder !== undefined && sourcesOf(folder) !== undefined ? folder : undefined;
}

/**
 * The checkout in which the kit works: the package of controls around the working directory, or else the nearest
 * folder above it that holds custom controls.
 * @throws UsageError when there is none.
 */
export function checkoutFolder(): string {
  const own = packageFolder();
  if (own !== undefined) return own;
  const folder = folderAbove(process.cwd(), CONTROLS_FOLDER);
  if (folder !== undefined) return folder;
  throw new UsageError(
    `There is no folder "${CONTROLS_FOLDER}" here or above, and no package of controls, whose "package.json" has ` +
      '{"compliance": {"sources": FOLDER}}. Run the kit in a checkout of this project, or in such a package.',
  );
}

/**
 * The names that a user gave, checked; every control when none is given.
 * @throws UsageError for a control that does not exist, with the nearest one that does.
 */
export function knownNames(root: string, given: readonly string[]): readonly string[] {
  const names = controlNames(root);
  for (const name of given) {
    if (names.includes(name)) continue;
    const hint = didYouMean(name, names) ?? `There are ${names.join(", ")}.`;
    throw new UsageError(`There is no custom control "${name}". ${hint}`);
  }
  return given.length === 0 ? names : given;
}

/**
 * Compiles the folder of a control and loads it.
 * @param root - The repository.
 * @throws UsageError when it does not compile, fails to load, or lacks what a control has.
 */
export async function loadFolder(root: string, name: string): Promise<Folder> {
  const place = `${controlsFolder(root)}/${name}`;
  const folder = join(root, place);
  const { build } = await import("esbuild").catch((error: unknown) => {
    throw new UsageError('The package "esbuild" is not installed. Run "npm ci".', place, { cause: error });
  });
  // Inside the checkout, so that the packages which the control imports are found.
  const cache = join(root, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const out = mkdtempSync(join(cache, "compliance-rule-"));
  try {
    await build({
      entryPoints: FILES.map(([file]) => join(folder, `${file}.ts`)),
      outdir: out,
      bundle: true,
      platform: "node",
      format: "cjs",
      packages: "external",
      sourcemap: "inline",
      logLevel: "silent",
      // In strict mode a predicate that changes its input fails, as in Lambda.
      tsconfigRaw: { compilerOptions: { strict: true } },
    }).catch((error: unknown) => {
      throw new UsageError(`It does not compile: ${firstLine(error)}`, place, { cause: error });
    });
    return loaded(out, place);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function loaded(out: string, place: string): Folder {
  const load = createRequire(join(out, "index.js"));
  const parts = FILES.map(([file, wanted]) => {
    let exported: Readonly<Record<string, unknown>>;
    try {
      exported = load(join(out, `${file}.js`)) as typeof exported;
    } catch (error) {
      throw new UsageError(`It fails to load: ${firstLine(error)}`, `${place}/${file}.ts`, { cause: error });
    }
    for (const name of wanted) {
      if (typeof exported[name] === "object") continue;
      throw new UsageError(`It does not export "${name}".`, `${place}/${file}.ts`);
    }
    return exported;
  });
  // The tests of a control hold the rest of its shape.
  const folder = Object.assign({}, ...parts) as Folder;
  const wrong = resourceTypeProblems(folder.control);
  if (wrong.length > 0) {
    const list = wrong.map(([field, message]) => `${field}: ${message}`).join(" ");
    throw new UsageError(list, `${place}/index.ts`);
  }
  return folder;
}

function firstLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").filter(Boolean);
  // esbuild counts the errors first.
  return (lines.find((line) => line.includes("ERROR:")) ?? lines[0] ?? "unknown").trim();
}

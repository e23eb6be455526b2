import { existsSync, lstatSync, readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { RecordRequest } from "./protocol";
import { leaveOutPromiseTraces } from "./stack-traces";

/** A program that cannot be loaded at all. */
export class EntryError extends Error {
  public constructor(
    public readonly kind: "no-entry" | "no-compiler",
    message: string,
  ) {
    super(message);
  }
}

type Manifest = Readonly<Record<string, unknown>>;

/**
 * Runs a program as Pulumi's language host does: the entry point comes from `Pulumi.yaml`, from `package.json`, or is
 * `index`; a function that it exports is called.
 * @throws EntryError when there is no entry point, or no compiler for it.
 */
export async function runProgram(request: RecordRequest, sdkFolder: string): Promise<unknown> {
  const { folder, entry } = request;
  const manifestPath = manifestAbove(folder);
  const manifest =
    manifestPath === undefined ? {} : (JSON.parse(readFileSync(manifestPath, "utf8")) as Manifest);
  const main = entry === "." ? mainOf(manifest) : undefined;
  const named =
    main === undefined || manifestPath === undefined ? undefined : join(dirname(manifestPath), main);
  const program = named !== undefined && existsSync(named) ? named : resolve(folder, entry);
  compileTypeScript(request, sdkFolder);
  const exported: unknown =
    manifest["type"] === "module" ? await imported(program, request) : required(program, request.folder);
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

function manifestAbove(folder: string): string | undefined {
  const path = join(folder, "package.json");
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : manifestAbove(dirname(folder));
}

function mainOf(manifest: Manifest): string | undefined {
  const exported = manifest["exports"];
  if (typeof exported === "string") return exported;
  if (typeof exported === "object" && exported !== null) {
    const root = (exported as Manifest)["."];
    if (typeof root === "string") return root;
    if (typeof root === "object" && root !== null) {
      const choice = root as Manifest;
      const found = choice["default"] ?? choice["require"] ?? choice["import"];
      if (typeof found === "string") return found;
    }
  }
  return typeof manifest["main"] === "string" ? manifest["main"] : undefined;
}

/** Node's own loader finds `index` in a folder, in any language that it knows by then. */
function required(program: string, folder: string): unknown {
  const load = createRequire(join(folder, "noop.js"));
  // With the slash, the folder is meant and not a file of the same name beside it.
  const target = existsSync(program) && lstatSync(program).isDirectory() ? `${program}/` : program;
  try {
    load.resolve(target);
  } catch {
    throw new EntryError("no-entry", program);
  }
  return load(target);
}

const INDEXES = ["index.js", "index.mjs", "index.ts", "index.mts"];

async function imported(program: string, request: RecordRequest): Promise<unknown> {
  const isFolder = existsSync(program) && lstatSync(program).isDirectory();
  const file = isFolder ? INDEXES.map((name) => join(program, name)).find(existsSync) : program;
  if (file === undefined || !existsSync(file)) throw new EntryError("no-entry", program);
  compileModules(request);
  const module = (await import(pathToFileURL(file).href)) as Manifest;
  return module["default"] ?? module;
}

/** Loads the compiler when the first TypeScript file is loaded: a program in JavaScript never pays for it. */
function compileTypeScript(request: RecordRequest, sdkFolder: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only hook by which CommonJS compiles on loading
  const { extensions } = createRequire(__filename);
  for (const extension of [".ts", ".tsx"]) {
    extensions[extension] = (module, filename) => {
      Reflect.deleteProperty(extensions, ".ts");
      Reflect.deleteProperty(extensions, ".tsx");
      registerCompiler(request, sdkFolder);
      leaveOutPromiseTraces();
      const compile = extensions[extension];
      if (compile === undefined) throw new EntryError("no-compiler", filename);
      compile(module, filename);
    };
  }
}

/**
 * Compiles TypeScript that is loaded as an ES module, if there is a ts-node that can. Settings reach it only by the
 * environment, for it works in a thread of its own.
 */
function compileModules(request: RecordRequest): void {
  const loader = found("ts-node/esm", request);
  if (loader === undefined) return;
  process.env["TS_NODE_TRANSPILE_ONLY"] = "true";
  const { tsconfig: project } = request;
  if (existsSync(project)) process.env["TS_NODE_PROJECT"] = project;
  else process.env["TS_NODE_SKIP_PROJECT"] = "true";
  process.env["TS_NODE_COMPILER_OPTIONS"] = JSON.stringify({
    module: "nodenext",
    moduleResolution: "nodenext",
    target: "es2022",
    rootDir: request.folder,
  });
  register(pathToFileURL(loader));
}

/** A package of the program, else of this project. */
function found(
  name: string,
  request: RecordRequest,
  serves: (file: string) => boolean = () => true,
): string | undefined {
  for (const from of [request.folder, request.ownFolder]) {
    try {
      const file = createRequire(join(from, "noop.js")).resolve(name);
      if (serves(file)) return file;
    } catch {
      // Look in the next place.
    }
  }
  return undefined;
}

interface TsNode {
  register(options: object): unknown;
}

/** The program's own ts-node and TypeScript, else this project's, else those inside the SDK. */
function registerCompiler(request: RecordRequest, sdkFolder: string): void {
  const load = createRequire(__filename);
  const vendored = (name: string, file: string): string => {
    const inside = join(sdkFolder, "vendor", file);
    if (existsSync(inside)) return inside;
    throw new EntryError("no-compiler", name);
  };
  const tsNode = found("ts-node", request) ?? vendored("ts-node", "ts-node@7.0.1");
  const typescript =
    found("typescript", request, (file) => canCompile(load(file))) ??
    vendored("typescript", "typescript@3.8.3/typescript.js");
  const { tsconfig: project, folder } = request;
  const { versionMajorMinor = "" } = load(typescript) as Partial<TypeScript>;
  (load(tsNode) as TsNode).register({
    compiler: typescript,
    transpileOnly: true,
    skipProject: !existsSync(project),
    ...(existsSync(project) ? { project } : {}),
    compilerOptions: { sourceMap: true, module: "commonjs", ...resolution(versionMajorMinor, folder) },
  });
}

interface TypeScript {
  readonly versionMajorMinor: string;
  readonly transpileModule: unknown;
}

/** From version 7 on, TypeScript is a program, without the interface that ts-node calls. */
const canCompile = (typescript: unknown): boolean =>
  typeof (typescript as Partial<TypeScript>).transpileModule === "function";

/**
 * Of the settings that only type checking reads, those that each version takes: 6 refuses "node" and a root that it would
 * have to guess, versions before 5 do not know "bundler", and 5 refuses it beside CommonJS.
 */
function resolution(version: string, folder: string): object {
  return Number.parseInt(version, 10) >= 6
    ? { moduleResolution: "bundler", ignoreDeprecations: "6.0", rootDir: folder }
    : { moduleResolution: "node" };
}

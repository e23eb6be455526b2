import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { printable } from "../../rules";
import { UsageError } from "../errors";
import { locateIn, parseYaml } from "../selection-file";
import { decode, isObject, own } from "./json";
import type { Json } from "./json";
import { readSource } from "./read";

/** What `Pulumi.yaml` says about a program. */
export interface Project {
  readonly name: string;
  /** The folder of `Pulumi.yaml`. */
  readonly root: string;
  /** Where the program runs. */
  readonly folder: string;
  /** The entry point in it; `.` leaves it to `package.json`. */
  readonly entry: string;
  /** The compiler's settings, which need not be there. */
  readonly tsconfig: string;
  /** Values that hold for every stack. */
  readonly config: ReadonlyMap<string, unknown>;
  /** Where the stacks' files are. */
  readonly stackFolder: string;
}

/**
 * Reads `Pulumi.yaml`.
 * @throws UsageError when it is malformed, or the program is not written for Node.js.
 */
export function readProject(file: string): Project {
  const root = dirname(resolve(file));
  const document = yamlObject(file);
  const name = own(document, "name");
  if (typeof name !== "string" || name === "") {
    throw new UsageError('The project has no name. Add a line "name: my-project".', file);
  }
  const runtime = own(document, "runtime");
  const runtimeName = isObject(runtime) ? own(runtime, "name") : runtime;
  if (runtimeName !== "nodejs") {
    const given = typeof runtimeName === "string" ? `"${printable(runtimeName)}"` : "missing";
    throw new UsageError(
      `The runtime is ${given}. Programs are recorded when it is "nodejs". For other languages run ` +
        '"pulumi preview --json --show-sames > preview.json" and check that file.',
      file,
    );
  }
  const stackConfigDir = own(document, "stackConfigDir");
  const oldStackFolder = own(document, "config");
  const stackFolder =
    typeof stackConfigDir === "string"
      ? stackConfigDir
      : typeof oldStackFolder === "string"
        ? oldStackFolder
        : ".";
  const place = entryOf(own(document, "main"), root, file);
  return {
    name,
    root,
    ...place,
    tsconfig: tsconfigOf(runtime, place.folder, file),
    config: projectConfig(oldStackFolder, name),
    stackFolder: join(dirname(file), stackFolder),
  };
}

/** @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/#runtime-options */
function tsconfigOf(runtime: unknown, folder: string, file: string): string {
  const options = isObject(runtime) ? own(runtime, "options") : undefined;
  const given = isObject(options) ? own(options, "tsconfig") : undefined;
  if (given === undefined || given === null) return join(folder, "tsconfig.json");
  const path = typeof given === "string" ? resolve(folder, given) : undefined;
  if (path !== undefined && statSync(path, { throwIfNoEntry: false })?.isFile() === true) return path;
  throw new UsageError(
    `There are no compiler settings ${JSON.stringify(given)}. ` +
      'Name a file in "runtime.options.tsconfig", from the folder of the program.',
    file,
  );
}

function entryOf(
  main: unknown,
  root: string,
  file: string,
): { readonly folder: string; readonly entry: string } {
  if (main === undefined || main === null || main === "") return { folder: root, entry: "." };
  const path = typeof main === "string" ? join(root, main) : root;
  const status = typeof main === "string" ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (status === undefined) {
    throw new UsageError(
      `The entry point ${JSON.stringify(main)} does not exist. Correct "main", or compile the program first.`,
      file,
    );
  }
  return status.isDirectory()
    ? { folder: path, entry: "." }
    : { folder: dirname(path), entry: basename(path) };
}

/** Values in `Pulumi.yaml`: plain ones, and declarations with a default or a value. */
function projectConfig(config: unknown, project: string): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  if (!isObject(config)) return values;
  for (const [key, declared] of Object.entries(config)) {
    const value = isObject(declared) ? (own(declared, "value") ?? own(declared, "default")) : declared;
    if (value !== undefined) values.set(fullKey(key, project), value);
  }
  return values;
}

/** A key without a namespace belongs to the project. */
const fullKey = (key: string, project: string): string => (key.includes(":") ? key : `${project}:${key}`);

/** The configuration of one stack. */
export interface StackConfig {
  readonly stack: string;
  /** Full key to text, as the real engine hands it to the program. */
  readonly values: ReadonlyMap<string, string>;
  /** Keys whose values are encrypted: what they hold is not known here. */
  readonly encrypted: ReadonlySet<string>;
  /** Keys whose values are secret, encrypted as a whole or in part. */
  readonly secret: ReadonlySet<string>;
  /** Values before they became text. */
  readonly raw: ReadonlyMap<string, unknown>;
  /** The stack's file, if there is one. */
  readonly file?: string;
  readonly locate: (key: string, path: string) => string | undefined;
}

const STACK_FILE = /^Pulumi\.(.+)\.ya?ml$/;

/**
 * Reads `Pulumi.<stack>.yaml`; a stack without one has only what the project says.
 * @param wanted - the name of the stack; default the only one that has a file, else `dev`.
 * @throws UsageError when the file is malformed, or another stack was probably meant.
 */
export function readStackConfig(project: Project, wanted: string | undefined): StackConfig {
  const files = stackFiles(project.stackFolder);
  const [only, ...others] = files.keys();
  const stack = wanted ?? (only !== undefined && others.length === 0 ? only : "dev");
  const file = files.get(stack);
  if (file === undefined && wanted !== undefined && files.size > 0) {
    throw new UsageError(
      `The stack "${printable(wanted)}" has no file "Pulumi.${printable(wanted)}.yaml". ` +
        `There are ${[...files.keys()].map(printable).join(", ")}.`,
      project.stackFolder,
    );
  }
  const raw = new Map(project.config);
  const text = file === undefined ? "" : decode(readSource(file), file);
  const config = file === undefined ? undefined : own(yamlObject(file), "config");
  if (file !== undefined && config !== undefined && config !== null && !isObject(config)) {
    throw new UsageError('"config" is not a map. Write "key: value" lines under it.', file);
  }
  if (isObject(config))
    for (const [key, value] of Object.entries(config)) raw.set(fullKey(key, project.name), value);
  const values = new Map<string, string>();
  const encrypted = new Set<string>();
  const secret = new Set<string>();
  for (const [key, value] of raw) {
    if (holdsSecure(value)) secret.add(key);
    if (isSecure(value)) encrypted.add(key);
    else values.set(key, textOf(value));
  }
  return {
    stack,
    values,
    encrypted,
    secret,
    raw,
    ...(file === undefined ? {} : { file }),
    locate: (key, path) => (text === "" ? undefined : locateIn(text, `config["${key}"].${path}`)),
  };
}

function stackFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return files;
  for (const name of readdirSync(folder).sort()) {
    const stack = STACK_FILE.exec(name)?.[1];
    if (stack !== undefined) files.set(stack, join(folder, name));
  }
  return files;
}

function yamlObject(file: string): Json {
  const value = parseYaml(decode(readSource(file), file), file);
  if (value === null || value === undefined) return {};
  if (isObject(value)) return value;
  throw new UsageError(`The file is no map. Write "name: value" lines, as "pulumi new" does.`, file);
}

/** @see https://www.pulumi.com/docs/iac/concepts/secrets/: a map of nothing but the text `secure`. */
const isSecure = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).length === 1 && typeof own(value, "secure") === "string";

function holdsSecure(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecure(value) || Object.values(value).some(holdsSecure);
}

/** Encrypted values inside lists and maps; only the whole is text to the program. */
const UNKNOWN_SECRET = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine hands every value to the program as text: lists and maps as JSON. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return JSON.stringify(value, (_, item: unknown) => (isSecure(item) ? UNKNOWN_SECRET : item));
}

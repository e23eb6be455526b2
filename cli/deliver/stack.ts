import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { printable } from "../../rules";
import { systemReason, UsageError } from "../errors";
import { parseYaml } from "../selection-file";
import { isObject, own } from "../sources/json";

/** The stack that a command works on. */
export interface StackPlace {
  /** As given: `stack`, `organisation/stack` or `organisation/project/stack`. */
  readonly given: string;
  readonly organisation?: string;
  readonly project: string;
  readonly name: string;
  /** The folder of `Pulumi.yaml`. */
  readonly folder: string;
  /** The project's file, as it was found. */
  readonly projectFile: string;
  /** The stack's settings; absent when there is no such file. */
  readonly stackFile?: string;
  /** The lock file of the program's packages, in its folder or one above. */
  readonly lockFile?: string;
}

const LOCK_FILES = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "uv.lock",
  "poetry.lock",
  "requirements.txt",
  "go.sum",
];

const NAME = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,99}$/;

/**
 * Finds a stack's files.
 * @param folder - the folder of the program.
 * @throws UsageError when it is no program, or the name is no stack's name.
 */
export function stackPlace(given: string, folder: string): StackPlace {
  const parts = given.split("/");
  if (parts.length > 3 || !parts.every((part) => NAME.test(part))) {
    throw new UsageError(
      `The stack is "${printable(given)}". Allowed is STACK, ORGANISATION/STACK or ORGANISATION/PROJECT/STACK, ` +
        "each of letters, digits, hyphens, underscores and periods.",
      "--stack",
    );
  }
  const projectFile = ["Pulumi.yaml", "Pulumi.yml"].map((file) => join(folder, file)).find(existsSync);
  if (projectFile === undefined)
    throw new UsageError('There is no "Pulumi.yaml". Give the folder of a Pulumi program.', folder);
  const settings = parseYaml(readText(projectFile), projectFile);
  const project = isObject(settings) ? own(settings, "name") : undefined;
  if (!isObject(settings) || typeof project !== "string") {
    throw new UsageError('The project has no name. Add a line "name: my-project".', projectFile);
  }
  if (parts.length === 3 && parts[1] !== project) {
    throw new UsageError(
      `The stack "${given}" belongs to the project "${parts[1] ?? ""}", and the program is "${printable(project)}". ` +
        "Run the command in the folder of that project.",
      "--stack",
    );
  }
  const name = parts.at(-1) ?? "";
  const configured = own(settings, "stackConfigDir");
  const stackFile = ["yaml", "yml"]
    .map((ending) =>
      join(folder, typeof configured === "string" ? configured : ".", `Pulumi.${name}.${ending}`),
    )
    .find(existsSync);
  const lockFile = lockFileOf(folder);
  return {
    given,
    ...(parts.length > 1 ? { organisation: parts[0] ?? "" } : {}),
    project,
    name,
    folder,
    projectFile,
    ...(stackFile === undefined ? {} : { stackFile }),
    ...(lockFile === undefined ? {} : { lockFile }),
  };
}

function lockFileOf(folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const found = LOCK_FILES.map((file) => join(here, file)).find(existsSync);
    if (found !== undefined || dirname(here) === here) return found;
    // What lies above a repository belongs to something else.
    if (existsSync(join(here, ".git"))) return undefined;
  }
}

/** @throws UsageError when the file cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`The file cannot be read. ${systemReason(error)}.`, file, { cause: error });
  }
}

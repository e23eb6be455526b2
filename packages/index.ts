import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { printable } from "../rules/engine";
import { readPackage } from "../rules/custom/read-package";
import { addControls } from "../rules/registry";
import { packageNames } from "../rules/selection/packages";
import { Problems } from "../rules/selection/problems";
import type { Problem } from "../rules/selection/types";
import { bounded } from "./bounded";

/** Packages of controls that an organisation keeps in a repository of its own. docs/adr/0014-own-controls.md says why. */

/** The entry `compliance` in the `package.json` of such a package. */
interface Manifest {
  /** The compiled CommonJS module that exports `controls`, from the folder of the package. */
  readonly controls: string;
  /** The folder that has, by name of the control, a folder with the compiled function: `index.js`. */
  readonly rules: string;
}

const ENTRIES = ["controls", "rules", "sources"];

/**
 * Makes the controls of all packages known that a selection names. The code of the packages runs in this process.
 * @param selection - The selection as it was read; only its entry `packages` is looked at.
 * @param folder - Where the selection stands: names are resolved from here as Node.js does, and paths begin here.
 * @param place - The place of the selection in a larger document, for messages.
 * @returns Everything that is wrong with the list and the packages. A package with a problem adds no control.
 */
export function loadPackages(selection: unknown, folder: string, place = ""): readonly Problem[] {
  const problems = new Problems();
  const at = place === "" ? "packages" : `${place}.packages`;
  const value: unknown =
    typeof selection === "object" && selection !== null ? Reflect.get(selection, "packages") : undefined;
  for (const [where, name] of packageNames(value, at, problems)) {
    for (const message of problemsOfPackage(name, path.resolve(folder))) problems.add(where, message);
  }
  return problems.all;
}

function problemsOfPackage(name: string, from: string): readonly string[] {
  const root = folderOf(name, from);
  if (root === undefined) {
    const how = isPath(name) ? "Correct the path" : "Install it there";
    return [
      `There is no package "${printable(name)}" to be found from ${printable(from)}. ${how}, or remove it.`,
    ];
  }
  const shown = `the package "${printable(name)}"`;
  const file = path.join(root, "package.json");
  const problems = new Problems();
  const manifest = manifestIn(file, problems);
  if (manifest === undefined) return told(problems, file);
  const module = path.join(root, manifest.controls);
  let exported: unknown;
  try {
    exported = createRequire(file)(module);
  } catch (error) {
    return [`${capital(shown)} fails to load: ${reasonOf(error)} (in ${module}). Mend it, or remove it.`];
  }
  const { controls, problems: found } = readPackage(
    typeof exported === "object" && exported !== null ? Reflect.get(exported, "controls") : undefined,
  );
  if (controls === undefined) {
    for (const { path: where, message } of found) problems.add(where, message);
    return told(problems, module);
  }
  const registered = controls.map(({ control, preventivePolicy: policy, cases }) => {
    const bundle = path.join(root, manifest.rules, control.name);
    if (!isFile(path.join(bundle, "index.js")))
      problems.add(
        `"${control.name}"`,
        `Its function is missing: there is no ${path.join(bundle, "index.js")}. Build the package.`,
      );
    return {
      control,
      cases,
      bundle,
      ...(policy === undefined ? {} : { policy: bounded(control.name, policy) }),
    };
  });
  return problems.all.length > 0 ? told(problems, file) : addControls(`the package ${root}`, registered);
}

/** Problems as sentences with the place in a file. */
const told = ({ all }: Problems, file: string): readonly string[] =>
  all.map(({ path: where, message }) => `${printable(file)}: ${where === "" ? "" : `${where}: `}${message}`);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isPath = (name: string): boolean => /^\.{0,2}\//.test(name) || path.isAbsolute(name);

/** The folder of a package. It need not export its `package.json`, so that Node's own resolution does not do. */
function folderOf(name: string, from: string): string | undefined {
  const candidates = isPath(name)
    ? [path.resolve(from, name)]
    : (createRequire(path.join(from, "selection")).resolve.paths(name) ?? []).map((folder) =>
        path.join(folder, name),
      );
  const found = candidates.find((folder) => isFile(path.join(folder, "package.json")));
  return found === undefined ? undefined : realpathSync(found);
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

function manifestIn(file: string, problems: Problems): Manifest | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    problems.add("", "The file is not JSON. Correct it.");
    return undefined;
  }
  const own = problems.object("", content).get("compliance");
  if (own === undefined) {
    problems.add(
      "compliance",
      'It is missing, so that this is no package of controls. Add {"controls": FILE, "rules": FOLDER}.',
    );
    return undefined;
  }
  const entries = problems.object("compliance", own, ENTRIES);
  const controls = problems.text(
    "compliance.controls",
    entries.get("controls"),
    "The module with the controls",
  );
  const rules = problems.text("compliance.rules", entries.get("rules"), "The folder with the functions");
  return controls === undefined || rules === undefined || problems.all.length > 0
    ? undefined
    : { controls, rules };
}

function reasonOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: "It threw", message: String(error) };
  return printable(`${name}: ${message.split("\n")[0] ?? ""}`.replace(/\.$/, ""));
}

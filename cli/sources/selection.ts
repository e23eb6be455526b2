import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseJson } from "../../rules";
import { DEFAULT_SELECTION, projectFolder } from "../project";
import { readSelectionFile } from "../selection-file";
import type { SelectionDocument } from "../selection-file";
import { readProject, readStackConfig } from "./project";
import type { Project, StackConfig } from "./project";

/** The configuration key under which a stack has its own selection. */
const SELECTION_KEY = "compliance:selection";

/**
 * What a stack deploys and is judged by: its own selection, which is in its configuration or in the file that this
 * names, else the default selection beside the program. Paths begin where the program runs.
 * @returns `undefined` for a program without any.
 * @throws UsageError when its file cannot be read.
 */
export function selectionOf(config: StackConfig, { folder }: Project): SelectionDocument | undefined {
  const raw = config.raw.get(SELECTION_KEY);
  if (raw === undefined) {
    const path = join(folder, DEFAULT_SELECTION);
    return existsSync(path) ? readSelectionFile(relative("", path)) : undefined;
  }
  const value = typeof raw === "string" ? (parseJson(raw) ?? raw) : raw;
  if (typeof value === "string") return readSelectionFile(relative("", resolve(folder, value)));
  return {
    value,
    place: `${config.file ?? "Pulumi.yaml"}: ${SELECTION_KEY}`,
    folder,
    locate: (path) => config.locate(SELECTION_KEY, path),
  };
}

/** The flags of a command that say which selection it takes. */
export interface SelectionChoice {
  /** A selection file. */
  readonly selection?: string | undefined;
  /** A stack of the project in the current folder. */
  readonly stack?: string | undefined;
}

/**
 * The selection that a command takes: the file, else that of the stack, else the default selection of this project.
 * @throws UsageError when it cannot be read.
 */
export function chosenSelection({ selection, stack }: SelectionChoice): SelectionDocument {
  if (selection !== undefined) return readSelectionFile(selection);
  return (
    (stack === undefined ? undefined : selectionOfStack(stack)) ??
    readSelectionFile(relative("", join(projectFolder(), DEFAULT_SELECTION)))
  );
}

function selectionOfStack(name: string): SelectionDocument | undefined {
  const project = readProject("Pulumi.yaml");
  return selectionOf(readStackConfig(project, name), project);
}

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "./errors";

/** The default selection, a file that people edit. */
export const DEFAULT_SELECTION = "selection.yaml";

/**
 * The folder of this project, where its program and its default selection are: the nearest one above this file that
 * has the selection.
 * @throws UsageError when the command runs outside of the repository, e.g. as a copied file.
 */
export function projectFolder(): string {
  const folder = folderAbove(__dirname, DEFAULT_SELECTION);
  if (folder !== undefined) return folder;
  throw new UsageError(
    `The default selection "${DEFAULT_SELECTION}" is not beside this command. Give a selection with "--selection FILE".`,
  );
}

/** The nearest folder, from this one upwards, that has such a file or folder. */
export function folderAbove(start: string, name: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

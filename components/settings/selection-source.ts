import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { show } from "../limits";

/** The selection that applies where a stack says nothing: a reviewed file that people edit. */
const DEFAULT_FILE = path.join(__dirname, "..", "..", "selection.yaml");

/** The content of a selection with its folder, and with what messages add to say where it stands. */
export type SelectionSource =
  | { readonly content: unknown; readonly folder: string; readonly where: string }
  | { readonly problem: string };

/**
 * Finds the selection that a setting stands for: a map is the selection itself, a text is the path of a YAML or JSON
 * file, and nothing is the default file. Pulumi runs a program in its own folder, so paths start there.
 */
export function selectionSource(setting: unknown): SelectionSource {
  if (setting !== undefined && typeof setting !== "string")
    return { content: setting, folder: "", where: "" };
  const file = setting === undefined ? DEFAULT_FILE : path.resolve(setting);
  const name = setting ?? path.relative(path.join(__dirname, "..", ".."), file);
  try {
    const content: unknown = parse(fs.readFileSync(file, "utf8"));
    return { content, folder: path.dirname(file), where: ` (In ${show(name)}.)` };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return {
      problem: `The selection file ${show(name)} cannot be read: ${reason}. Write the path of a YAML file.`,
    };
  }
}

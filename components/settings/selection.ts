import { loadPackages } from "../../packages";
import { resolveSelection, type Problem, type Selection } from "../../rules/declaration";
import type { Problems } from "../../rules/selection/problems";
import type { Section } from "./section";
import { selectionSource } from "./selection-source";

/** The entry `selection`: the controls that the stack's accounts must satisfy. */
export function readSelection(
  root: Section,
  regions: readonly string[],
  problems: Problems,
): Selection | undefined {
  const source = selectionSource(root.raw("selection"));
  if ("problem" in source) {
    root.refuse("selection", source.problem);
    return undefined;
  }
  const today = new Date().toISOString().slice(0, 10);
  const path = root.at("selection");
  const refuse = (found: readonly Problem[]): void => {
    for (const { path: place, message } of found) problems.add(place, `${message}${source.where}`);
  };
  const unloaded = loadPackages(source.content, source.folder, path);
  refuse(unloaded);
  // Without its packages a selection cannot be understood.
  if (unloaded.length > 0) return undefined;
  const resolved = resolveSelection(source.content, { today, regions, path });
  refuse(resolved.problems);
  return resolved.selection;
}

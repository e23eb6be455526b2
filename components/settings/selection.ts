import { resolveSelection, type Selection } from "../../rules";
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
  const resolved = resolveSelection(source.content, { today, regions, path: root.at("selection") });
  for (const { path, message } of resolved.problems) problems.add(path, `${message}${source.where}`);
  return resolved.selection;
}

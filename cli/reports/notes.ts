import { printable } from "../../rules";
import type { ReportSource } from "./report";
import { nameOf } from "./wording";

/** Types that a note names; a program's own wiring would fill a screen. */
const SHOWN_TYPES = 5;

/** What a reader must know about what was not judged. */
export function notesOf({ notes, uncovered, opaque }: ReportSource): readonly string[] {
  const shown = uncovered
    .slice(0, SHOWN_TYPES)
    .map(({ type, resources }) => `${printable(type)} (${resources})`);
  const more = uncovered.length > shown.length ? `, and ${uncovered.length - shown.length} more types` : "";
  return [
    ...notes,
    ...(opaque.length === 0
      ? []
      : [
          `The resources inside ${opaque.map((urn) => `"${printable(nameOf(urn))}"`).join(", ")} cannot be seen, for a plugin creates them. ` +
            'Judge the output of "pulumi preview --json" to see them.',
        ]),
    ...(uncovered.length === 0 ? [] : [`No selected control looks at ${shown.join(", ")}${more}.`]),
  ];
}

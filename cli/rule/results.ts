import { createColors } from "picocolors";
import { printable } from "../../rules";
import type { Io } from "../io";
import type { Rehearsed } from "./rehearsal";

/** The results of a function as text: a line a resource, and below it why. */
export function resultsText(results: readonly Rehearsed[], io: Io): string {
  if (results.length === 0) return "The function reported nothing: there is no such resource.\n";
  const colours = createColors(io.colour);
  const paint = (compliance: string): string =>
    compliance === "NON_COMPLIANT"
      ? colours.red(compliance)
      : compliance === "COMPLIANT"
        ? colours.green(compliance)
        : compliance;
  return results
    .map(({ resourceType, resourceId, compliance, annotation }) => {
      const line = `${paint(compliance)}  ${resourceType} ${printable(resourceId)}\n`;
      return annotation === undefined ? line : `${line}    ${printable(annotation)}\n`;
    })
    .join("");
}

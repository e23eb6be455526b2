import { printable } from "../../rules";
import { UsageError } from "../errors";
import { isObject, own } from "./json";
import type { Json } from "./json";
import { malformed } from "./resources";

/** What the engine or a program said during a preview: `severity`, `message`, perhaps `prefix`. */
export type Diagnostic = Json;

/** The engine's last word on an operation that failed; the reasons were said before it, if at all. */
const CLOSING = /^(preview|update) failed$/;

const MAX_CHARACTERS = 300;

/**
 * Why a preview is not judged, if it failed: what it did not come to may hold violations.
 *
 * One that only the violations of a policy pack made fail is refused as well. It does plan every resource, but cannot
 * be told from others: the document leaves the violations out, so that it ends with the same "preview failed" and no
 * reason; the events have them, but not whether something else failed too.
 */
export function failureIn(diagnostics: readonly Diagnostic[]): string | undefined {
  const errors = diagnostics.filter((diagnostic) => own(diagnostic, "severity") === "error");
  if (errors.length === 0) return undefined;
  const reasons = errors.map(textOf).filter((text) => text !== "" && !CLOSING.test(text));
  const [reason] = reasons;
  if (reason === undefined) {
    return (
      "The preview failed and gives no reason, as when a policy pack stops it; a failed preview may not be whole. " +
      'Run "pulumi preview --json" without "--policy-pack", or give the folder of the program.'
    );
  }
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : "";
  return `The preview failed, so that it may not be whole: ${reason}${more}. Mend that, and preview again.`;
}

/** The first line of what was said, without the engine's markup of colours and the word that goes before it. */
function textOf(diagnostic: Diagnostic): string {
  const message = own(diagnostic, "message");
  const [line = ""] = (typeof message === "string" ? message : "")
    .replace(/<\{%[^%]*%\}>/g, "")
    .trim()
    .split("\n");
  const text = line.replace(/^error: /, "").replace(/[\s.:]+$/, "");
  return printable(text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)} ...` : text);
}

/**
 * How many resources a summary announces, by operation; `undefined` without a summary.
 * @throws UsageError when it is no summary.
 */
export function announcedBy(
  summary: unknown,
  name: string,
  place: string,
): ReadonlyMap<string, number> | undefined {
  if (summary === undefined || summary === null) return undefined;
  if (!isObject(summary)) throw malformed(name, place, "is not an object");
  return new Map(
    Object.entries(summary).map(([operation, count]) => {
      if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0)
        throw malformed(name, `${place}.${operation}`, "is not a count");
      return [operation, count] as const;
    }),
  );
}

/**
 * Refuses a preview that lists fewer steps than its summary announces. Unchanged resources may be left out, and each
 * other step that the engine counts is listed; it lists more than it counts, for example the parts of a replacement.
 * @throws UsageError for the first operation with too few steps.
 */
export function refuseShortfall(
  steps: readonly { readonly operation: string }[],
  announced: ReadonlyMap<string, number>,
  name: string,
): void {
  for (const [operation, count] of announced) {
    if (operation === "same") continue;
    const listed = steps.filter((step) => step.operation === operation).length;
    if (listed >= count) continue;
    throw new UsageError(
      `The preview announces ${count} of "${printable(operation)}" and lists ${listed}: a part of it is missing. ` +
        "Preview again, and give all that it writes.",
      name,
    );
  }
}

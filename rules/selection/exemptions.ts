import { findRule } from "../registry";
import { matchesGlob } from "./glob";
import { join } from "./problems";
import type { Problems } from "./problems";
import { unknownControl } from "./controls";
import type { Exemption } from "./types";

const ENTRIES = ["control", "resource", "key", "reason", "owner", "expires", "ticket"];
/** Nobody needs more, and matching takes time in proportion. */
const MAX_PATTERN_CHARACTERS = 512;

/** The exemptions of a selection file; an incomplete one is a problem. */
export function parseExemptions(value: unknown, path: string, problems: Problems): readonly Exemption[] {
  return problems.list(path, value).flatMap(([place, item]) => {
    const entries = problems.object(place, item, ENTRIES);
    const text = (name: string, what: string): string | undefined =>
      problems.text(join(place, name), entries.get(name), what);
    const control = text("control", "The id or name of a control");
    const resource = text("resource", "The URN, name or component path of a resource");
    const reason = text("reason", "The reason");
    const owner = text("owner", "The owner");
    const expires = dateText(entries.get("expires"), join(place, "expires"), problems);
    const key = entries.has("key") ? text("key", "The key of a finding") : undefined;
    const ticket = entries.has("ticket") ? text("ticket", "The ticket") : undefined;
    if (resource !== undefined && resource.length > MAX_PATTERN_CHARACTERS) {
      problems.add(
        join(place, "resource"),
        `The pattern has ${resource.length} characters. Allowed are ${MAX_PATTERN_CHARACTERS}. Use "*" and "**".`,
      );
      return [];
    }
    const rule = control === undefined ? undefined : findRule(control);
    if (control !== undefined && rule === undefined)
      unknownControl(join(place, "control"), control, problems);
    if (
      rule === undefined ||
      resource === undefined ||
      reason === undefined ||
      owner === undefined ||
      expires === undefined
    )
      return [];
    return [
      {
        control: rule.identifier,
        resource,
        reason,
        owner,
        expires,
        ...(key === undefined ? {} : { key }),
        ...(ticket === undefined ? {} : { ticket }),
      },
    ];
  });
}

/** A day that exists. YAML readers may have made a date of it. */
function dateText(value: unknown, path: string, problems: Problems): string | undefined {
  const text = textOfDay(value);
  if (text === undefined) {
    problems.add(path, "The last day of the exemption is missing. Write it as YYYY-MM-DD.");
    return undefined;
  }
  if (typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const date = new Date(`${text}T00:00:00Z`);
    if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
  }
  problems.add(
    path,
    `${typeof text === "string" ? `"${text.slice(0, 40)}"` : "The value"} is not a day. Write a day that exists as YYYY-MM-DD.`,
  );
  return undefined;
}

/** A finding as exemptions see it. */
export interface ExemptionSubject {
  readonly control: string;
  readonly urn: string;
  /** Logical names from the outermost component to the resource itself. */
  readonly path: readonly string[];
  readonly key: string;
}

/** Whether an exemption covers a finding. */
export function covers(exemption: Exemption, subject: ExemptionSubject): boolean {
  if (exemption.control !== subject.control) return false;
  if (exemption.key !== undefined && exemption.key !== subject.key) return false;
  const name = subject.path[subject.path.length - 1] ?? "";
  return [subject.urn, name, subject.path.join("/")].some((text) => matchesGlob(exemption.resource, text));
}

/**
 * A day as text. YAML reads one without quotes as a moment; the Pulumi CLI hands it on from a stack's configuration as
 * Go writes moments.
 */
function textOfDay(value: unknown): unknown {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString().slice(0, 10);
  return typeof value === "string" ? value.replace(/ 00:00:00 \+0000 UTC$/, "") : value;
}

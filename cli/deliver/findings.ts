import { compare, findControl, SEVERITIES } from "../../rules";
import type { Exemption, Severity } from "../../rules";
import type { Report, ReportResult } from "../reports/report";
import type { Events, PolicyWord, Violation } from "./events";
import { textHash } from "./hashes";

/** What the report is about. */
export interface Previewed {
  /** The stack's name. */
  readonly stack: string;
  /** The file that a code-scanning view opens. */
  readonly file: string;
  readonly events: Events;
}

/** The policy that speaks of exemptions and of no resource. */
const EXEMPTIONS = "compliance-exemptions";

/**
 * What the policies of a preview said, as a report. The engine's own decision counts: a finding is mandatory when it
 * stops the preview.
 */
export function findingsOf({ stack, file, events }: Previewed): Report {
  const about = events.violations.filter(({ policy }) => policy !== EXEMPTIONS || events.stack === "");
  const results = keyed(about.map((violation) => violated(violation, stack, file)));
  const wrong = new Set(about.map(idOf));
  const passed = events.passed
    .filter((word) => word.policy !== EXEMPTIONS && !wrong.has(idOf(word)))
    .map((word): ReportResult => ({
      ...resultOf(word, stack, file),
      verdict: "COMPLIANT",
      level: "mandatory",
    }));
  const all = [...results, ...passed].sort(
    (a, b) => compare(a.urn, b.urn) || compare(a.control, b.control) || compare(a.key, b.key),
  );
  const count = (verdict: string): number => all.filter((result) => result.verdict === verdict).length;
  const controls = new Set(all.map(({ control }) => control)).size;
  const errors = events.errors.map((message) => ({ source: stack, message }));
  return {
    selection: { controls, frameworks: [] },
    sources: [
      {
        name: stack,
        kind: "preview",
        resources: events.resources,
        notes: events.violations.filter(({ policy }) => policy === EXEMPTIONS).map(bodyOf),
        uncovered: [],
        opaque: [],
      },
    ],
    results: all,
    notApplicable: 0,
    errors,
    expired: [],
    unused: [],
    summary: {
      resources: events.resources,
      controls,
      compliant: count("COMPLIANT"),
      nonCompliant: count("NON_COMPLIANT"),
      undecided: count("UNDECIDED"),
      exempted: all.filter(({ exemption }) => exemption !== undefined).length,
      errors: errors.length,
    },
    status: errors.length > 0 ? 2 : all.some(({ fails }) => fails) ? 1 : 0,
  };
}

/** Severity, name and place of a word; `control` is the id of the control, or the name of a policy of another pack. */
function resultOf({ policy, urn }: PolicyWord, stack: string, file: string) {
  const rule = findControl(policy)?.rule;
  const severity: Severity = rule?.severity ?? "medium";
  return {
    source: stack,
    file,
    control: rule?.identifier ?? policy,
    name: rule?.name ?? policy,
    severity,
    urn,
    type: typeIn(urn),
    message: "",
    fix: "",
    key: "",
    fails: false,
  };
}

/** The words with which the pack begins what is not known yet, and what somebody has accepted. */
const UNDECIDED = /^Undecided: ([^]*)$/;
const EXEMPTED =
  /^Exempted: ([^]*) Accepted by (.+?)(?: \(([^()]+)\))? until (\d{4}-\d{2}-\d{2}), [^:]*: ([^]*)$/;

function violated(violation: Violation, stack: string, file: string): ReportResult {
  const base = resultOf(violation, stack, file);
  const given = SEVERITIES.find((severity) => severity === violation.severity);
  const body = bodyOf(violation);
  const [, accepted, owner = "", ticket, expires = "", reason = ""] = EXEMPTED.exec(body) ?? [];
  const [, undecided] = UNDECIDED.exec(accepted ?? body) ?? [];
  const message = undecided ?? accepted ?? body;
  const exemption: Exemption | undefined =
    accepted === undefined
      ? undefined
      : {
          control: base.control,
          resource: violation.urn,
          reason,
          owner,
          expires,
          ...(ticket === undefined ? {} : { ticket }),
        };
  return {
    ...base,
    severity: given ?? base.severity,
    verdict: undecided === undefined ? "NON_COMPLIANT" : "UNDECIDED",
    level: violation.mandatory ? "mandatory" : "advisory",
    message,
    fix: fixIn(message),
    fails: violation.mandatory,
    ...(exemption === undefined ? {} : { exemption }),
  };
}

/** The engine puts the description of a policy on a line of its own before the message. */
function bodyOf({ message }: Violation): string {
  const end = message.indexOf("\n");
  return end < 0 ? message : message.slice(end + 1).trim();
}

/** A message says what was found and, behind the last semicolon, what to do. */
function fixIn(message: string): string {
  const at = message.lastIndexOf("; ");
  const fix = at < 0 ? "" : message.slice(at + 2);
  return fix.slice(0, 1).toUpperCase() + fix.slice(1);
}

/** Several findings of one policy on one resource get keys that do not depend on the others. */
function keyed(results: readonly ReportResult[]): readonly ReportResult[] {
  const counts = new Map<string, number>();
  for (const result of results) {
    const id = `${result.control} ${result.urn}`;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return results.map((result) =>
    counts.get(`${result.control} ${result.urn}`) === 1
      ? result
      : { ...result, key: textHash(result.message).slice(0, 8) },
  );
}

const idOf = ({ policy, urn }: PolicyWord): string => `${policy} ${urn}`;

/** The type token in a URN, whose type part also names the types of the parents. */
const typeIn = (urn: string): string => (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";

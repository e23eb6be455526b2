import { findRule, ruleUrl } from "../../../rules";
import { Bounded, escaped, MAX_BYTES } from "../../reports/markdown";
import { counted, daysLeft, nameOf } from "../../reports/wording";
import type { VerifiedRule, VerifyReport } from "../report";
import type { Finding } from "../types";
import { saying } from "../wording";
import { scopeOf } from "./text";

/** A bot finds its earlier comment by this. */
const MARKER = "<!-- compliance-verify -->";

const HEAD = "| Severity | Control | Resource | Region | Found |\n|---|---|---|---|---|\n";
const EXEMPTED = "| Control | Resource | Region | Reason | Owner | Until |\n|---|---|---|---|---|---|\n";
const RULES = "| Severity | Control | Region | Why |\n|---|---|---|---|\n";

/** The report as a comment or a summary of a job: short, and never longer than a comment may be. */
export function verifyMarkdown(report: VerifyReport, today: string): string {
  const rules = report.regions.flatMap((region) =>
    region.rules.map((rule) => ({ region: region.region, rule })),
  );
  const findings = rules.flatMap(({ rule }) => rule.findings);
  const open = findings.filter(({ exemption }) => exemption === undefined);
  const silent = rules.filter(({ rule: { state } }) => state === "notReported" || state === "notDeployed");
  const text = new Bounded(MAX_BYTES);
  text.add(`${MARKER}\n## ${titleOf(report)}\n`);
  text.add(`${scopeOf(report)}; ${report.summary.exempted} exempted.\n`);
  const errors = report.regions.flatMap(({ error }) => error ?? []);
  text.addSection(
    "\n",
    errors.map((error) => `- **Error:** ${escaped(error)}\n`),
    "",
  );
  section(text, "", open.map(findingRow), HEAD);
  section(
    text,
    `${counted(silent.length, "rule")} of which nothing is known`,
    silent.map(({ region, rule }) => ruleRow(region, rule)),
    RULES,
  );
  const exempted = findings.filter(({ exemption }) => exemption !== undefined);
  section(
    text,
    `${exempted.length} exempted`,
    exempted.map((finding) => exemptedRow(finding, today)),
    EXEMPTED,
  );
  const notes = [
    ...report.notes,
    ...report.expired.map(
      ({ control, resource, expires }) => `The exemption of ${control} on ${resource} ended on ${expires}.`,
    ),
    ...report.unused.map(
      ({ control, resource }) => `The exemption of ${control} on ${resource} covers nothing.`,
    ),
  ];
  section(
    text,
    counted(notes.length, "note"),
    notes.map((note) => `- ${escaped(note)}\n`),
    "",
  );
  return text.toString();
}

function titleOf({ summary, status }: VerifyReport): string {
  if (summary.errors > 0) return `Compliance of the account: ${counted(summary.errors, "error")}`;
  const silent = summary.notReported + summary.notDeployed;
  const unknown = silent === 0 ? "" : `, ${counted(silent, "rule")} unknown`;
  if (summary.violations > 0)
    return `Compliance of the account: ${counted(summary.violations, "violation")}${unknown}`;
  return `Compliance of the account: ${status === 0 ? "no violation" : "not known"}${unknown}`;
}

function section(text: Bounded, summary: string, rows: readonly string[], head: string): void {
  if (rows.length === 0) return;
  const [open, close] =
    summary === "" ? ["\n", ""] : [`\n<details><summary>${summary}</summary>\n\n`, "\n</details>\n"];
  text.addSection(open + head, rows, close);
}

function findingRow(finding: Finding): string {
  const { severity, level, region } = finding;
  const grade = level === "advisory" ? `${severity}, advisory` : severity;
  return `| ${grade} | ${linked(finding)} | ${resource(finding)} | ${region} | ${escaped(saying(finding))} |\n`;
}

function exemptedRow(finding: Finding, today: string): string {
  const { exemption, region } = finding;
  if (exemption === undefined) return "";
  const ticket = exemption.ticket === undefined ? "" : ` (${escaped(exemption.ticket)})`;
  const until = `${exemption.expires} (${daysLeft(exemption.expires, today)})`;
  return `| ${linked(finding)} | ${resource(finding)} | ${region} | ${escaped(exemption.reason)}${ticket} | ${escaped(exemption.owner)} | ${until} |\n`;
}

function ruleRow(region: string, { rule, state, reason = "" }: VerifiedRule): string {
  const what = state === "notDeployed" ? "Not deployed as declared" : "Did not report";
  return `| ${rule.severity} | ${linked({ control: rule.identifier, name: rule.name })} | ${region} | ${what}: ${escaped(reason)}. |\n`;
}

function resource({ resourceType, resourceId, resourceName, urn }: Finding): string {
  const name = resourceName === undefined || resourceName === resourceId ? "" : ` (${escaped(resourceName)})`;
  const logical = urn === undefined ? "" : `<br>${escaped(nameOf(urn))}`;
  return `${escaped(resourceId)}${name}<br>${escaped(resourceType)}${logical}`;
}

function linked({ control, name }: Pick<Finding, "control" | "name">): string {
  const rule = findRule(control);
  return rule === undefined ? name : `[${name}](${ruleUrl(rule)})`;
}

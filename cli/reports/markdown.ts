import { findRule, printable, ruleUrl } from "../../rules";
import type { Report, ReportResult } from "./report";
import { notesOf } from "./notes";
import { counted, daysLeft, errorLine, foundIn, nameOf, sentence } from "./wording";

/**
 * What a comment on a pull request may hold on GitHub. Bytes are counted, for they are never fewer than characters.
 * @see https://github.com/orgs/community/discussions/41331
 */
export const MAX_BYTES = 65_536;

/** Kept free for the sections that follow a table that was cut. */
const RESERVED_BYTES = 4_096;

/** A bot finds its earlier comment by this. */
const MARKER = "<!-- compliance-report -->";

/**
 * The report as a comment on a pull request: short, and never longer than a comment may be.
 * @param room - the bytes that it may have.
 */
export function markdownReport(report: Report, today: string, room = MAX_BYTES): string {
  const violations = report.results.filter(
    ({ verdict, exemption }) => verdict === "NON_COMPLIANT" && exemption === undefined,
  );
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  const advisory = violations.filter(({ level }) => level === "advisory");
  const undecided = report.results.filter(
    ({ verdict, exemption }) => verdict === "UNDECIDED" && exemption === undefined,
  );
  const exempted = report.results.filter(({ exemption }) => exemption !== undefined);
  const text = new Bounded(room);
  text.add(`${MARKER}\n## ${titleOf(report, mandatory.length)}\n`);
  text.add(`${scopeOf(report)}\n`);
  text.addSection(
    "\n",
    report.errors.map((error) => `- **Error:** ${escaped(errorLine(error).split("\n")[0] ?? "")}\n`),
    "",
  );
  table(text, "", mandatory, findingRow);
  table(text, counted(advisory.length, "advisory finding"), advisory, findingRow);
  table(
    text,
    `${undecided.length} undecided: an input is not known before the update`,
    undecided,
    findingRow,
  );
  table(text, `${exempted.length} exempted`, exempted, (result) => exemptedRow(result, today), EXEMPTED_HEAD);
  const notes = [
    ...report.sources.flatMap((source) =>
      notesOf(source).map((note) => `${printable(source.name)}: ${note}`),
    ),
    ...report.expired.map(
      ({ control, resource, expires }) =>
        `The exemption of ${control} on ${printable(resource)} ended on ${expires}.`,
    ),
    ...report.unused.map(
      ({ control, resource }) => `The exemption of ${control} on ${printable(resource)} covers nothing.`,
    ),
  ];
  if (notes.length > 0) {
    text.addSection(
      `\n<details><summary>${counted(notes.length, "note")}</summary>\n\n`,
      notes.map((note) => `- ${escaped(note)}\n`),
      "\n</details>\n",
    );
  }
  return text.toString();
}

function titleOf({ errors, summary }: Report, mandatory: number): string {
  if (errors.length > 0)
    return `Compliance: ${counted(errors.length, "error")}, ${counted(mandatory, "violation")}`;
  if (mandatory > 0) return `Compliance: ${counted(mandatory, "violation")}`;
  return summary.nonCompliant > summary.exempted
    ? "Compliance: no mandatory violation"
    : "Compliance: no violation";
}

function scopeOf({ summary, sources }: Report): string {
  const resources = `${counted(summary.resources, "resource")} in ${counted(sources.length, "source")}`;
  return `${resources}, ${counted(summary.controls, "control")}: ${summary.compliant} passed, ${summary.undecided} undecided, ${summary.exempted} exempted.`;
}

const HEAD = "| Severity | Control | Resource | Found | Fix |\n|---|---|---|---|---|\n";
const EXEMPTED_HEAD = "| Control | Resource | Reason | Owner | Until |\n|---|---|---|---|---|\n";

function table(
  text: Bounded,
  summary: string,
  results: readonly ReportResult[],
  row: (result: ReportResult) => string,
  head = HEAD,
): void {
  if (results.length === 0) return;
  const [open, close] =
    summary === "" ? ["\n", ""] : [`\n<details><summary>${summary}</summary>\n\n`, "\n</details>\n"];
  text.addSection(open + head, results.map(row), close);
}

function findingRow(result: ReportResult): string {
  const key = result.key === "" ? "" : ` (${escaped(result.key)})`;
  return `| ${result.severity} | ${linked(result)} | ${resource(result)}${key} | ${escaped(sentence(foundIn(result)))} | ${escaped(result.fix)} |\n`;
}

function exemptedRow(result: ReportResult, today: string): string {
  const { exemption } = result;
  if (exemption === undefined) return "";
  const ticket = exemption.ticket === undefined ? "" : ` (${escaped(exemption.ticket)})`;
  return `| ${linked(result)} | ${resource(result)} | ${escaped(exemption.reason)}${ticket} | ${escaped(exemption.owner)} | ${exemption.expires} (${daysLeft(exemption.expires, today)}) |\n`;
}

const resource = ({ urn, type }: ReportResult): string => `${escaped(nameOf(urn))}<br>${escaped(type)}`;

function linked({ control, name }: ReportResult): string {
  const rule = findRule(control);
  return rule === undefined ? name : `[${name}](${ruleUrl(rule)})`;
}

/** A text that is neither Markdown, nor HTML, nor a mention of somebody. */
export function escaped(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]~#!]/g, "\\$&")
    .replace(/[&<>@|]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A text that stops growing before it is too long, and says what it leaves out. */
export class Bounded {
  private text = "";
  private bytes = 0;

  public constructor(private readonly limit: number) {}

  public add(part: string): void {
    const bytes = Buffer.byteLength(part);
    if (this.bytes + bytes > this.limit) return;
    this.text += part;
    this.bytes += bytes;
  }

  /** Adds as many rows as there is room for. */
  public addSection(open: string, rows: readonly string[], close: string): void {
    if (rows.length === 0) return;
    const frame = Buffer.byteLength(open) + Buffer.byteLength(close);
    let room = this.limit - RESERVED_BYTES - this.bytes - frame;
    const fitting: string[] = [];
    for (const row of rows) {
      room -= Buffer.byteLength(row);
      if (room < 0) break;
      fitting.push(row);
    }
    const missing = rows.length - fitting.length;
    const rest =
      missing === 0 ? "" : `\n${missing} more do not fit into a comment; the other formats have all.\n`;
    this.add(fitting.length === 0 ? rest : open + fitting.join("") + rest + close);
  }

  public toString(): string {
    return this.text;
  }
}

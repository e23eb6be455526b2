import { createColors } from "picocolors";
import { findRule, printable, ruleUrl } from "../../rules";
import type { Exemption, Severity } from "../../rules";
import { notesOf } from "./notes";
import { counted, daysLeft, foundIn, nameOf, sentence } from "./wording";
import type { Report, ReportResult, ReportSource } from "./report";

/** How the text report is printed. */
export interface TextOptions {
  readonly colour: boolean;
  /** Also what passed or does not apply, and everything about what is undecided. */
  readonly all: boolean;
  /** Whether undecided verdicts are shown at all. */
  readonly undecided: boolean;
  /** Today, as `YYYY-MM-DD`. */
  readonly today: string;
}

export type Colours = ReturnType<typeof createColors>;

/** The report for people: by source and resource, then what the selection left over, then one line that sums up. */
export function textReport(report: Report, options: TextOptions): string {
  const colours = createColors(options.colour);
  const sections = report.sources.map((source) => sourceSection(source, report, options, colours));
  return [
    ...sections,
    exemptionSection("Expired exemptions, which are not applied", report.expired, colours),
    exemptionSection("Unused exemptions, which covered nothing", report.unused, colours),
    summaryLine(report, colours),
  ]
    .filter((section) => section !== "")
    .join("\n\n")
    .concat("\n");
}

function sourceSection(source: ReportSource, report: Report, options: TextOptions, colours: Colours): string {
  const shown = report.results.filter((result) => result.source === source.name && isShown(result, options));
  const byUrn = new Map<string, ReportResult[]>();
  for (const result of shown) {
    const same = byUrn.get(result.urn);
    if (same === undefined) byUrn.set(result.urn, [result]);
    else same.push(result);
  }
  const head = `${colours.bold(printable(source.name))}  ${colours.dim(`${source.kind}, ${counted(source.resources, "resource")}`)}`;
  const resources = [...byUrn].map(([urn, results]) => resourceSection(urn, results, options, colours));
  const notes = notesOf(source).map((note) => `  ${colours.dim("note:")} ${note}`);
  return [head, ...resources, ...(notes.length === 0 ? [] : [notes.join("\n")])].join("\n\n");
}

function isShown({ verdict, exemption }: ReportResult, options: TextOptions): boolean {
  switch (verdict) {
    case "NON_COMPLIANT":
      return true;
    case "UNDECIDED":
      return options.all || options.undecided || exemption !== undefined;
    case "COMPLIANT":
    case "NOT_APPLICABLE":
      return options.all;
  }
}

function resourceSection(
  urn: string,
  results: readonly ReportResult[],
  options: TextOptions,
  colours: Colours,
): string {
  const type = results[0]?.type ?? "";
  const head = `  ${colours.bold(printable(nameOf(urn)))}  ${colours.dim(printable(type))}`;
  return [head, ...results.map((result) => finding(result, options, colours))].join("\n");
}

function finding(result: ReportResult, options: TextOptions, colours: Colours): string {
  const indent = "\n        ";
  if (result.verdict === "COMPLIANT") return `    ${colours.green("pass")}  ${result.name}`;
  if (result.verdict === "NOT_APPLICABLE") return `    ${colours.dim("does not apply")}  ${result.name}`;
  const rule = findRule(result.control);
  const head = `    ${label(result, colours)}  ${colours.bold(result.name)}${result.key === "" ? "" : colours.dim(`  ${printable(result.key)}`)}`;
  const brief = result.verdict === "UNDECIDED" && !result.fails && !options.all;
  if (brief && result.exemption === undefined) return `${head}  ${colours.dim(sentence(foundIn(result)))}`;
  const lines = [sentence(foundIn(result)), `Fix: ${result.fix}`];
  if (result.exemption !== undefined) lines.push(accepted(result.exemption, options.today));
  if (rule !== undefined) lines.push(colours.dim(ruleUrl(rule)));
  return head + indent + lines.join(indent);
}

function label(result: ReportResult, colours: Colours): string {
  if (result.exemption !== undefined) return colours.cyan("exempted");
  const advisory = result.level === "advisory" ? " advisory" : "";
  if (result.verdict === "UNDECIDED")
    return colours.magenta(`undecided${advisory === "" ? " mandatory" : ""}`);
  return severityColour(result.severity, colours)(`${result.severity}${advisory}`);
}

export function severityColour(severity: Severity, colours: Colours): (text: string) => string {
  switch (severity) {
    case "critical":
      return (text) => colours.bold(colours.red(text));
    case "high":
      return colours.red;
    case "medium":
      return colours.yellow;
    case "low":
      return colours.blue;
  }
}

export const accepted = ({ reason, owner, expires, ticket }: Exemption, today: string): string =>
  `Accepted by ${printable(owner)} until ${expires} (${daysLeft(expires, today)}): ${printable(reason)}` +
  (ticket === undefined ? "" : ` [${printable(ticket)}]`);

export function exemptionSection(title: string, exemptions: readonly Exemption[], colours: Colours): string {
  if (exemptions.length === 0) return "";
  const lines = exemptions.map(
    ({ control, resource, owner, expires }) =>
      `  ${control} on ${printable(resource)} (${printable(owner)}, until ${expires})`,
  );
  return [colours.bold(title), ...lines].join("\n");
}

function summaryLine({ summary, selection, results, sources }: Report, colours: Colours): string {
  const open = results.filter(
    ({ verdict, exemption }) => verdict === "NON_COMPLIANT" && exemption === undefined,
  );
  const mandatory = open.filter(({ level }) => level === "mandatory").length;
  const parts = [
    counted(mandatory, "mandatory violation"),
    `${open.length - mandatory} advisory`,
    `${summary.undecided} undecided`,
    `${summary.exempted} exempted`,
    `${summary.compliant} passed`,
    ...(summary.errors === 0 ? [] : [counted(summary.errors, "error")]),
  ];
  // Not each control that is selected can be decided from a stack.
  const judging =
    summary.controls === selection.controls
      ? counted(summary.controls, "control")
      : `${summary.controls} of ${counted(selection.controls, "selected control")}`;
  const scope = `${counted(summary.resources, "resource")} in ${counted(sources.length, "source")}, ${judging}`;
  const paint = mandatory > 0 || summary.errors > 0 ? colours.red : colours.green;
  return `${paint(parts.join(", "))} ${colours.dim(`(${scope})`)}`;
}

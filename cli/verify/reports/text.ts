import { createColors } from "picocolors";
import { compare, findRule, printable, ruleUrl } from "../../../rules";
import { accepted, exemptionSection, severityColour } from "../../reports/text";
import type { Colours } from "../../reports/text";
import { counted, nameOf } from "../../reports/wording";
import type { VerifiedRegion, VerifiedRule, VerifyReport } from "../report";
import type { Finding, RuleState } from "../types";
import { saying } from "../wording";

/** How the text report is printed. */
export interface VerifyTextOptions {
  readonly colour: boolean;
  /** Also the rules that are compliant or have nothing to evaluate. */
  readonly all: boolean;
  /** Today, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** The report for people: by region and resource, then rules that say nothing, then one line that sums up. */
export function verifyText(report: VerifyReport, options: VerifyTextOptions): string {
  const colours = createColors(options.colour);
  return [
    ...report.regions.map((region) => regionSection(region, options, colours)),
    exemptionSection("Expired exemptions, which are not applied", report.expired, colours),
    exemptionSection("Unused exemptions, which covered nothing", report.unused, colours),
    report.notes.map((note) => `${colours.dim("note:")} ${printable(note)}`).join("\n"),
    summaryLine(report, colours),
  ]
    .filter((section) => section !== "")
    .join("\n\n")
    .concat("\n");
}

function regionSection(region: VerifiedRegion, options: VerifyTextOptions, colours: Colours): string {
  const { account, rules, error } = region;
  const scope = error === undefined ? counted(rules.length, "rule") : "not verified";
  const head = `${colours.bold(region.region)}  ${colours.dim(
    account === undefined ? scope : `account ${account}, ${scope}`,
  )}`;
  const sections = [
    head,
    ...byResource(rules).map((findings) => resourceSection(findings, options, colours)),
    silentSection("Rules that are not deployed as declared", "notDeployed", rules, colours),
    silentSection("Rules that did not report", "notReported", rules, colours),
  ];
  if (options.all) {
    sections.push(
      namesSection("Rules that found nothing to evaluate", "insufficientData", rules, colours),
      namesSection("Compliant rules", "compliant", rules, colours),
    );
  }
  return sections.filter((section) => section !== "").join("\n\n");
}

/** The findings of a region, resource by resource. */
function byResource(rules: readonly VerifiedRule[]): readonly (readonly Finding[])[] {
  const resources = new Map<string, Finding[]>();
  for (const finding of rules.flatMap(({ findings }) => findings)) {
    const key = `${finding.resourceType} ${finding.resourceId}`;
    const same = resources.get(key);
    if (same === undefined) resources.set(key, [finding]);
    else same.push(finding);
  }
  return [...resources].sort(([a], [b]) => compare(a, b)).map(([, findings]) => findings);
}

function resourceSection(findings: readonly Finding[], options: VerifyTextOptions, colours: Colours): string {
  const [first] = findings;
  if (first === undefined) return "";
  const { resourceType, resourceId, resourceName, urn } = first;
  const named =
    resourceName === undefined || resourceName === resourceId ? "" : ` (${printable(resourceName)})`;
  const logical = urn === undefined ? "" : `  ${printable(nameOf(urn))} in the stack`;
  const head = `  ${colours.bold(printable(resourceId))}${named}  ${colours.dim(printable(resourceType) + logical)}`;
  return [head, ...findings.map((finding) => findingLines(finding, options, colours))].join("\n");
}

function findingLines(finding: Finding, { today }: VerifyTextOptions, colours: Colours): string {
  const { exemption, severity, level } = finding;
  const advisory = level === "advisory" ? " advisory" : "";
  const label =
    exemption === undefined
      ? severityColour(severity, colours)(`${severity}${advisory}`)
      : colours.cyan("exempted");
  const lines = [`    ${label}  ${colours.bold(finding.name)}`, `        ${saying(finding)}`];
  if (exemption !== undefined) lines.push(`        ${accepted(exemption, today)}`);
  const rule = findRule(finding.control);
  if (rule !== undefined) lines.push(`        ${colours.dim(ruleUrl(rule))}`);
  return lines.join("\n");
}

function silentSection(
  title: string,
  state: RuleState,
  rules: readonly VerifiedRule[],
  colours: Colours,
): string {
  const lines = rules
    .filter((rule) => rule.state === state)
    .map(({ rule: { name, severity, level }, reason = "" }) => {
      const advisory = level === "advisory" ? " advisory" : "";
      const label = severityColour(severity, colours)(`${severity}${advisory}`);
      return `    ${label}  ${colours.bold(name)}: ${printable(reason)}.`;
    });
  return lines.length === 0 ? "" : [`  ${colours.bold(title)}`, ...lines].join("\n");
}

function namesSection(
  title: string,
  state: RuleState,
  rules: readonly VerifiedRule[],
  colours: Colours,
): string {
  const names = rules.filter((rule) => rule.state === state).map(({ rule }) => `    ${rule.name}`);
  return names.length === 0 ? "" : [`  ${colours.bold(title)}`, ...names].join("\n");
}

/** The numbers of a report in words. */
export function scopeOf({ summary, regions }: VerifyReport): string {
  const parts = [
    `${summary.compliant} compliant`,
    `${summary.nonCompliant} violated`,
    `${summary.insufficientData} without a resource`,
    `${summary.notReported} did not report`,
    `${summary.notDeployed} not deployed`,
  ];
  return `${counted(summary.rules, "rule")} in ${counted(regions.length, "region")}: ${parts.join(", ")}`;
}

function summaryLine(report: VerifyReport, colours: Colours): string {
  const { summary, status } = report;
  const errors = summary.errors === 0 ? "" : `, ${counted(summary.errors, "error")}`;
  const head = `${counted(summary.violations, "violation")}, ${summary.exempted} exempted${errors}`;
  return `${(status === 0 ? colours.green : colours.red)(head)} ${colours.dim(`(${scopeOf(report)})`)}`;
}

import { createHash } from "node:crypto";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import { findRule, policyOf, printable, requirementsOf, ruleUrl } from "../../rules";
import type { Severity } from "../../rules";
import { TOOL } from "../version";
import type { Report, ReportError, ReportResult } from "./report";
import { errorLine, nameOf } from "./wording";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * Scores of CVSS's bands, by which code-scanning views sort.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/**
 * The report as SARIF 2.1.0. Without `--all` it holds only what needs attention, for not every code-scanning view
 * leaves out what passed.
 * @param all - also what passed or does not apply.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: Report, all: boolean): string {
  const shown = report.results.filter(
    ({ verdict }) => all || verdict === "NON_COMPLIANT" || verdict === "UNDECIDED",
  );
  const controls = [...new Set(shown.map(({ control }) => control))].sort();
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: TOOL.name, semanticVersion: TOOL.version, rules: controls.map(ruleOf) },
        },
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            ...(report.errors.length === 0
              ? {}
              : { toolExecutionNotifications: report.errors.map(notificationOf) }),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: shown.map((result) => resultOf(result, controls.indexOf(result.control))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(control: string): ReportingDescriptor {
  const rule = findRule(control);
  const title = policyOf(control)?.title ?? control;
  if (rule === undefined) return { id: control, shortDescription: { text: title } };
  const url = ruleUrl(rule);
  const frameworks = [...new Set(requirementsOf(control).map(([framework]) => framework))].sort();
  return {
    id: control,
    name: rule.name,
    shortDescription: { text: title },
    fullDescription: { text: title },
    helpUri: url,
    help: {
      text: `${title} AWS Config evaluates it as ${rule.name}: ${url}`,
      markdown: `${title}\n\nAWS Config evaluates it as [${rule.name}](${url}). \`compliance explain ${rule.name}\` shows everything about it.`,
    },
    defaultConfiguration: { level: "error" },
    properties: {
      tags: ["compliance", "security", rule.service, ...frameworks].slice(0, 20),
      precision: "high",
      "security-severity": SCORES[rule.severity],
    },
  };
}

function resultOf(result: ReportResult, ruleIndex: number): Result {
  const name = nameOf(result.urn);
  const { holder } = result;
  return {
    ruleId: result.control,
    ruleIndex,
    ...kindOf(result),
    message: {
      text: printable(result.message === "" ? `"${name}" complies.` : `"${name}": ${result.message}`),
    },
    locations: [locationOf(result.urn, result.file)],
    ...(holder === undefined ? {} : { relatedLocations: [locationOf(holder.urn, result.file)] }),
    partialFingerprints: fingerprintsOf(result),
    ...suppressionsOf(result),
    properties: {
      level: result.level,
      severity: result.severity,
      ...(result.property === undefined ? {} : { property: result.property }),
      ...(holder === undefined ? {} : { holder }),
      ...(result.key === "" ? {} : { key: result.key }),
    },
  };
}

/** A resource, in the file that a code-scanning view opens. */
const locationOf = (urn: string, file: string): Location => ({
  physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
  logicalLocations: [{ name: printable(nameOf(urn)), fullyQualifiedName: printable(urn), kind: "resource" }],
});

/** Only a failure has a level; what is not known yet asks for a review. */
function kindOf({ verdict, level }: ReportResult): Pick<Result, "kind" | "level"> {
  switch (verdict) {
    case "NON_COMPLIANT":
      return { kind: "fail", level: level === "mandatory" ? "error" : "warning" };
    case "UNDECIDED":
      return { kind: "review", level: "none" };
    case "COMPLIANT":
      return { kind: "pass", level: "none" };
    case "NOT_APPLICABLE":
      return { kind: "notApplicable", level: "none" };
  }
}

/**
 * The same finding has the same prints in every run. All findings of a file are on its first line, so that a view which
 * would hash that line gets the hash from here.
 */
function fingerprintsOf({ control, urn, key }: ReportResult): Record<string, string> {
  const hash = createHash("sha256")
    .update(JSON.stringify([control, urn, key]))
    .digest("hex")
    .slice(0, 32);
  return { "complianceFinding/v1": hash, primaryLocationLineHash: `${hash.slice(0, 16)}:1` };
}

function suppressionsOf({ exemption }: ReportResult): Pick<Result, "suppressions"> {
  if (exemption === undefined) return {};
  const { reason, owner, expires, ticket } = exemption;
  const justification = `${reason} (${owner}, until ${expires}${ticket === undefined ? "" : `, ${ticket}`})`;
  return {
    suppressions: [{ kind: "external", status: "accepted", justification: printable(justification) }],
  };
}

function notificationOf(error: ReportError): Notification {
  const { source, control } = error;
  return {
    level: "error",
    message: { text: errorLine(error) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(source) } } }],
    ...(control === undefined ? {} : { associatedRule: { id: control } }),
  };
}

/** A path as a URI reference: relative paths stay relative, so that a view finds the file in the repository. */
function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(/[\\/]/).map(encodeURIComponent).join("/");
}

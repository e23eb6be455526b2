import { entryOfExemption, type Exemption } from "../../rules";
import { TOOL } from "../version";
import type { Report, ReportResult } from "./report";

/** The version of the report's shape; see `docs/schemas/report.schema.json`. */
export const REPORT_VERSION = 1;

/** The report for other programs. The same input gives the same bytes. */
export function jsonReport(report: Report): string {
  const document = {
    version: REPORT_VERSION,
    tool: TOOL,
    selection: report.selection,
    sources: report.sources,
    results: report.results.filter(({ verdict }) => verdict !== "NOT_APPLICABLE").map(resultOf),
    errors: report.errors,
    exemptions: {
      expired: report.expired.map(exemptionOf),
      unused: report.unused.map(exemptionOf),
    },
    summary: report.summary,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function resultOf(result: ReportResult): Readonly<Record<string, unknown>> {
  const { source, control, name, urn, type, verdict, severity, level, message, fix, key } = result;
  const { property, holder } = result;
  return {
    source,
    control,
    name,
    urn,
    type,
    verdict,
    severity,
    level,
    ...(property === undefined ? {} : { property }),
    ...(holder === undefined ? {} : { holder }),
    message,
    fix,
    key,
    ...(result.exemption === undefined ? {} : { exemption: exemptionOf(result.exemption) }),
  };
}

export const exemptionOf = (exemption: Exemption): object => ({
  control: exemption.control,
  ...entryOfExemption(exemption),
});

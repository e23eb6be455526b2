import type { Report } from "./report";
export function markdownReport(report: Report): string {
  return JSON.stringify(report.summary);
}

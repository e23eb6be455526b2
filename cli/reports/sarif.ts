import type { Report } from "./report";
export function sarifReport(report: Report): string {
  return JSON.stringify(report.summary);
}

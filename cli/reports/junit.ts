import type { Report } from "./report";
export function junitReport(report: Report): string {
  return JSON.stringify(report.summary);
}

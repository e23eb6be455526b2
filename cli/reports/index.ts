import type { Report } from "./report";
import type { TextOptions } from "./text";

export type { FailOn, OnUnknown, Report, ReportError } from "./report";
export { ReportBuilder } from "./report";
export { errorLine } from "./wording";

/** The formats of a report. */
export const FORMATS = ["text", "json", "sarif", "junit", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** A report in a format. Each format is loaded when it is asked for. */
export async function render(report: Report, format: Format, options: TextOptions): Promise<string> {
  switch (format) {
    case "text":
      return (await import("./text")).textReport(report, options);
    case "json":
      return (await import("./json")).jsonReport(report);
    case "sarif":
      return (await import("./sarif")).sarifReport(report, options.all);
    case "junit":
      return (await import("./junit")).junitReport(report);
    case "markdown":
      return (await import("./markdown")).markdownReport(report, options.today);
  }
}

import type { VerifyReport } from "../report";
import type { VerifyTextOptions } from "./text";

/** The formats of a report of `verify`. */
export const VERIFY_FORMATS = ["text", "json", "junit", "markdown"] as const;
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

/** A report in a format. Each format is loaded when it is asked for. */
export async function renderVerify(
  report: VerifyReport,
  format: VerifyFormat,
  options: VerifyTextOptions,
): Promise<string> {
  switch (format) {
    case "text":
      return (await import("./text")).verifyText(report, options);
    case "json":
      return (await import("./json")).verifyJson(report);
    case "junit":
      return (await import("./junit")).verifyJunit(report);
    case "markdown":
      return (await import("./markdown")).verifyMarkdown(report, options.today);
  }
}

import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces";
import { printable } from "../../rules";
import type { Report, ReportError, ReportResult } from "./report";
import { nameOf } from "./wording";

/**
 * The report as JUnit XML: a suite for each source, a case for each verdict. What makes the command fail is a failure;
 * other violations, undecided and exempted ones are skipped with their message, so that they can be seen.
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junitReport(report: Report): string {
  const names = new Set([
    ...report.sources.map(({ name }) => name),
    ...report.errors.map(({ source }) => source),
  ]);
  const suites = [...names].map((name) => ({
    name,
    results: report.results.filter(({ source }) => source === name),
    errors: report.errors.filter(({ source }) => source === name),
  }));
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("testsuites", {
    name: "compliance",
    ...countsOf(report.results, report.errors),
  });
  for (const { name, results, errors } of suites) {
    const suite = root.ele("testsuite", {
      name: clean(name),
      ...countsOf(results, errors),
      skipped: results.filter(isSkipped).length,
    });
    for (const result of results) addCase(suite, result);
    for (const error of errors) addError(suite, error);
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

function countsOf(results: readonly ReportResult[], errors: readonly ReportError[]): Counts {
  return {
    tests: results.length + errors.length,
    failures: results.filter(({ fails }) => fails).length,
    errors: errors.length,
  };
}

const isSkipped = ({ fails, verdict }: ReportResult): boolean => !fails && verdict !== "COMPLIANT";

function addCase(suite: XMLBuilder, result: ReportResult): void {
  const key = result.key === "" ? "" : ` (${result.key})`;
  const test = suite.ele("testcase", {
    classname: clean(result.type),
    name: clean(`${result.name}: ${nameOf(result.urn)}${key}`),
  });
  if (result.fails) {
    test
      .ele("failure", { type: result.severity, message: clean(result.message) })
      .txt(clean(`${result.urn}\n${result.message}`, true));
  } else if (isSkipped(result)) {
    test.ele("skipped", { message: clean(skippedFor(result)) });
  }
}

function skippedFor({ verdict, exemption, level, message }: ReportResult): string {
  if (exemption !== undefined)
    return `Exempted until ${exemption.expires} by ${exemption.owner}: ${exemption.reason}`;
  if (verdict === "NOT_APPLICABLE") return "It does not apply.";
  return verdict === "UNDECIDED"
    ? `Undecided: ${message}`
    : `${level === "advisory" ? "Advisory" : "Below the severity that fails"}: ${message}`;
}

function addError(suite: XMLBuilder, { source, control, urn, message }: ReportError): void {
  const name = control === undefined ? "can be judged" : `${control}: ${nameOf(urn ?? "")}`;
  suite
    .ele("testcase", { classname: clean(source), name: clean(name) })
    .ele("error", { type: "error", message: clean(message.split("\n")[0] ?? "") })
    .txt(clean(message, true));
}

/** A text without what XML 1.0 does not allow. */
export function clean(text: string, multiline = false): string {
  const shown = multiline ? text.split("\n").map(printable).join("\n") : printable(text);
  return shown.replace(/[\ud800-\udfff\ufffe\uffff]/gu, "\ufffd");
}

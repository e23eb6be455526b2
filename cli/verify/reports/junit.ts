import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces";
import { clean } from "../../reports/junit";
import type { VerifiedRegion, VerifiedRule, VerifyReport } from "../report";
import type { Finding } from "../types";
import { saying } from "../wording";

/** A case of a suite: a violation, or a rule without one. */
interface Case {
  readonly type: string;
  readonly name: string;
  readonly outcome: "passed" | "failure" | "skipped" | "error";
  readonly message: string;
  /** The severity of a failure. */
  readonly kind: string;
}

/**
 * The report as JUnit XML: a suite for each region, a case for each violation and for each rule without one. What makes
 * the command fail is a failure; exempted and advisory violations, and rules with nothing to evaluate, are skipped.
 */
export function verifyJunit(report: VerifyReport): string {
  const suites = report.regions.map((region) => ({ region, cases: casesOf(region) }));
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("testsuites", {
    name: "compliance verify",
    ...countsOf(suites.flatMap(({ cases }) => cases)),
  });
  for (const { region, cases } of suites) {
    const suite = root.ele("testsuite", {
      name: clean(region.region),
      ...countsOf(cases),
      skipped: cases.filter(({ outcome }) => outcome === "skipped").length,
    });
    for (const item of cases) addCase(suite, item);
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function countsOf(cases: readonly Case[]) {
  const count = (outcome: Case["outcome"]): number => cases.filter((item) => item.outcome === outcome).length;
  return { tests: cases.length, failures: count("failure"), errors: count("error") };
}

function casesOf({ region, rules, error }: VerifiedRegion): readonly Case[] {
  if (error !== undefined) {
    return [{ type: region, name: "can be verified", outcome: "error", message: error, kind: "error" }];
  }
  return rules.flatMap((rule) => [
    ...(rule.findings.length === 0 ? [ruleCase(rule)] : rule.findings.map(findingCase)),
  ]);
}

function ruleCase({ rule, state, reason = "", fails }: VerifiedRule): Case {
  const base = { type: "AWS::Config::ConfigRule", name: rule.name, kind: rule.severity };
  switch (state) {
    case "compliant":
    case "nonCompliant":
      return { ...base, outcome: "passed", message: "" };
    case "insufficientData":
      return { ...base, outcome: "skipped", message: "It found nothing to evaluate." };
    case "notReported":
    case "notDeployed": {
      const what = state === "notReported" ? "It did not report" : "It is not deployed as declared";
      return { ...base, outcome: fails ? "failure" : "skipped", message: `${what}: ${reason}.` };
    }
  }
}

function findingCase(finding: Finding): Case {
  const { name, severity, resourceType, resourceId, resourceName, exemption, fails } = finding;
  const called = resourceName === undefined || resourceName === resourceId ? "" : ` (${resourceName})`;
  const said = saying(finding);
  const message =
    exemption === undefined
      ? said
      : `Exempted until ${exemption.expires} by ${exemption.owner}: ${exemption.reason}`;
  return {
    type: resourceType,
    name: `${name}: ${resourceId}${called}`,
    outcome: fails ? "failure" : "skipped",
    message,
    kind: severity,
  };
}

function addCase(suite: XMLBuilder, { type, name, outcome, message, kind }: Case): void {
  const test = suite.ele("testcase", { classname: clean(type), name: clean(name) });
  if (outcome === "passed") return;
  if (outcome === "skipped") test.ele("skipped", { message: clean(message) });
  else test.ele(outcome, { type: kind, message: clean(message) });
}

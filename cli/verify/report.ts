import { SEVERITIES } from "../../rules";
import type { Exemption, Selection, Severity } from "../../rules";
import type { UsageError } from "../errors";
import type { FailOn } from "../reports";
import type { Exemptions, Occurrence } from "./exemptions";
import type { DeclaredRule, Finding, RegionOutcome, RuleState, RuleStatus } from "./types";

/** A rule of a region as the report shows it. */
export interface VerifiedRule {
  readonly rule: DeclaredRule;
  readonly state: RuleState;
  readonly reason: string | undefined;
  readonly status: RuleStatus | undefined;
  /** Violations, exempted ones included. */
  readonly findings: readonly Finding[];
  /** Whether the rule itself makes the command fail, because nothing is known of it. */
  readonly fails: boolean;
}

/** A region, or why it could not be verified. */
export interface VerifiedRegion {
  readonly region: string;
  readonly account: string | undefined;
  readonly rules: readonly VerifiedRule[];
  readonly error: string | undefined;
}

/** Numbers of the whole report. A rule whose every violation is exempted counts as compliant. */
export interface VerifySummary {
  readonly rules: number;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly insufficientData: number;
  readonly notReported: number;
  readonly notDeployed: number;
  /** Violations without an exemption. */
  readonly violations: number;
  readonly exempted: number;
  readonly errors: number;
}

/** Everything that a report says, whatever its format. */
export interface VerifyReport {
  /** In the order in which they were asked for. */
  readonly regions: readonly VerifiedRegion[];
  readonly notes: readonly string[];
  readonly expired: readonly Exemption[];
  /** Known only when every region was verified. */
  readonly unused: readonly Exemption[];
  readonly summary: VerifySummary;
  readonly status: 0 | 1 | 2;
}

/** A region that was verified, or the reason why it could not be. */
export type RegionResult = RegionOutcome | { readonly region: string; readonly error: UsageError };

/** The report over all regions. */
export function verifyReport(
  results: readonly RegionResult[],
  selection: Selection,
  exemptions: Exemptions,
  failOn: FailOn,
): VerifyReport {
  exemptions.expect(results.flatMap(occurrencesIn));
  const regions = results.map((result) =>
    "error" in result
      ? { region: result.region, account: undefined, rules: [], error: result.error.line }
      : verified(result, exemptions, failOn),
  );
  const rules = regions.flatMap((region) => region.rules);
  const fails = rules.some((rule) => rule.fails || rule.findings.some((finding) => finding.fails));
  const summary = summaryOf(regions);
  return {
    regions,
    notes: [...results.flatMap((result) => ("error" in result ? [] : result.notes)), ...exemptions.ambiguous],
    expired: selection.expired,
    // What a region without a report would have shown is not known.
    unused: summary.errors > 0 ? [] : exemptions.unused,
    summary,
    status: summary.errors > 0 ? 2 : fails ? 1 : 0,
  };
}

function occurrencesIn(result: RegionResult): readonly Occurrence[] {
  if ("error" in result) return [];
  const { region, account } = result;
  return result.rules.flatMap(({ rule, violations }) =>
    violations.map((violation) => ({ control: rule.identifier, violation, place: { region, account } })),
  );
}

function verified(
  { region, account, rules }: RegionOutcome,
  exemptions: Exemptions,
  failOn: FailOn,
): VerifiedRegion {
  return {
    region,
    account,
    error: undefined,
    rules: rules.map(({ rule, state, reason, status, violations }) => {
      const counts = rule.level === "mandatory" && isGrave(rule.severity, failOn);
      const findings = violations.map((violation): Finding => {
        const judged = exemptions.judge(rule.identifier, violation, { region, account });
        return {
          region,
          account,
          control: rule.identifier,
          name: rule.name,
          severity: rule.severity,
          level: rule.level,
          resourceType: violation.resourceType,
          resourceId: violation.resourceId,
          resourceName: violation.resourceName,
          annotation: violation.annotation,
          recorded: violation.recorded,
          ...judged,
          fails: counts && judged.exemption === undefined,
        };
      });
      const isOpen = findings.some(({ exemption }) => exemption === undefined);
      return {
        rule,
        state: state === "nonCompliant" && !isOpen ? "compliant" : state,
        reason,
        status,
        findings,
        fails: counts && (state === "notReported" || state === "notDeployed"),
      };
    }),
  };
}

const isGrave = (severity: Severity, failOn: FailOn): boolean =>
  failOn !== "never" && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn);

function summaryOf(regions: readonly VerifiedRegion[]): VerifySummary {
  const rules = regions.flatMap((region) => region.rules);
  const findings = rules.flatMap((rule) => rule.findings);
  const exempted = findings.filter(({ exemption }) => exemption !== undefined).length;
  const count = (state: RuleState): number => rules.filter((rule) => rule.state === state).length;
  return {
    rules: rules.length,
    compliant: count("compliant"),
    nonCompliant: count("nonCompliant"),
    insufficientData: count("insufficientData"),
    notReported: count("notReported"),
    notDeployed: count("notDeployed"),
    violations: findings.length - exempted,
    exempted,
    errors: regions.filter(({ error }) => error !== undefined).length,
  };
}

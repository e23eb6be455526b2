import type { Exemption } from "../../../rules";
import { exemptionOf } from "../../reports/json";
import { TOOL } from "../../version";
import type { VerifiedRule, VerifyReport } from "../report";
import type { Finding } from "../types";

/** The version of the report's shape; see `docs/schemas/verify.schema.json`. */
const VERIFY_VERSION = 1;

/** The report for other programs. */
export function verifyJson({ regions, notes, expired, unused, summary }: VerifyReport): string {
  const document = {
    version: VERIFY_VERSION,
    tool: TOOL,
    regions: regions.map(({ region, account, rules, error }) => ({
      region,
      ...(account === undefined ? {} : { account }),
      ...(error === undefined ? { rules: rules.map(ruleOf) } : { error }),
    })),
    findings: regions.flatMap(({ rules }) => rules.flatMap(({ findings }) => findings.map(findingOf))),
    exemptions: { expired: expired.map(exempted), unused: unused.map(exempted) },
    notes,
    summary,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const exempted = (exemption: Exemption): object => exemptionOf(exemption);

function ruleOf({ rule, state, reason, status, fails }: VerifiedRule): object {
  return {
    control: rule.identifier,
    name: rule.name,
    severity: rule.severity,
    level: rule.level,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(status?.evaluated === undefined ? {} : { lastEvaluated: status.evaluated.toISOString() }),
    fails,
  };
}

function findingOf(finding: Finding): object {
  const { region, account, control, name, severity, level, resourceType, resourceId, fails } = finding;
  const { resourceName, urn, annotation, recorded, exemption } = finding;
  return {
    region,
    ...(account === undefined ? {} : { account }),
    control,
    name,
    severity,
    level,
    resourceType,
    resourceId,
    ...(resourceName === undefined ? {} : { resourceName }),
    ...(urn === undefined ? {} : { urn }),
    ...(annotation === undefined ? {} : { annotation }),
    ...(recorded === undefined ? {} : { recorded: recorded.toISOString() }),
    ...(exemption === undefined ? {} : { exemption: exempted(exemption) }),
    fails,
  };
}

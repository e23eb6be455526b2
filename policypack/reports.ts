import type { Evaluation, Finding, ResourceGraph } from "../rules/engine";
import { printable } from "../rules/engine";
import { exemptionFor } from "../rules/judge";
import type { Exemption } from "../rules/selection/types";
import type { PreventedControl } from "./prevented";
import type { Session } from "./session";
import type { Settings } from "./settings";

/** One line that the engine shows. */
export interface Report {
  /** The whole text: the description of the policy and what was found. */
  readonly message: string;
  readonly urn: string;
  /** Absent: the level of the policy. */
  readonly level?: "advisory" | "mandatory";
}

/**
 * What a policy reports of what its control found. `undefined` when the control applies to nothing here, or when
 * nothing but undecided inputs was found and these are ignored: neither is a pass.
 */
export function reportsOf(
  control: PreventedControl,
  settings: Settings,
  { findings, errors }: Evaluation,
  graph: ResourceGraph,
  session: Session,
): readonly Report[] | undefined {
  const title = (text: string): string => `${control.policy.title}\n${text}`;
  const reports: Report[] = errors.map(({ urn }) => ({
    message: title(internalError(control)),
    urn,
    level: "mandatory",
  }));
  let passed = false;
  for (const finding of findings) {
    if (finding.verdict === "COMPLIANT") passed = true;
    const report = reportOf(finding, settings, graph, session);
    if (report !== undefined) reports.push({ ...report, message: title(report.message) });
  }
  return reports.length > 0 || passed ? reports : undefined;
}

/** Why nothing was judged: the parameters of the policy make no sense. Never a pass. */
export function misconfigured(control: PreventedControl, settings: Settings, urn: string): Report {
  const problems = settings.problems.map(({ path, message }) => `"${path}": ${message}`).join(" ");
  return {
    message: `${control.policy.title}\nThe configuration of the policy ${control.rule.name} cannot be used. ${problems}`,
    urn,
    level: "mandatory",
  };
}

/** Without the text of the error, which may hold the value of a secret. */
const internalError = ({ rule }: PreventedControl): string =>
  `The control ${rule.name} failed on this resource and did not judge it. This is an error in the control, not in the ` +
  `program. Report it; until it is mended, disable the policy ${rule.name}.`;

function reportOf(
  finding: Finding,
  settings: Settings,
  graph: ResourceGraph,
  session: Session,
): Report | undefined {
  const { urn, verdict, refused } = finding;
  if (verdict !== "NON_COMPLIANT" && verdict !== "UNDECIDED") return undefined;
  const message = verdict === "UNDECIDED" ? `Undecided: ${finding.message}` : finding.message;
  const exemption = exemptionFor(finding, graph, settings.exemptions);
  if (exemption !== undefined) {
    session.use(exemption);
    return { message: `Exempted: ${message} ${accepted(exemption, session.day())}`, urn, level: "advisory" };
  }
  if (verdict === "UNDECIDED" && refused !== true) {
    if (settings.onUnknown === "ignore") return undefined;
    return settings.onUnknown === "mandatory" ? { message, urn } : { message, urn, level: "advisory" };
  }
  const ended = exemptionFor(finding, graph, settings.expired);
  if (ended === undefined) return { message, urn };
  session.use(ended);
  return { message: `${message} ${lapsed(ended)}`, urn };
}

const MILLISECONDS_OF_DAY = 86_400_000;

function accepted({ reason, owner, expires, ticket }: Exemption, today: string): string {
  const days = Math.round((Date.parse(expires) - Date.parse(today)) / MILLISECONDS_OF_DAY);
  const left = days === 0 ? "today is the last day" : days === 1 ? "1 day left" : `${days} days left`;
  const by = ticket === undefined ? owner : `${owner} (${ticket})`;
  return printable(`Accepted by ${by} until ${expires}, ${left}: ${reason}`);
}

const lapsed = ({ owner, expires, reason }: Exemption): string =>
  printable(`The exemption that ${owner} was given ended on ${expires}: ${reason}`);

import { caseFacts } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import { ResourceGraph, evaluate } from "../../rules/engine";
import type { Verdict } from "../../rules/engine";
import { evaluated } from "../../rules/controls";
import type { PreventedControl } from "../../policypack/prevented";
import { analyzeRequest, analyzeStackRequest, answerOf } from "./analyzer";
import type { Analyzer } from "./analyzer";

/**
 * What is known of a stack by one control: the verdicts that need attention, by URN, and whether anything else passed.
 * A policy pack tells no more.
 */
export interface Picture {
  readonly flagged: Readonly<Record<string, readonly Verdict[]>>;
  readonly applies: boolean;
}

/** The picture by the engine of the controls. */
export function directPicture({ rule }: PreventedControl, example: Case): Picture {
  const control = evaluated(rule, example.parameters ?? {}, example.strict ?? false);
  if (control === undefined) throw new Error(`${rule.identifier} has no policy.`);
  const { findings, errors } = evaluate(new ResourceGraph(caseFacts(example.stack)), [control]);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  const flagged = findings.filter(({ verdict }) => verdict === "NON_COMPLIANT" || verdict === "UNDECIDED");
  return {
    flagged: byUrn(flagged.map(({ urn, verdict }) => [urn, verdict])),
    applies: findings.some(({ verdict }) => verdict !== "NOT_APPLICABLE"),
  };
}

/**
 * The picture by a pack, whose policy is mandatory while what is undecided is only a warning. Resources of components
 * and providers are sent like the engine does.
 */
export async function pictureOf(
  analyzer: Analyzer,
  control: PreventedControl,
  example: Case,
): Promise<Picture> {
  const facts = caseFacts(example.stack);
  const { name } = control.rule;
  const flagged: [string, Verdict][] = [];
  let applies = false;
  const isStack = control.policy.decision === "stack";
  for (const resource of facts) {
    const answer = answerOf(await analyzer.analyze(analyzeRequest(resource, facts)));
    for (const line of answer.lines.filter(({ policy }) => policy === name))
      flagged.push([line.urn, line.level === "mandatory" ? "NON_COMPLIANT" : "UNDECIDED"]);
    if (!isStack && !answer.notApplicable.includes(name)) applies = true;
  }
  const answer = answerOf(await analyzer.analyzeStack(analyzeStackRequest(facts)));
  for (const line of answer.lines.filter(({ policy }) => policy === name))
    flagged.push([line.urn, line.level === "mandatory" ? "NON_COMPLIANT" : "UNDECIDED"]);
  if (isStack && !answer.notApplicable.includes(name)) applies = true;
  return { flagged: byUrn(flagged), applies: applies || flagged.length > 0 };
}

function byUrn(pairs: readonly (readonly [string, Verdict])[]): Readonly<Record<string, readonly Verdict[]>> {
  const found = new Map<string, Verdict[]>();
  for (const [urn, verdict] of pairs) found.set(urn, [...(found.get(urn) ?? []), verdict].sort());
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { caseFacts } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import { ResourceGraph, evaluate } from "../../rules/engine";
import type { Verdict } from "../../rules/engine";
import { evaluated } from "../../rules/controls";
import { needsStack } from "../../policypack/prevented";
import type { PreventedControl } from "../../policypack/prevented";
import { analyzeRequest, analyzeStackRequest, answerOf } from "./analyzer";
import type { Analyzer, Answer } from "./analyzer";

/**
 * What is known of a stack by one control: the verdicts that need attention, by URN, and whether anything else passed.
 * A policy pack tells no more.
 */
export interface Picture {
  readonly flagged: Readonly<Record<string, readonly Shown[]>>;
  readonly applies: boolean;
}

/** A verdict as people see it; what AWS refuses stops a deployment, although it is undecided. */
type Shown = Verdict | "REFUSED";

/** The picture by the engine of the controls. */
export function directPicture({ rule }: PreventedControl, example: Case): Picture {
  const control = evaluated(rule, example.parameters ?? {}, example.strict ?? false);
  if (control === undefined) throw new Error(`${rule.identifier} has no policy.`);
  const { findings, errors } = evaluate(new ResourceGraph(caseFacts(example.stack)), [control]);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  const flagged = findings.filter(({ verdict }) => verdict === "NON_COMPLIANT" || verdict === "UNDECIDED");
  return {
    flagged: byUrn(flagged.map(({ urn, verdict, refused }) => [urn, refused === true ? "REFUSED" : verdict])),
    applies: findings.some(({ verdict }) => verdict !== "NOT_APPLICABLE"),
  };
}

/**
 * The picture by a pack, whose policy is mandatory while what is undecided is only a warning. What a stack policy says
 * early of a resource that is no subject in the whole stack (a rule of a security group) is left out where the stack is
 * stopped indeed; elsewhere it would be a false alarm, and shows.
 */
export async function pictureOf(
  analyzer: Analyzer,
  control: PreventedControl,
  example: Case,
): Promise<Picture> {
  const facts = caseFacts(example.stack);
  const { name } = control.rule;
  const isStack = needsStack(control);
  const shownBy = ({ level, message }: Answer["lines"][number]): Shown =>
    level !== "mandatory" ? "UNDECIDED" : /^Undecided: /m.test(message) ? "REFUSED" : "NON_COMPLIANT";
  const pairsOf = ({ lines }: Answer): (readonly [string, Shown])[] =>
    lines.filter(({ policy }) => policy === name).map((line) => [line.urn, shownBy(line)]);
  const registered: (readonly [string, Shown])[] = [];
  let applies = false;
  for (const resource of facts) {
    const answer = answerOf(await analyzer.analyze(analyzeRequest(resource, facts)));
    registered.push(...pairsOf(answer));
    if (!isStack && !answer.notApplicable.includes(name)) applies = true;
  }
  const answer = answerOf(await analyzer.analyzeStack(analyzeStackRequest(facts)));
  const atTheEnd = pairsOf(answer);
  if (isStack && !answer.notApplicable.includes(name)) applies = true;
  const truth = directPicture(control, example).flagged;
  const isStopped = Object.values(truth).some((shown) => shown.some((one) => one !== "UNDECIDED"));
  const counted = isStack && isStopped ? registered.filter(([urn]) => Object.hasOwn(truth, urn)) : registered;
  return { flagged: byUrn([...atTheEnd, ...counted]), applies: applies || registered.length > 0 };
}

function byUrn(pairs: readonly (readonly [string, Shown])[]): Readonly<Record<string, readonly Shown[]>> {
  const found = new Map<string, Shown[]>();
  for (const [urn, verdict] of pairs)
    found.set(urn, [...new Set([...(found.get(urn) ?? []), verdict])].sort());
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

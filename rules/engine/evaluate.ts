import type { ResourceGraph } from "./graph";
import type { ResourceNode } from "./graph";
import { fixOf } from "./outcome";
import type { Outcome, Reason, Verdict } from "./outcome";
import { joined, shownBy } from "./place";
import type { Holder } from "./place";
import type { Check, Policy } from "./policy";
import { Reader } from "./reader";
import { printable } from "./values";

/** A control as it is evaluated: its policy with the parameters that hold. */
export interface EvaluatedControl {
  readonly id: string;
  readonly policy: Policy;
  readonly parameters: unknown;
  /** See {@link Context.strict}; default false. */
  readonly strict?: boolean;
}

/** A control, a resource and the verdict. */
export interface Finding {
  readonly control: string;
  readonly urn: string;
  /** The declared type token of the resource. */
  readonly type: string;
  readonly verdict: Verdict;
  readonly property?: string | undefined;
  /** The resource that holds the property, where it is another one; the message names it. */
  readonly holder?: Holder | undefined;
  /** What was found and what to do, in one sentence; empty where nothing is wrong. */
  readonly message: string;
  /** What to do, as a sentence; empty where nothing is wrong. */
  readonly fix: string;
  /** Stable across runs, and different for each finding of one control on one resource. */
  readonly key: string;
  /** The resource cannot be deployed: see {@link Reason.refused}. The verdict is `UNDECIDED`. */
  readonly refused?: boolean;
}

/** A control that failed. It is an error of this project, and no verdict. */
export interface ControlError {
  readonly control: string;
  readonly urn: string;
  readonly message: string;
}

export interface Evaluation {
  readonly findings: readonly Finding[];
  readonly errors: readonly ControlError[];
}

/**
 * Judges every resource of a graph by every control that speaks of its type. Total: a control that throws becomes an
 * error that names it. Deterministic: the result is sorted by URN, control and key.
 */
export function evaluate(graph: ResourceGraph, controls: readonly EvaluatedControl[]): Evaluation {
  const findings: Finding[] = [];
  const errors: ControlError[] = [];
  for (const control of controls) {
    for (const [type, check] of control.policy.checks) {
      for (const node of graph.ofType(type)) judge(graph, node, control, type, check, findings, errors);
    }
  }
  return { findings: sorted(findings), errors };
}

/**
 * Judges one resource while it is registered, when the rest of the stack is not known. A stack policy answers only
 * with what the resource by itself proves: a violation, or a value that AWS refuses.
 */
export function evaluateEarly(
  graph: ResourceGraph,
  node: ResourceNode,
  controls: readonly EvaluatedControl[],
): Evaluation {
  const findings: Finding[] = [];
  const errors: ControlError[] = [];
  for (const control of controls) {
    const { checks, early, decision } = control.policy;
    const tables: readonly ReadonlyMap<string, Check<unknown, never>>[] = [checks, early];
    const own: Finding[] = [];
    for (const table of tables) {
      const check = table.get(node.type);
      if (check !== undefined) judge(graph, node, control, node.type, check, own, errors);
    }
    for (const finding of own) if (decision !== "stack" || isProven(finding)) findings.push(finding);
  }
  return { findings: sorted(findings), errors };
}

/** Whether nothing else in the stack changes the finding: a violation, or a value that AWS refuses. */
export const isProven = ({ verdict, refused }: Finding): boolean =>
  verdict === "NON_COMPLIANT" || refused === true;

function judge(
  graph: ResourceGraph,
  node: ResourceNode,
  control: EvaluatedControl,
  type: string,
  check: Check<unknown, never>,
  findings: Finding[],
  errors: ControlError[],
): void {
  try {
    // The parameters were parsed for this very control, whose type is no longer known here.
    const outcome = check(new Reader(type, node.inputs), control.parameters as never, {
      stack: graph,
      node,
      strict: control.strict ?? false,
    });
    findings.push(...findingsOf(outcome, control.id, node));
  } catch (error) {
    errors.push({
      control: control.id,
      urn: node.urn,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Reasons with keys of their own are findings of their own; all others are one finding. */
function findingsOf(outcome: Outcome, control: string, node: ResourceNode): readonly Finding[] {
  const { verdict, reasons } = outcome;
  if (verdict === "COMPLIANT" || verdict === "NOT_APPLICABLE")
    return [findingOf(control, node, verdict, "", "", "")];
  const [first] = reasons;
  // Nearly always there is one; a map for each finding would be felt.
  if (reasons.length === 1 && first !== undefined)
    return [explained(control, node, verdict, first.key ?? "", reasons)];
  const byKey = new Map<string, Reason[]>();
  for (const reason of reasons) {
    const key = reason.key ?? "";
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [reason]);
    else same.push(reason);
  }
  return Array.from(byKey, ([key, same]) => explained(control, node, verdict, key, same));
}

function explained(
  control: string,
  node: ResourceNode,
  verdict: Verdict,
  key: string,
  reasons: readonly Reason[],
): Finding {
  // Reasons quote names and values that a program made, and are read on terminals.
  const fix = printable(fixOf(reasons, ", and "));
  const message = `${capitalised(printable(joined(reasons, node.urn)))}; ${fix}.`;
  const { property, holder } = shownBy(reasons);
  const finding = {
    ...findingOf(control, node, verdict, message, `${capitalised(fix)}.`, key),
    property,
    ...(verdict === "UNDECIDED" && reasons.some(({ refused }) => refused) ? { refused: true } : {}),
  };
  return holder === undefined || holder.urn === node.urn ? finding : { ...finding, holder };
}

function findingOf(
  control: string,
  { urn, facts: { type } }: ResourceNode,
  verdict: Verdict,
  message: string,
  fix: string,
  key: string,
): Finding {
  return { control, urn, type, verdict, message, fix, key };
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** URNs are long and alike, so that each is compared with others only once and not for every finding. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  const byUrn = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = byUrn.get(finding.urn);
    if (same === undefined) byUrn.set(finding.urn, [finding]);
    else same.push(finding);
  }
  return [...byUrn]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, same]) => same.sort((a, b) => compare(a.control, b.control) || compare(a.key, b.key)));
}

/** By code unit, so that the order does not depend on the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { ResourceGraph, evaluate, evaluateEarly, isProven } from "../rules/engine";
import type { ControlError, EvaluatedControl, Evaluation, Finding, ResourceFacts } from "../rules/engine";
import { needsStack } from "./prevented";
import type { PreventedControl } from "./prevented";
import { misconfigured, reportsOf } from "./reports";
import type { Report } from "./reports";
import type { Session } from "./session";
import type { Settings } from "./settings";

/** A control that is asked, with the configuration of its policy. */
export interface Asked {
  readonly control: PreventedControl;
  readonly settings: Settings;
}

/** What each policy that was asked reports; `undefined`: it does not apply. */
export type Answers = ReadonlyMap<PreventedControl, readonly Report[] | undefined>;

/**
 * Judges a resource while it is registered. Of a control that needs the stack only what this resource by itself proves is
 * reported,
 * and remembered, so that the same is not said again at the end.
 * @param provider - The facts of the resource's provider, where the engine tells them.
 */
export function judgeResource(
  session: Session,
  facts: ResourceFacts,
  provider: ResourceFacts | undefined,
  asked: readonly Asked[],
): Answers {
  const others = provider === undefined ? [] : [provider];
  const graph = new ResourceGraph([facts, ...others, ...session.ancestors(facts)], { partial: true });
  const [node] = graph.nodes;
  if (node === undefined) return new Map();
  const { findings, errors } = evaluateEarly(graph, node, controlsOf(asked));
  const later = new Set<string>(
    asked.filter(({ control }) => needsStack(control)).map(({ control }) => control.rule.identifier),
  );
  const decided = findings.filter((finding) => isProven(finding) || !later.has(finding.control));
  for (const finding of decided) if (later.has(finding.control)) session.reportEarly(finding);
  return answers(session, graph, asked, { findings: decided, errors }, facts.urn);
}

/** Judges a stack whose resources were all registered. */
export function judgeStack(
  session: Session,
  facts: readonly ResourceFacts[],
  asked: readonly Asked[],
): Answers {
  const graph = new ResourceGraph(facts);
  const { findings, errors } = evaluate(graph, controlsOf(asked));
  const fresh = findings.filter((finding) => !session.wasReportedEarly(finding));
  const root = facts.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
  return answers(session, graph, asked, { findings: fresh, errors }, root);
}

const controlsOf = (asked: readonly Asked[]): readonly EvaluatedControl[] =>
  asked.flatMap(({ settings }) => settings.control ?? []);

function answers(
  session: Session,
  graph: ResourceGraph,
  asked: readonly Asked[],
  { findings, errors }: Evaluation,
  urn: string,
): Answers {
  const findingsOf = byControl(findings);
  const errorsOf = byControl(errors);
  return new Map(
    asked.map(({ control, settings }) => {
      if (settings.control === undefined) return [control, [misconfigured(control, settings, urn)]];
      const evaluation = {
        findings: findingsOf.get(control.rule.identifier) ?? [],
        errors: errorsOf.get(control.rule.identifier) ?? [],
      };
      return [control, reportsOf(control, settings, evaluation, graph, session)];
    }),
  );
}

function byControl<T extends Finding | ControlError>(items: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.control);
    if (group === undefined) groups.set(item.control, [item]);
    else group.push(item);
  }
  return groups;
}

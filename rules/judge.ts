import type { Severity } from "./catalog";
import { evaluated } from "./controls";
import { evaluate } from "./engine";
import type { ControlError, Finding, ResourceGraph, ResourceNode } from "./engine";
import { covers } from "./selection";
import type { Exemption, Level, SelectedControl, Selection } from "./selection";

/** A finding with what the selection says of it. */
export interface Result extends Finding {
  /** The name of the rule. */
  readonly name: string;
  readonly severity: Severity;
  readonly level: Level;
  /** The exemption that covers it; only violations and undecided findings are exempted. */
  readonly exemption?: Exemption;
}

export interface Judgement {
  /** Sorted by URN, control and key. */
  readonly results: readonly Result[];
  readonly errors: readonly ControlError[];
  /** Exemptions that covered a finding. */
  readonly used: ReadonlySet<Exemption>;
}

/** Judges a stack by a selection. Disabled controls are left out. */
export function judge(graph: ResourceGraph, selection: Selection): Judgement {
  const selected = new Map<string, SelectedControl>();
  const controls = selection.controls.flatMap((control) => {
    if (control.level === "disabled") return [];
    selected.set(control.id, control);
    return evaluated(control.rule, control.parameters, control.strict) ?? [];
  });
  const { findings, errors } = evaluate(graph, controls);
  const used = new Set<Exemption>();
  const results = findings.flatMap((finding): Result[] => {
    const control = selected.get(finding.control);
    if (control === undefined) return [];
    const { rule, level } = control;
    const exemption = exemptionFor(finding, graph, selection.exemptions);
    if (exemption !== undefined) used.add(exemption);
    return [
      {
        ...finding,
        name: rule.name,
        severity: rule.severity,
        level,
        ...(exemption === undefined ? {} : { exemption }),
      },
    ];
  });
  return { results, errors, used };
}

/** The first exemption that covers a finding which needs one. None covers what AWS refuses: it cannot be accepted. */
export function exemptionFor(
  finding: Finding,
  graph: ResourceGraph,
  exemptions: readonly Exemption[],
): Exemption | undefined {
  if (finding.verdict !== "NON_COMPLIANT" && finding.verdict !== "UNDECIDED") return undefined;
  if (finding.refused === true) return undefined;
  const candidates = exemptions.filter((exemption) => exemption.control === finding.control);
  if (candidates.length === 0) return undefined;
  const subject = { ...finding, path: componentPath(graph, finding.urn) };
  return candidates.find((exemption) => covers(exemption, subject));
}

/** Logical names from the outermost component to the resource; the stack itself is left out. */
export function componentPath(graph: ResourceGraph, urn: string): readonly string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  let node: ResourceNode | undefined = graph.node(urn);
  while (node !== undefined && node.type !== "pulumi:pulumi:Stack" && !seen.has(node.urn)) {
    seen.add(node.urn);
    names.unshift(node.name);
    node = node.facts.parent === undefined ? undefined : graph.node(node.facts.parent);
  }
  return names.length > 0 ? names : [urn.slice(urn.lastIndexOf("::") + 2)];
}

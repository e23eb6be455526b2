import {
  compare,
  conformancePacks,
  declarationOf,
  evaluate,
  evaluateEarly,
  evaluated,
  frameworks,
  requirementsOf,
  ResourceGraph,
  ruleUrl,
  spellingsOf,
} from "../../rules";
import type { Control, Decision, ParameterType, Rule, Severity } from "../../rules";
import { caseFacts, caseGraph, casesOf } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import { factsOf } from "./control-facts";
import { snippetOf, usesUnknown } from "./snippet";

/** Everything about one control, as `compliance explain --format json` prints it. */
export interface Explanation {
  readonly id: string;
  readonly name: string;
  /** What the control asks for, as a sentence; absent where no policy states it. */
  readonly title?: string;
  /** Whether the rule is a Lambda function of this repository. */
  readonly custom?: true;
  readonly service: string;
  readonly severity: Severity;
  /** Whether Security Hub rates it so; otherwise it is taken as medium. */
  readonly rated: boolean;
  readonly parameters: readonly ExplainedParameter[];
  /** CloudFormation type names. */
  readonly resourceTypes: readonly string[];
  /** The tokens of the Pulumi types that the policy judges, every spelling of each. */
  readonly pulumiTypes: readonly string[];
  readonly prevention: {
    readonly decision: Decision | "none";
    /** What the policy stops and when, or why there is none. */
    readonly effect: string;
    /** Of a policy that needs the stack: the types of which one resource by itself can prove a violation. */
    readonly early?: readonly string[];
  };
  readonly detection: {
    readonly triggers: Rule["triggerTypes"];
    /** When AWS Config evaluates it and where, or why it cannot be deployed. */
    readonly effect: string;
    readonly regionsExcept?: readonly string[];
    readonly regionsOnly?: readonly string[];
  };
  readonly frameworks: readonly ExplainedFramework[];
  /** AWS's sample conformance packs that hold the rule. */
  readonly packs: readonly string[];
  readonly examples: { readonly compliant?: Example; readonly violating?: Example };
  /** Why the rule is dated, where it is. */
  readonly legacy?: string;
  /** The page of AWS's guide. */
  readonly url: string;
}

export interface ExplainedParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly default?: string;
  readonly required: boolean;
}

export interface ExplainedFramework {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** The numbers of the requirements that the control answers to. */
  readonly requirements: readonly string[];
}

/** An example with what the policy says of it. */
export interface Example {
  /** The end of "a resource ...". */
  readonly title: string;
  /** TypeScript. */
  readonly code: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Explicit configuration is required, also of what AWS's own default satisfies. */
  readonly strict?: boolean;
  /** What the documentation leaves open, and how it is read here. */
  readonly note?: string;
  /** What a violating example is told. */
  readonly findings?: readonly {
    readonly message: string;
    readonly fix: string;
    readonly property?: string;
  }[];
}

/** Collects everything about a control. */
export function explanationOf(control: Control): Explanation {
  const { rule, policy } = control;
  const facts = factsOf(control);
  const title = policy?.title ?? declarationOf(rule.identifier)?.title;
  const early = needsStack(facts.decision) ? earlyTypesOf(control) : undefined;
  const all = casesOf(rule.identifier);
  const violating = plainest(all.filter(({ verdict }) => verdict === "NON_COMPLIANT"));
  const compliant = plainest(
    all.filter(({ verdict }) => verdict === "COMPLIANT"),
    violating,
  );
  return {
    id: rule.identifier,
    name: rule.name,
    ...(title === undefined ? {} : { title }),
    ...(facts.custom === undefined ? {} : { custom: facts.custom }),
    service: rule.service,
    severity: rule.severity,
    rated: rule.rated ?? false,
    parameters: rule.parameters.map(({ optional, ...parameter }) => ({ ...parameter, required: !optional })),
    resourceTypes: rule.resourceTypes,
    pulumiTypes: pulumiTypesOf(control),
    prevention: {
      decision: facts.decision,
      effect: facts.reason ?? preventionOf(facts.decision, early),
      ...(early === undefined ? {} : { early }),
    },
    detection: {
      triggers: rule.triggerTypes,
      effect: detectionOf(rule, facts.detective),
      ...(rule.regionsExcept === undefined ? {} : { regionsExcept: rule.regionsExcept }),
      ...(rule.regionsOnly === undefined ? {} : { regionsOnly: rule.regionsOnly }),
    },
    frameworks: frameworksOf(rule),
    packs: conformancePacks()
      .filter(({ rules }) => rules.some(([identifier]) => identifier === rule.identifier))
      .map(({ pack }) => pack),
    examples: {
      ...(compliant === undefined ? {} : { compliant: exampleOf(compliant) }),
      ...(violating === undefined ? {} : { violating: exampleOf(violating, findingsOf(control, violating)) }),
    },
    ...(rule.legacy === undefined ? {} : { legacy: rule.legacy }),
    url: ruleUrl(rule),
  };
}

function pulumiTypesOf({ policy }: Control): readonly string[] {
  const types = [...(policy?.checks.keys() ?? []), ...(policy?.early.keys() ?? [])];
  return [...new Set(types.flatMap(spellingsOf))];
}

/** Whether the pack judges by the control at the end of a stack; one that is decided in part is no exception. */
const needsStack = (decision: Decision | "none"): boolean => decision === "stack" || decision === "partial";

function preventionOf(decision: Decision | "none", early: readonly string[] = []): string {
  switch (decision) {
    case "resource":
      return "Stops a resource before it is created or changed, in preview and during the update.";
    case "stack":
      return atEnd("Stops the stack in preview, for it looks at several resources", early);
    case "partial":
      return `${atEnd("Stops the stack in preview", early)} What else the account holds, a stack cannot show.`;
    case "none":
      return "";
  }
}

function atEnd(stops: string, early: readonly string[]): string {
  const stack = `${stops}; when the preview is skipped, it reports only after the update.`;
  if (early.length === 0) return stack;
  return `${stack} A resource that proves a violation by itself (${early.join(", ")}) is stopped before it is created or changed.`;
}

function detectionOf(rule: Rule, detective: boolean): string {
  if (!detective) return "No. It cannot be deployed as a rule of its own.";
  const triggers = rule.triggerTypes.map((trigger) =>
    trigger === "Periodic" ? "periodically" : "when a resource changes",
  );
  const when = triggers.length === 0 ? "when AWS Config decides" : triggers.join(" and ");
  const where =
    rule.regionsOnly !== undefined
      ? `only in ${rule.regionsOnly.join(", ")}`
      : rule.regionsExcept !== undefined && rule.regionsExcept.length > 0
        ? `in every region except ${rule.regionsExcept.join(", ")}`
        : "in every region";
  return `AWS Config evaluates it ${when}, ${where}.`;
}

function frameworksOf(rule: Rule): readonly ExplainedFramework[] {
  const requirements = new Map<string, string[]>();
  for (const [framework, requirement] of requirementsOf(rule.identifier)) {
    const numbers = requirements.get(framework);
    if (numbers === undefined) requirements.set(framework, [requirement]);
    else numbers.push(requirement);
  }
  return frameworks().flatMap(({ id, title, version }) => {
    const numbers = requirements.get(id);
    return numbers === undefined ? [] : [{ id, title, version, requirements: numbers }];
  });
}

/**
 * The example that is shown: one that needs neither a value known only later nor `strict` is plainer, and of several
 * the one that is most like the other shows best what differs.
 */
function plainest(examples: readonly Case[], other?: Case): Case | undefined {
  const plain = examples.filter(({ stack }) => !usesUnknown(stack));
  const [first, ...more] = plain.filter(({ strict }) => strict !== true);
  if (first === undefined) return plain[0] ?? examples[0];
  if (other === undefined) return first;
  return more.reduce((best, next) => (likeness(next, other) > likeness(best, other) ? next : best), first);
}

/** How much of one example is in another: resource types, and inputs of the subject. */
function likeness(example: Case, other: Case): number {
  const typesOf = ({ stack }: Case): readonly string[] => Object.values(stack).map(({ type }) => type);
  const inputsOf = ({ stack }: Case): readonly string[] => Object.keys(Object.values(stack)[0]?.inputs ?? {});
  const shared = (ours: readonly string[], theirs: readonly string[]): number =>
    ours.filter((item) => theirs.includes(item)).length * 2 - ours.length;
  return shared(typesOf(example), typesOf(other)) * 10 + shared(inputsOf(example), inputsOf(other));
}

const exampleOf = (
  { title, stack, parameters, strict, note }: Case,
  findings: Example["findings"] = [],
): Example => ({
  title,
  code: snippetOf(stack),
  ...(parameters === undefined ? {} : { parameters }),
  ...(strict === true ? { strict } : {}),
  ...(note === undefined ? {} : { note }),
  ...(findings.length === 0 ? {} : { findings }),
});

/** The types of which a resource alone, before the rest of the stack is known, shows the violation of some example. */
function earlyTypesOf({ rule }: Control): readonly string[] {
  const types = new Set<string>();
  for (const { verdict, stack, parameters, strict } of casesOf(rule.identifier)) {
    const control = evaluated(rule, parameters ?? {}, strict);
    if (verdict !== "NON_COMPLIANT" || control === undefined) continue;
    for (const facts of caseFacts(stack)) {
      const graph = new ResourceGraph([facts], { partial: true });
      const node = graph.node(facts.urn);
      if (node === undefined) continue;
      const { findings } = evaluateEarly(graph, node, [control]);
      if (findings.some((finding) => finding.verdict === "NON_COMPLIANT")) types.add(node.type);
    }
  }
  return [...types].sort(compare);
}

function findingsOf({ rule }: Control, example: Case): NonNullable<Example["findings"]> {
  const control = evaluated(rule, example.parameters ?? {}, example.strict);
  if (control === undefined) return [];
  return evaluate(caseGraph(example.stack), [control])
    .findings.filter(({ verdict }) => verdict === "NON_COMPLIANT")
    .map(({ message, fix, property }) => ({ message, fix, ...(property === undefined ? {} : { property }) }));
}

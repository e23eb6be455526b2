import {
  conformancePacks,
  evaluate,
  evaluated,
  frameworks,
  requirementsOf,
  ruleUrl,
  spellingsOf,
} from "../../rules";
import type { Control, Decision, ManagedRule, ParameterType, Severity, Verdict } from "../../rules";
import { caseGraph, cases } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import { factsOf } from "./control-facts";
import { snippetOf, usesUnknown } from "./snippet";

/** Everything about one control, as `compliance explain --format json` prints it. */
export interface Explanation {
  readonly id: string;
  readonly name: string;
  /** What the control asks for, as a sentence; absent where no policy states it. */
  readonly title?: string;
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
  };
  readonly detection: {
    readonly triggers: ManagedRule["triggerTypes"];
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
  const compliant = exampleOf(control, "COMPLIANT");
  const violating = exampleOf(control, "NON_COMPLIANT");
  return {
    id: rule.identifier,
    name: rule.name,
    ...(policy === undefined ? {} : { title: policy.title }),
    service: rule.service,
    severity: rule.severity,
    rated: rule.rated ?? false,
    parameters: rule.parameters.map(({ optional, ...parameter }) => ({ ...parameter, required: !optional })),
    resourceTypes: rule.resourceTypes,
    pulumiTypes: pulumiTypesOf(control),
    prevention: { decision: facts.decision, effect: facts.reason ?? preventionOf(control) },
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
      ...(compliant === undefined ? {} : { compliant }),
      ...(violating === undefined ? {} : { violating }),
    },
    ...(rule.legacy === undefined ? {} : { legacy: rule.legacy }),
    url: ruleUrl(rule),
  };
}

function pulumiTypesOf({ policy }: Control): readonly string[] {
  const types = [...(policy?.checks.keys() ?? []), ...(policy?.early.keys() ?? [])];
  return [...new Set(types.flatMap(spellingsOf))];
}

function preventionOf({ policy }: Control): string {
  switch (policy?.decision) {
    case "resource":
      return "Stops a resource before it is created or changed, in preview and during the update.";
    case "stack": {
      const effect =
        "Stops the stack in preview, for it looks at several resources; when the preview is skipped, it reports only after the update.";
      if (policy.early.size === 0) return effect;
      return `${effect} What one of ${[...policy.early.keys()].join(", ")} proves by itself stops that resource before it is created.`;
    }
    case "partial":
      return "Stops a resource that proves a violation before it is created or changed; that nothing else in the account violates it, a stack cannot show.";
    case undefined:
      return "";
  }
}

function detectionOf(rule: ManagedRule, detective: boolean): string {
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

function frameworksOf(rule: ManagedRule): readonly ExplainedFramework[] {
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

/** The first example of a verdict; one that needs neither a value known only later nor `strict` is plainer. */
function exampleOf(control: Control, verdict: Verdict): Example | undefined {
  const all = (cases.get(control.rule.identifier) ?? []).filter((example) => example.verdict === verdict);
  const plain = all.filter(({ stack }) => !usesUnknown(stack));
  const example = plain.find(({ strict }) => strict !== true) ?? plain[0] ?? all[0];
  if (example === undefined) return undefined;
  const findings = verdict === "NON_COMPLIANT" ? findingsOf(control, example) : [];
  return {
    title: example.title,
    code: snippetOf(example.stack),
    ...(example.parameters === undefined ? {} : { parameters: example.parameters }),
    ...(example.strict === true ? { strict: true } : {}),
    ...(example.note === undefined ? {} : { note: example.note }),
    ...(findings.length === 0 ? {} : { findings }),
  };
}

function findingsOf({ rule }: Control, example: Case): NonNullable<Example["findings"]> {
  const control = evaluated(rule, example.parameters ?? {}, example.strict);
  if (control === undefined) return [];
  return evaluate(caseGraph(example.stack), [control])
    .findings.filter(({ verdict }) => verdict === "NON_COMPLIANT")
    .map(({ message, fix, property }) => ({ message, fix, ...(property === undefined ? {} : { property }) }));
}

import {
  allControls,
  conformancePacks,
  declarationOf,
  decisionOf,
  frameworks,
  requirementsOf,
} from "../../rules";
import type { Control, Decision, Severity } from "../../rules";
import { gapOf } from "../../rules/catalog/gaps";
import { knownName } from "./names";

/** A control as `compliance catalog --format json` prints it. */
export interface ControlFacts {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly severity: Severity;
  /** CloudFormation type names. */
  readonly resourceTypes: readonly string[];
  /** Whether the policy pack and `check` can decide about it. */
  readonly preventive: boolean;
  /** Whether it can be deployed as an AWS Config rule. */
  readonly detective: boolean;
  readonly decision: Decision | "none";
  /** Whether the rule is a Lambda function or a policy in Guard of ours; AWS keeps the code of all others. */
  readonly custom?: true;
  /** The frameworks that ask for it, by id. */
  readonly frameworks: readonly string[];
  /** Why it has no policy, where it has none. */
  readonly reason?: string;
}

const NOT_WRITTEN = "A policy is possible and not written yet.";

/** The facts of a control. */
export function factsOf(control: Control): ControlFacts {
  const { rule } = control;
  const decision = decisionOf(control);
  const own = declarationOf(rule.identifier);
  return {
    id: rule.identifier,
    name: rule.name,
    service: rule.service,
    severity: rule.severity,
    resourceTypes: rule.resourceTypes,
    preventive: decision !== "none",
    detective: rule.status !== "processCheck" && rule.status !== "unlisted",
    decision,
    ...(own === undefined ? {} : { custom: true }),
    frameworks: [...new Set(requirementsOf(rule.identifier).map(([framework]) => framework))],
    ...(decision === "none" ? { reason: reasonOf(rule.identifier, own?.detectOnly) } : {}),
  };
}

function reasonOf(identifier: string, detectOnly: string | undefined): string {
  if (detectOnly === undefined) return gapOf(identifier) ?? NOT_WRITTEN;
  return `${detectOnly.charAt(0).toUpperCase()}${detectOnly.slice(1)}.`;
}

/** What narrows a list of controls; several values of one kind are alternatives, several kinds must all hold. */
export interface ControlFilter {
  readonly framework?: readonly string[];
  readonly pack?: readonly string[];
  readonly service?: readonly string[];
  /** Words that id, name, service, resource types or Pulumi types must contain, in any case. */
  readonly query?: string;
}

/**
 * The controls that a filter leaves, by id in alphabetical order.
 * @throws UsageError for a framework, pack or service that does not exist.
 */
export function controlsWhere(filter: ControlFilter): readonly Control[] {
  const controls = allControls();
  const tests = [
    inLists("framework", filter.framework, frameworkLists),
    inLists("conformance pack", filter.pack, packLists),
    ofService(filter.service),
    matching(filter.query),
  ];
  return controls.filter((control) => tests.every((holds) => holds(control)));
}

type Test = (control: Control) => boolean;
type Lists = () => ReadonlyMap<string, ReadonlySet<string>>;

const frameworkLists: Lists = () =>
  new Map(frameworks().map(({ id, controls }) => [id, new Set(controls.flatMap(([, rules]) => rules))]));

const packLists: Lists = () =>
  new Map(conformancePacks().map(({ pack, rules }) => [pack, new Set(rules.map(([rule]) => rule))]));

function inLists(what: string, names: readonly string[] = [], lists: Lists): Test {
  if (names.length === 0) return () => true;
  const known = lists();
  const wanted = names.map((name) => known.get(knownName(what, name, known.keys())));
  return ({ rule }) => wanted.some((list) => list?.has(rule.identifier));
}

function ofService(names: readonly string[] = []): Test {
  if (names.length === 0) return () => true;
  const services = new Set(allControls().map(({ rule }) => rule.service));
  const wanted = new Set(names.map((name) => knownName("service", name, services)));
  return ({ rule }) => wanted.has(rule.service);
}

function matching(query = ""): Test {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (control) => {
    const { identifier, name, service, resourceTypes } = control.rule;
    const types = [...(control.policy?.checks.keys() ?? [])];
    const text = [identifier, name, service, ...resourceTypes, ...types, control.policy?.title ?? ""]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

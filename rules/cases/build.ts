import { ResourceGraph } from "../engine";
import type { ResourceFacts, Verdict } from "../engine";
import type { Before } from "../custom/cases";
import type { Case, CaseResource, Reference } from "./types";

/** The SDK's text for a value that is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret in Pulumi's wire format. */
export const secret = (value: unknown): unknown => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** An output of another resource of the case, which is not known yet. */
export const ref = (name: string, property = "id"): Reference => ({ $ref: name, property });

type Inputs = Readonly<Record<string, unknown>>;
type Others = Readonly<Record<string, CaseResource>>;

const example =
  (verdict: Verdict) =>
  (
    title: string,
    subject: CaseResource,
    more: {
      with?: Others;
      parameters?: Readonly<Record<string, string>>;
      strict?: boolean;
      note?: string;
    } = {},
  ): Case => ({
    title,
    verdict,
    stack: { subject, ...more.with },
    ...(more.parameters === undefined ? {} : { parameters: more.parameters }),
    ...(more.strict === undefined ? {} : { strict: more.strict }),
    ...(more.note === undefined ? {} : { note: more.note }),
  });

/** A case that complies. */
export const compliantCase = example("COMPLIANT");
/** A case that violates the control. */
export const violatingCase = example("NON_COMPLIANT");
/** A case in which an input that decides is not known yet. */
export const undecidedCase = example("UNDECIDED");
/** A case of the resource type that the control does not speak of. */
export const notApplicableCase = example("NOT_APPLICABLE");

/** A maker of resources of one type, so that a case table names the type once. */
export const resource =
  (type: string) =>
  (inputs: Inputs, more: Omit<CaseResource, "type" | "inputs"> = {}): CaseResource => ({
    type,
    inputs,
    ...more,
  });

/** The stack of a custom control's case: the first resource is the subject, and the others are `other1`, `other2`, ... */
export const stackOf = ({ resources }: Before): Case["stack"] =>
  Object.fromEntries(
    resources.map((resource, index) => [index === 0 ? "subject" : `other${index}`, resource] as const),
  );

/** The URN that a resource of a case has. */
export const caseUrn = (name: string, type: string): string => `urn:pulumi:dev::case::${type}::${name}`;

/** The stack of a case, in the order of its resources; references become unknown values with property dependencies. */
export function caseFacts(stack: Case["stack"]): readonly ResourceFacts[] {
  const urnOf = (name: string): string => {
    const type = stack[name]?.type;
    if (type === undefined) throw new Error(`The case has no resource "${name}".`);
    return caseUrn(name, type);
  };
  return Object.entries(stack).map(([name, { type, inputs, id, outputs, parent, provider }]) => {
    const propertyDependencies: Record<string, string[]> = {};
    const resolved = Object.entries(inputs).map(([property, value]) => {
      const names = new Set<string>();
      const plain = resolve(value, names);
      if (names.size > 0) propertyDependencies[property] = [...names].map(urnOf);
      return [property, plain] as const;
    });
    return {
      urn: urnOf(name),
      type,
      inputs: Object.fromEntries(resolved),
      propertyDependencies,
      dependencies: [...new Set(Object.values(propertyDependencies).flat())],
      ...(id === undefined ? {} : { id }),
      ...(outputs === undefined ? {} : { outputs }),
      ...(parent === undefined ? {} : { parent: urnOf(parent) }),
      ...(provider === undefined ? {} : { provider: urnOf(provider) }),
    };
  });
}

/** The stack of a case as a graph. */
export const caseGraph = (stack: Case["stack"]): ResourceGraph => new ResourceGraph(caseFacts(stack));

function resolve(value: unknown, names: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolve(item, names));
  if (typeof value !== "object" || value === null) return value;
  if (isReference(value)) {
    names.add(value.$ref);
    return unknown;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, names)]));
}

const isReference = (value: object): value is Reference => "$ref" in value && "property" in value;

import type { Severity } from "../catalog";
import type { Outcome } from "../engine/outcome";
import { typedValues } from "./parameters";
import type { ParameterSchema, ParameterValues } from "./parameters";

/** What a custom control is: a requirement that AWS has no managed rule for. */

/** Where a fact comes from after the deployment; before it, every fact comes from the stack. */
export type Source =
  | {
      readonly from: "item";
      /** The dotted path in the configuration item. */
      readonly path: string;
    }
  | {
      readonly from: "read";
      /** The IAM action of the call, which the function's role then needs, e.g. `lambda:ListFunctionUrlConfigs`. */
      readonly action: string;
      /** Why the configuration item does not do: a clause. */
      readonly because: string;
    };

/**
 * A control: its metadata and one predicate, which the policy before the deployment and the AWS Config rule after it
 * both call.
 * @typeParam F - The facts that decide: one neutral shape, whatever they were read from.
 * @typeParam S - The parameters.
 */
export interface CustomControl<F extends object, S extends ParameterSchema = ParameterSchema> {
  /** `<service>-<noun phrase for the good state>`: the name of folder, Config rule, policy and page. */
  readonly name: string;
  /** What the control asks for: one sentence that states the good condition. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * The types that the rule reports on, as AWS Config spells them.
   * @see https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html
   */
  readonly resourceTypes: readonly string[];
  /** Those of them that AWS has added to AWS Config since this version was made; any other unknown name is refused. */
  readonly newResourceTypes?: readonly string[];
  /** What makes AWS Config ask: a change of such a resource, a schedule, or both. */
  readonly triggerTypes: readonly ("ConfigurationChange" | "Periodic")[];
  readonly parameters: S;
  /** By fact, where it is read after the deployment. */
  readonly sources: { readonly [K in keyof F]: Source };
  /** The requirements that it answers to, as `framework:requirement` with the catalogue's ids, e.g. `cis-aws-5.0.0:1.16`. */
  readonly requirements?: readonly string[];
  /** Why nothing can be decided before the deployment, where that is so: a clause. */
  readonly detectOnly?: string;
  /** The IAM actions that find the resources of an account; empty for a control that only changes trigger. */
  readonly listing: readonly string[];
  /** Decides. Synchronous, pure, and answers `UNDECIDED` where a fact is not known. */
  readonly judge: (facts: F, parameters: ParameterValues<S>) => Outcome;
}

/**
 * Declares a control.
 * @throws Error when the metadata is not well formed, with everything that is wrong: a mistake of the control's author.
 */
export function customControl<F extends object, const S extends ParameterSchema>(
  control: Omit<CustomControl<F, S>, "sources"> & {
    readonly sources: CustomControl<NoInfer<F>, S>["sources"];
  },
): CustomControl<F, S> {
  const problems = problemsOf(control);
  if (problems.length > 0)
    throw new Error(`Control "${control.name}" is not well formed: ${problems.join("; ")}.`);
  return control;
}

/** What a name may be, in words. */
export const ALLOWED_NAME = "64 lower-case letters, digits and dashes at most, and begin with the service";

/** Whether a control may have a name. AWS Config allows 64 characters for the rule of an organisation. */
export const isControlName = (name: string): boolean =>
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name) && name.length <= 64;

/** What an IAM action may be, in words. */
export const ALLOWED_ACTION = 'service and action without wildcards, e.g. "s3:GetBucketPolicy"';

/**
 * Whether a text is an IAM action by its form: a role gets it as it is, so that a wildcard would grant whatever it covers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export const isAction = (text: string): boolean => /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(text);

/** What is wrong with the metadata of a control: clauses without a full stop. */
export function problemsOf({
  name,
  title,
  resourceTypes,
  triggerTypes,
  parameters,
  sources,
  listing,
}: Pick<
  CustomControl<object>,
  "name" | "title" | "resourceTypes" | "triggerTypes" | "parameters" | "sources" | "listing"
>): readonly string[] {
  const problems: string[] = [];
  if (!isControlName(name)) problems.push(`"name" must be ${ALLOWED_NAME}`);
  if (!/^[A-Z].*\.$/.test(title) || title.startsWith("Ensure")) {
    problems.push('"title" must be a sentence that states the good condition');
  }
  if (resourceTypes.length === 0) problems.push('"resourceTypes" must name a type');
  if (triggerTypes.length === 0) problems.push('"triggerTypes" must name what triggers the rule');
  for (const type of resourceTypes) {
    if (!/^AWS::[A-Za-z0-9]*::[A-Za-z0-9]+$/.test(type)) problems.push(`"${type}" is no type of AWS Config`);
  }
  for (const action of actionsOf({ sources, listing })) {
    if (!isAction(action)) problems.push(`"${action}" is no IAM action; write ${ALLOWED_ACTION}`);
  }
  const defaults = Object.entries(parameters).flatMap(([key, { default: text }]) =>
    text === undefined ? [] : [[key, text] as const],
  );
  const given = Object.fromEntries(
    Object.entries(parameters).filter(([, { default: text }]) => text !== undefined),
  );
  const parsed = typedValues(given, Object.fromEntries(defaults));
  return parsed.ok ? problems : [...problems, ...parsed.problems];
}

/** The id of a control, in the form that managed rules have: `LAMBDA_FUNCTION_URL_IAM`. */
export const idOf = ({ name }: Pick<CustomControl<object>, "name">): string =>
  name.toUpperCase().replaceAll("-", "_");

/** Every IAM action that a control needs after the deployment, besides those of AWS Config itself; sorted. */
export function actionsOf<F extends object, S extends ParameterSchema>(
  control: Pick<CustomControl<F, S>, "sources" | "listing">,
): readonly string[] {
  const sources: readonly Source[] = Object.values(control.sources);
  const reads = sources.flatMap((source) => (source.from === "read" ? [source.action] : []));
  return [...new Set([...reads, ...control.listing])].sort();
}

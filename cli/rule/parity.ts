import { isDeepStrictEqual } from "node:util";
import { Reader, ResourceNode } from "../../rules/engine";
import type { Policy } from "../../rules/engine";
import type { CustomCase } from "../../rules/custom/cases";
import type { CustomControl } from "../../rules/custom/control";
import type { ParameterSchema } from "../../rules/custom/parameters";
import type { Clients, RuleDefinition } from "../../rules/lambda";
import { factsOf, verdictsOf } from "./judging";
import type { Folder } from "./folder";

/** What holds for every custom control: before and after the deployment it says the same. */

/** What the files of a control export together. */
export interface ControlFolder<
  F extends object,
  S extends ParameterSchema,
  P,
  I,
  A,
  C extends Clients,
  R,
  T extends string,
> {
  readonly control: CustomControl<F, S>;
  /** Absent for a control that says why it is only detected. */
  readonly preventivePolicy?: Policy<P>;
  /** Present where the facts come from one resource of the program. */
  readonly fromInputs?: (resource: Reader<I>) => F;
  /** Present where a schedule's run reads what decides. */
  readonly fromAccount?: (read: A) => F;
  readonly cases: readonly CustomCase<R | A>[];
  readonly definition: RuleDefinition<F, S, C, R, T>;
}

/**
 * Runs the cases of a control in both worlds, the policy and the function, and looks for what the cases leave untested.
 * @returns What is wrong, one clause each, with the title of the case; empty when nothing is.
 */
export async function controlProblems<
  F extends object,
  S extends ParameterSchema,
  P,
  I,
  A,
  C extends Clients,
  R,
  T extends string,
>(given: ControlFolder<F, S, P, I, A, C, R, T>): Promise<readonly string[]> {
  // The types of facts, parameters and reads end here: each case has those of its own control.
  const folder = given as unknown as Folder;
  const problems: string[] = [];
  for (const example of folder.cases) {
    const problem = (await caseProblem(folder, example)) ?? differenceOf(folder, example);
    if (problem !== undefined) problems.push(`a resource ${example.title}: ${problem}`);
  }
  return [...problems, ...shapeProblems(folder)];
}

/** What is wrong with a case; `undefined` when both worlds say what it says. */
export async function caseProblem(folder: Folder, example: CustomCase<unknown>): Promise<string | undefined> {
  try {
    const { before, after } = await verdictsOf(folder, example);
    if (before === undefined && after === undefined) return "it exists in neither world";
    const wrong = [
      ...(before === undefined || before === example.verdict ? [] : [`before the deployment ${before}`]),
      ...(after === undefined || after === example.verdict ? [] : [`after it ${after}`]),
    ];
    return wrong.length === 0 ? undefined : `expected ${example.verdict}, and it is ${wrong.join(", ")}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the mappings of the two worlds lose something: where one resource decides, their facts are the same. */
function differenceOf(
  { fromInputs, fromAccount, definition }: Folder,
  { before, after, verdict }: CustomCase<unknown>,
): string | undefined {
  if (fromInputs === undefined || !("resources" in before) || "never" in after) return undefined;
  const [fact, ...others] = factsOf(before);
  if (fact === undefined || others.length > 0 || verdict === "NOT_APPLICABLE") return undefined;
  const early = fromInputs(new Reader(fact.type, new ResourceNode(fact).inputs));
  const late =
    "account" in after
      ? fromAccount?.(after.account)
      : // The mapping reads what the case gives.
        definition.fromItem?.(after.item as never, after.read);
  return isDeepStrictEqual(late, early)
    ? undefined
    : "its facts are not the same before and after the deployment";
}

function shapeProblems({ control, preventivePolicy, cases, definition }: Folder): readonly string[] {
  const problems: string[] = [];
  const worlds = [
    ...(preventivePolicy === undefined
      ? []
      : [["before", cases.filter(({ before }) => "resources" in before)] as const]),
    ["after", cases.filter(({ after }) => !("never" in after))] as const,
  ];
  for (const [world, examples] of worlds) {
    for (const verdict of ["COMPLIANT", "NON_COMPLIANT"])
      if (!examples.some((example) => example.verdict === verdict))
        problems.push(`no case is ${verdict} ${world} the deployment`);
  }
  if ((control.detectOnly === undefined) !== (preventivePolicy !== undefined))
    problems.push('the control needs either "detectOnly" or a "preventivePolicy"');
  const triggers = [
    ...(definition.fromItem === undefined ? [] : ["ConfigurationChange"]),
    ...(definition.list === undefined ? [] : ["Periodic"]),
  ];
  if (!isDeepStrictEqual([...control.triggerTypes].sort(), triggers))
    problems.push(
      `"triggerTypes" are ${control.triggerTypes.join(", ")}, and the definition takes ${triggers.join(", ")}`,
    );
  return problems;
}

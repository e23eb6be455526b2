import { evaluate, ResourceGraph } from "../../rules/engine";
import type { ResourceFacts, Verdict } from "../../rules/engine";
import { caseFacts, stackOf } from "../../rules/cases/build";
import type { Before, CustomCase } from "../../rules/custom/cases";
import { idOf } from "../../rules/custom/control";
import { typedValues } from "../../rules/custom/parameters";
import type { ParameterSchema, ParameterValues } from "../../rules/custom/parameters";
import { changeEvent, EXAMPLE_ACCOUNT, scheduleEvent } from "./events";
import { PREDICATE_MILLISECONDS, stoppable } from "../../rules/lambda";
import type { AnyDefinition, Folder } from "./folder";
import { rehearse } from "./rehearsal";
import type { Rehearsal } from "./rehearsal";

/** The verdicts of a custom control on one of its cases, in both worlds. */

/** What a case came to; a world in which it does not exist is absent. */
export interface CaseVerdicts {
  readonly before?: Verdict;
  readonly after?: Verdict;
}

/**
 * Judges a case by the policy, and by the function itself, whose reads are answered by the case.
 * @throws Error when the control fails, or does not take the parameters of the case.
 */
export async function verdictsOf(folder: Folder, example: CustomCase<unknown>): Promise<CaseVerdicts> {
  const { before, after } = example;
  return {
    ...("resources" in before
      ? {
          before: stoppable(folder.control.name, PREDICATE_MILLISECONDS, () =>
            verdictBefore(folder, before, example),
          ),
        }
      : {}),
    ...("never" in after ? {} : { after: await verdictAfter(folder, example) }),
  };
}

/** The stack that a case declares. */
export const factsOf = (before: Before): readonly ResourceFacts[] => caseFacts(stackOf(before));

function verdictBefore(
  { control, preventivePolicy: policy }: Folder,
  world: Before,
  example: CustomCase<unknown>,
): Verdict {
  if (policy === undefined)
    throw new Error('the case declares resources, and there is no "preventivePolicy"');
  const { findings, errors } = evaluate(new ResourceGraph(factsOf(world)), [
    { id: idOf(control), policy, parameters: typed(control, example) },
  ]);
  const [error] = errors;
  if (error !== undefined) throw new Error(error.message);
  return together(findings.map(({ verdict }) => verdict));
}

/** An hour at which the schedule of a case comes; no verdict depends on it. */
const HOUR = "2026-06-01T00:00:00.000Z";

async function verdictAfter(folder: Folder, example: CustomCase<unknown>): Promise<Verdict> {
  const { control, definition } = folder;
  const { after: world } = example;
  const parts = { parameters: example.parameters ?? {}, account: EXAMPLE_ACCOUNT, rule: control.name };
  if ("account" in world) {
    const scheduled = { ...definition, list: listing(folder, world.account) };
    return reported(await rehearse(scheduled, scheduleEvent(HOUR, parts), false));
  }
  if (!("item" in world)) throw new Error("the case is in neither world");
  const read = (): Promise<unknown> => Promise.resolve(world.read);
  return reported(await rehearse({ ...definition, read }, changeEvent(world.item, parts), false));
}

/** What the function lists is what the case says of the account; its own reads would go to AWS. */
function listing(
  { control, definition, fromAccount }: Folder,
  account: unknown,
): NonNullable<AnyDefinition["list"]> {
  if (fromAccount === undefined)
    throw new Error('the case is about an account, and there is no "fromAccount"');
  if (definition.list === undefined)
    throw new Error('the case is about an account, and the handler\'s definition has no "list"');
  const [resourceType = ""] = control.resourceTypes;
  const subject = {
    resourceType,
    resourceId: "case",
    facts: () => Promise.resolve(fromAccount(account)),
  };
  // eslint-disable-next-line @typescript-eslint/require-await -- nothing is asked for
  return async function* list() {
    yield subject;
  };
}

/** The one result that AWS Config would have got. */
function reported({ results, error }: Rehearsal): Verdict {
  if (error !== undefined) throw error;
  const [result, ...others] = results;
  if (result === undefined || others.length > 0)
    throw new Error(`the function reported ${results.length} results for one resource`);
  const isUndecided = result.annotation?.startsWith("Undecided: ") ?? false;
  // The function reports in AWS Config's words, all of which are verdicts.
  return isUndecided ? "UNDECIDED" : (result.compliance as Verdict);
}

function typed(
  { parameters: schema }: Folder["control"],
  { parameters = {} }: CustomCase<unknown>,
): ParameterValues<ParameterSchema> {
  const parsed = typedValues(schema, parameters);
  if (!parsed.ok) throw new Error(`the parameters of the case are wrong: ${parsed.problems.join("; ")}`);
  return parsed.values;
}

/** The verdicts on several resources as the one on what they make up together. */
function together(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ["NON_COMPLIANT", "UNDECIDED", "COMPLIANT"];
  return order.find((verdict) => verdicts.includes(verdict)) ?? "NOT_APPLICABLE";
}

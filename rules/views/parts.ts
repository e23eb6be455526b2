import type { ResourceType } from "../catalog/generated/resource-types";
import {
  UNKNOWN,
  compliant,
  documentAt,
  labelOf,
  noStatement,
  notApplicable,
  Reader,
  textsOf,
  undecided,
} from "../engine";
import type { Context, Holder, Items, Outcome, Related, ResourceNode, Statement, Ternary } from "../engine";

/** Resources that are a part of another one: its policy, an attachment, a membership. */

/** A type of parts, and the property by which a part names what it belongs to. */
export interface PartType {
  readonly type: ResourceType;
  readonly path: string;
}

/** A reader over a part, for conditions on properties that several types of parts share. Reasons name the part. */
export const readerOf = (node: ResourceNode): Reader<unknown> =>
  new Reader<unknown>(node.type, node.inputs, "", node.holder);

/** Behind a number of things: the resources that some of them are, in brackets. */
export const among = (holders: readonly Holder[]): string =>
  holders.length === 0 ? "" : ` (${[...new Set(holders.map(labelOf))].join(", ")})`;

/** The texts of a property that several types share; absent means none. */
export function textsAt(reader: Reader<unknown>, path: string): Items<string> {
  const read = reader.at(path);
  return textsOf(read.kind === "known" ? read.value : read.kind === "unknown" ? UNKNOWN : undefined);
}

/** The parts of a resource, and whether there may be others. */
export function partsOf(
  { stack, node }: Context,
  types: readonly PartType[],
): { readonly nodes: readonly ResourceNode[]; readonly uncertain: boolean } {
  const related = types.map(({ type, path }) => stack.referrers(node, type, path));
  return {
    nodes: related.flatMap(({ nodes }) => nodes),
    uncertain: related.some(({ uncertain }) => uncertain),
  };
}

/** Whether controls judge a resource; one that the program only reads (`.get()`) is no subject of theirs. */
const isJudged = (node: ResourceNode): boolean => node.facts.passive !== true;

/** Whether some resource that a part belongs to is judged, so that the finding is that of the whole. */
export const someJudged = (owners: readonly Related[]): boolean =>
  owners.some(({ nodes }) => nodes.some(isJudged));

/**
 * Judges a part by itself when what it belongs to is no resource of the stack or only read by it, and while nothing but the part is known;
 * otherwise the finding is that of the whole.
 */
export function lonePart(
  { stack, node }: Context,
  path: string,
  owners: readonly ResourceType[],
  judge: () => Outcome,
): Outcome {
  if (stack.partial) return judge();
  const related = owners.map((owner) => stack.targets(node, path, owner));
  if (someJudged(related)) return notApplicable();
  const outcome = judge();
  const isOpen = related.some(({ uncertain }) => uncertain);
  return isOpen && outcome.verdict === "NON_COMPLIANT" ? undecided(...outcome.reasons) : outcome;
}

/**
 * Like {@link lonePart}, for parts of which nothing else is exempted: a value that is not known yet cannot mean a whole
 * of the stack where the stack has none.
 */
export function loneRule(
  context: Context,
  path: string,
  owners: readonly ResourceType[],
  judge: () => Outcome,
): Outcome {
  const { stack } = context;
  const hasOwner = owners.some((owner) => stack.ofType(owner).length > 0);
  return stack.partial || hasOwner ? lonePart(context, path, owners, judge) : judge();
}

/** What a control forbids in the policy of a resource. */
export interface Forbidden {
  readonly statement: (statement: Statement) => Ternary;
  readonly reason: { readonly found: string; readonly fix: string };
}

/** No statement of one policy is forbidden; without a policy there is nothing to forbid. */
export const policyIsFree = (reader: Reader<unknown>, { statement, reason }: Forbidden): Outcome =>
  documentAt(reader, "policy").kind === "absent"
    ? compliant()
    : noStatement(reader, "policy", statement, reason);

import { all, compliant, undecided } from "../engine";
import type { Context, Outcome, Reader, ResourceType } from "../engine";

/** Where the policy of a resource is written: in a property of its own, and in resources that name it. */
export interface PolicyPlaces {
  /** The inline property; absent where the type has none. */
  readonly inline?: string;
  /** The type of the separate policy resource, and its property that names the subject. */
  readonly type: ResourceType;
  readonly link: string;
  /** The property of the separate resource that holds the document. */
  readonly path?: string;
}

/**
 * Judges every policy document of a resource. Without any the resource complies; when it cannot be seen whether there is
 * another one, that is undecided.
 */
export function everyPolicy(
  reader: Reader<unknown>,
  { stack, node }: Context,
  places: PolicyPlaces,
  judge: (reader: Reader<unknown>, path: string) => Outcome,
): Outcome {
  const { nodes, uncertain } = stack.referrers(node, places.type, places.link);
  const split = nodes.map((policy) => judge(policy.reader(places.type), places.path ?? "policy"));
  const inline = places.inline === undefined ? [] : [judge(reader, places.inline)];
  const unseen = uncertain
    ? undecided({
        found: "it is not known yet whether the resource has a policy",
        fix: "name the resource by a known value",
      })
    : compliant();
  return all(...split, ...inline, unseen);
}

import { both, coversAction, hasEffect, negate, someItem } from "../engine/documents";
import type { DocumentCondition, Statement, Ternary } from "../engine/documents";
import type { Items } from "../engine/reader";
import { matchesWildcard } from "../engine/wildcard";

/** What a policy allows on all resources of a kind, rather than on named ones. */

/** A kind of resource: the service of its ARN, and what stands before and behind its name, e.g. `iam` and `role/`. */
export interface ResourceKind {
  readonly service: string;
  readonly prefix: string;
  /** What AWS puts behind the name, e.g. a revision; default nothing. */
  readonly suffix?: string;
}

/** Names of resources that no pattern means both of, unless it means all. */
const NAMES = ["q7", "Xk.0-w"];

/** A place that patterns with a wildcard in its stead mean too. */
const PLACE = ["arn", "aws", "", "us-east-1", "111122223333"];

/**
 * Whether a pattern stands for every resource of a kind in some account. What it says about partition, region and account
 * is taken for the right ones; policy variables are taken for names.
 */
export function isEveryResource(pattern: string, { service, prefix, suffix = "" }: ResourceKind): boolean {
  const plain = pattern.replace(/\$\{[^}]*\}/g, "variable");
  const given = plain.split(":");
  const [arn = "", partition = "", , region = "", account = ""] = PLACE.map((otherwise, index) => {
    const part = given[index];
    return part === undefined || /[*?]/.test(part) ? otherwise : part;
  });
  return NAMES.every((name) =>
    matchesWildcard(plain, [arn, partition, service, region, account, `${prefix}${name}${suffix}`].join(":")),
  );
}

/** Whether a statement speaks of all resources of a kind, or of all but some. */
export function isBroad({ resources, notResources }: Statement, kind: ResourceKind): Ternary {
  const isEvery = (pattern: string): boolean => isEveryResource(pattern, kind);
  return notResources.items.length > 0 || !notResources.complete
    ? negate(someItem(notResources, isEvery))
    : someItem(resources, isEvery);
}

/**
 * Whether a policy forbids an action on all resources of a kind, whatever else it allows.
 * @param counts - Whether a condition leaves the denial strong enough; default none does.
 */
export const isDenied = (
  statements: Items<Statement>,
  action: string,
  kind: ResourceKind,
  counts: (condition: DocumentCondition) => Ternary = () => false,
): Ternary =>
  someItem(statements, (statement) =>
    both(
      hasEffect(statement, "Deny"),
      coversAction(statement, action),
      isBroad(statement, kind),
      ...statement.conditions.items.map(counts),
      statement.conditions.complete ? true : "unknown",
    ),
  );

/** `Not` forms and `IfExists` let others in, and `ForAllValues` holds for requests without the key. */
export const isPositive = ({ operator }: DocumentCondition): boolean =>
  /^(?:foranyvalue:)?(?:string(?:equals(?:ignorecase)?|like)|arn(?:equals|like))$/i.test(operator);

/** The opposites of the positive operators: in a denial they leave only what the values name. */
export const isNegative = ({ operator }: DocumentCondition): boolean =>
  /^(?:forallvalues:|foranyvalue:)?(?:stringnot(?:equals(?:ignorecase)?|like)|arnnot(?:equals|like))(?:ifexists)?$/i.test(
    operator,
  );

/** Whether every value of a condition is one of some kind. */
export const everyValue = (
  { values: { items, complete } }: DocumentCondition,
  holds: (value: string) => boolean,
): Ternary => (items.every(holds) ? (complete ? items.length > 0 : "unknown") : false);

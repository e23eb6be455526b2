import { both, either, hasEffect, namesEverybody, negate } from "./documents";
import type { DocumentCondition, Statement, Ternary } from "./documents";

/**
 * When a statement that names everybody is public all the same, and when its conditions make it private.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */

/** Condition keys of which a fixed value narrows everybody down to somebody. */
const NARROWING = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:username",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
]);

/** Only these compare with the values; the `Not` and `IfExists` forms let others in. */
const POSITIVE =
  /^(?:foranyvalue:)?(?:stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress)$/i;

/** Networks of less bits are taken for public. */
const MIN_BITS_IPV4 = 8;
const MIN_BITS_IPV6 = 32;

/** Whether a value stands for few enough: without wildcards, or an ARN whose account is fixed. */
export function isFixed(value: string): boolean {
  if (!/[*?]/.test(value)) return value !== "";
  return /^arn:[^:*?]*:[^:*?]+:[^:]*:\d{12}:/.test(value) || /^o-[a-z0-9]+\/r-[a-z0-9]+/.test(value);
}

function isNarrowNetwork(value: string): boolean {
  const [address = "", bits] = value.split("/");
  if (address === "" || /[*?]/.test(address)) return false;
  if (bits === undefined) return true;
  return Number(bits) >= (address.includes(":") ? MIN_BITS_IPV6 : MIN_BITS_IPV4);
}

function narrows(condition: DocumentCondition): Ternary {
  if (!POSITIVE.test(condition.operator)) return false;
  const holds = condition.key === "aws:sourceip" ? isNarrowNetwork : isFixed;
  if (condition.key !== "aws:sourceip" && !NARROWING.has(condition.key)) return false;
  const { items, complete } = condition.values;
  return items.every(holds) && (complete ? items.length > 0 : "unknown");
}

/** Whether the conditions of a statement narrow everybody down to somebody. */
export function isNarrowed(statement: Statement): Ternary {
  const { items, complete } = statement.conditions;
  return either(...items.map(narrows), complete ? false : "unknown");
}

/** Whether a statement allows something to everybody. */
export function isPublic(statement: Statement): Ternary {
  return both(hasEffect(statement, "Allow"), namesEverybody(statement), negate(isNarrowed(statement)));
}

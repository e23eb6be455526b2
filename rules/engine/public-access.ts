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

/** Whether a value holds neither a wildcard nor a policy variable: only then does AWS Config take it for fixed. */
export const isFixed = (value: string): boolean => value !== "" && !/[*?]|\$\{/.test(value);

/** Whether a value names one account or one organisation, whatever else is left open. */
const isOfOneOwner = (value: string): boolean =>
  isFixed(value) ||
  /^arn:[^:*?]*:[^:*?]+:[^:]*:\d{12}:/.test(value) ||
  /^o-[a-z0-9]+\/r-[a-z0-9]+/.test(value);

/** Keys whose values are written with wildcards; there an account or an organisation is enough. */
const OPEN_ENDED = new Set(["aws:principalorgpaths", "aws:sourceorgpaths", "s3:dataaccesspointarn"]);

function isNarrowNetwork(value: string): boolean {
  const [address = "", bits] = value.split("/");
  if (address === "" || /[*?]/.test(address)) return false;
  if (bits === undefined) return true;
  return Number(bits) >= (address.includes(":") ? MIN_BITS_IPV6 : MIN_BITS_IPV4);
}

function narrows(condition: DocumentCondition, isStrict: boolean): Ternary {
  if (!POSITIVE.test(condition.operator)) return false;
  const holdsValue = isStrict && !OPEN_ENDED.has(condition.key) ? isFixed : isOfOneOwner;
  const holds = condition.key === "aws:sourceip" ? isNarrowNetwork : holdsValue;
  if (condition.key !== "aws:sourceip" && !NARROWING.has(condition.key)) return false;
  const { items, complete } = condition.values;
  return items.every(holds) && (complete ? items.length > 0 : "unknown");
}

/** Whether the conditions of a statement narrow everybody down to somebody. */
export function isNarrowed(statement: Statement): Ternary {
  const { items, complete } = statement.conditions;
  return either(...items.map((item) => narrows(item, false)), complete ? false : "unknown");
}

/** Whether the conditions of a statement hold it to fixed values. */
function isHeldToFixedValues({ conditions: { items, complete } }: Statement): Ternary {
  return either(...items.map((item) => narrows(item, true)), complete ? false : "unknown");
}

/**
 * Whether a statement allows something to everybody, in the sense of AWS Config: what is held to fixed values is private.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-no-public-access.html
 */
export function isPublic(statement: Statement): Ternary {
  return both(
    hasEffect(statement, "Allow"),
    namesEverybody(statement),
    negate(isHeldToFixedValues(statement)),
  );
}

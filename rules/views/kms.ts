import { check, compliant, undecided, violation } from "../engine";
import type { Context, Outcome, Path, Reader } from "../engine";

const KEY_TYPES = [
  "aws:kms/key:Key",
  "aws:kms/alias:Alias",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/externalKey:ExternalKey",
];

/** Whether the name of a key is that of an AWS managed one. */
export const isAwsManagedKey = (name: string): boolean => /(^|:)alias\/aws\//.test(name);

/**
 * The property names a customer managed key. A value that is not known yet counts when it was made from a key or an
 * alias of the stack: those are always the customer's.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-mgmt
 */
export function customerKey<T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  { stack, node }: Context,
): Outcome {
  const reason = reader.reason(path, `set "${reader.name(path)}" to the ARN of a customer managed KMS key`);
  const read = reader.at(path);
  if (read.kind === "unknown") {
    const own = KEY_TYPES.some((type) => stack.targets(node, reader.name(path), type).nodes.length > 0);
    return own ? compliant() : undecided(reason);
  }
  const value = read.kind === "known" ? read.value : read.default;
  if (typeof value !== "string" || value === "") return violation(reason);
  return check(!isAwsManagedKey(value), reason);
}

const isAlias = (name: string): boolean => /(^|:)alias\//.test(name);

/**
 * The property names one of some keys, each given by ARN, by id or by alias. An id names the key of an ARN that ends
 * with it. Which key an alias of the customer names is known to AWS only, so that it is compared with aliases alone.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function keyAmong<T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  keys: readonly string[],
): Outcome {
  const reason = reader.reason(path, `set "${reader.name(path)}" to one of ${keys.join(", ")}`);
  const read = reader.at(path);
  if (read.kind === "unknown") return undecided(reason);
  const name = read.kind === "known" ? read.value : undefined;
  if (typeof name !== "string" || name === "") return violation(reason);
  const endsWith = (arn: string, end: string): boolean => arn.endsWith(`/${end}`) || arn.endsWith(`:${end}`);
  if (keys.some((key) => key === name || endsWith(key, name) || endsWith(name, key))) return compliant();
  const mayBe = (key: string): boolean =>
    isAlias(key) !== isAlias(name) && !isAwsManagedKey(key) && !isAwsManagedKey(name);
  return keys.some(mayBe)
    ? undecided({ ...reason, found: "it is not known which key the alias names" })
    : violation(reason);
}

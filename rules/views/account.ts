import { UNKNOWN, holdsUnknown, isUnknown, parseJson, propertiesIn, mark, reveal, textsOf } from "../engine";
import type { Context, Unknown, Value } from "../engine";

/** The account of an ARN, or a bare account number. */
export function accountIn(name: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?:$|:)/.exec(name)?.[1];
}

/**
 * The account that a resource lives in, as far as the program says so: the only account that its provider allows, or
 * that of the role which its provider assumes. Nested settings of a provider come as JSON text.
 */
export function ownAccount({ stack, node }: Context): string | Unknown | undefined {
  const provider = stack.providerOf(node)?.inputs ?? {};
  const allowed = textsOf(unpacked(provider["allowedAccountIds"]));
  if (!allowed.complete) return UNKNOWN;
  if (allowed.items.length === 1) return allowed.items[0];
  const roles = unpacked(provider["assumeRoles"] ?? provider["assumeRole"]);
  const last = Array.isArray(roles) ? (roles as readonly Value[]).at(-1) : roles;
  if (holdsUnknown(last ?? null)) return UNKNOWN;
  const arn = reveal(propertiesIn(last ?? null)["roleArn"] ?? null);
  return typeof arn === "string" ? accountIn(arn) : undefined;
}

function unpacked(value: Value | undefined): Value {
  const inner = reveal(value ?? null);
  if (isUnknown(inner) || typeof inner !== "string") return inner;
  return mark(parseJson(inner) ?? inner);
}

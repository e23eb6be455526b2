import { Secret, isList, isUnknown, mark, propertiesIn } from "../rules/engine";
import type { Value } from "../rules/engine";

/** Where the SDK's proxy keeps the object behind it; reading an unknown value through the proxy throws. */
const TARGET = "__getSpecialProxyTarget";

/**
 * Properties as the SDK hands them to a policy, without the proxy that throws at unknown values. The SDK has unwrapped
 * the secrets among them, so that no text or number can be shown: all of them are treated as secrets.
 */
export function hidden(props: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const target: unknown = Reflect.get(props, TARGET);
  const plain: unknown = typeof target === "object" && target !== null ? target : props;
  return propertiesIn(hide(mark(plain)));
}

function hide(value: Value): Value {
  if (value instanceof Secret || isUnknown(value)) return value;
  if (typeof value === "string" || typeof value === "number") return new Secret(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(hide);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hide(item)]));
}

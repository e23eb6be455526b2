import { isDeepStrictEqual } from "node:util";

import { isObject, type JsonObject } from "../json";

/** Property values of a resource, as they travel between engine and provider: plain JSON, sentinels included. */
export type Properties = Readonly<Record<string, unknown>>;

/** Stands for a value that is not known before the deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks an object as a special value; what it holds tells which. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The signatures of files and of archives. */
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** The key under which Check writes the names of the properties that it filled in. */
export const DEFAULTS = "__defaults";

/** Whether the value is unknown or has something unknown inside. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Whether the value is a file or an archive. */
export function isAsset(value: unknown): value is JsonObject {
  return isObject(value) && (value[SIGNATURE] === ASSET || value[SIGNATURE] === ARCHIVE);
}

/** The value without the bookkeeping keys of Check and without members that hold nothing, at every depth. */
function withoutBookkeeping(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBookkeeping);
  if (!isObject(value) || isAsset(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !key.startsWith("__") && member !== undefined && member !== null)
      .map(([key, member]) => [key, withoutBookkeeping(member)]),
  );
}

/** {@link withoutBookkeeping} for the properties of a whole resource. */
export function plain(properties: Properties): Properties {
  const value = withoutBookkeeping(properties);
  return isObject(value) ? value : {};
}

/** A map of texts, such as tags; members that are no text are written as text. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, String(member)]))
    : {};
}

/** Whether two texts hold the same JSON document. */
export function isSameDocument(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  if (!/^\s*[[{]/.test(left) || !/^\s*[[{]/.test(right)) return false;
  try {
    return isDeepStrictEqual(JSON.parse(left), JSON.parse(right));
  } catch {
    return false;
  }
}

/** JSON text as Go's encoder writes it, which is what the real provider stores: sorted keys, no bare angle brackets. */
export function jsonText(value: unknown): string {
  const escapes: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };
  return JSON.stringify(sorted(value)).replace(/[<>&]/g, (character) => escapes[character] ?? character);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith("__"))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

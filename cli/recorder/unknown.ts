/** The SDK's text for a value that is not known yet. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Methods of lists that hand elements to a function or put them into another list. */
const LIST_METHODS = new Set(["map", "forEach", "flatMap", "filter", "reduce", "entries", "values", "keys"]);

/** Methods of texts and lists that make another value of the same kind. */
const VALUE_METHODS = new Set([
  "at",
  "charAt",
  "concat",
  "find",
  "indexOf",
  "join",
  "padEnd",
  "padStart",
  "pop",
  "repeat",
  "replace",
  "replaceAll",
  "reverse",
  "shift",
  "slice",
  "sort",
  "split",
  "substring",
  "toLowerCase",
  "toUpperCase",
  "trim",
]);

/**
 * A value that is not known, for programs that await the answer of a provider's function and work with it: every
 * property of it is unknown, a loop over it runs once, and in a text it leaves the SDK's mark. It is an object and no
 * function, for the SDK drops functions.
 */
export function tolerantUnknown(): unknown {
  const unknown: unknown = new Proxy(
    {},
    {
      get: (_, property) => {
        // By this the SDK of any version recognises what is unknown.
        if (property === "__pulumiUnknown") return true;
        if (property === Symbol.iterator) return () => [unknown][Symbol.iterator]();
        if (property === Symbol.toPrimitive) return toPrimitive;
        if (typeof property === "symbol" || property.startsWith("__")) return undefined;
        // Or it would be taken for a promise.
        if (property === "then") return undefined;
        if (property === "toString" || property === "toJSON" || property === "valueOf")
          return () => UNKNOWN_TEXT;
        if (LIST_METHODS.has(property)) return listMethod(unknown, property);
        return VALUE_METHODS.has(property) ? () => unknown : unknown;
      },
    },
  );
  return unknown;
}

const toPrimitive = (hint: string): string | number => (hint === "number" ? Number.NaN : UNKNOWN_TEXT);

function listMethod(unknown: unknown, name: string): unknown {
  const list = [unknown];
  const method: unknown = Reflect.get(list, name);
  return typeof method === "function" ? method.bind(list) : undefined;
}

/** Values that were made from an unknown text are unknown as a whole. */
export function withUnknownTexts(value: unknown): unknown {
  if (typeof value === "string") return value.includes(UNKNOWN_TEXT) ? UNKNOWN_TEXT : value;
  if (Array.isArray(value)) return value.map(withUnknownTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUnknownTexts(item)]));
}

/** Whether any part of a value is unknown. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value === "string") return value === UNKNOWN_TEXT;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

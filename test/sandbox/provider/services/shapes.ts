import { isObject } from "../../json";

/** Names that differ in more than the first letter, Pulumi's name first. */
export type Names = Readonly<Record<string, string>>;

/**
 * Writes nested members as AWS's APIs name them: `noncurrentDays` becomes `NoncurrentDays`, and whatever `names` says.
 * The API itself refuses what it does not know.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says which shape the API takes
export function toApi<T>(value: unknown, names: Names = {}): T {
  // Names follow one rule; the API judges the rest.
  return renamed(value, (name) => names[name] ?? upperFirst(name)) as T;
}

/** What an API names as Pulumi does. The API itself refuses what it does not know. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says which shape the API takes
export function asIs<T>(value: unknown): T {
  // The shapes are the same, by the documentation of both.
  return value as T;
}

/** The way back from {@link toApi}. */
export function fromApi(value: unknown, names: Names = {}): unknown {
  const back = new Map(Object.entries(names).map(([ours, theirs]) => [theirs, ours]));
  return renamed(value, (name) => back.get(name) ?? lowerFirst(name));
}

/**
 * Finds a value among those that an API takes.
 *
 * @throws Error that lists them when it is not among them
 */
export function member<T extends string>(
  values: Readonly<Record<string, T>>,
  text: string,
  property: string,
): T {
  const found = Object.values(values).find((value) => value === text);
  if (found !== undefined) return found;
  throw new Error(`"${property}" is "${text}"; it takes ${Object.values(values).join(", ")}.`);
}

/** {@link member} for a property that may be left out. */
export function optionalMember<T extends string>(
  values: Readonly<Record<string, T>>,
  text: string | undefined,
  property: string,
): T | undefined {
  return text === undefined ? undefined : member(values, text, property);
}

/** A value that the API always gives. @throws Error that names it when it is missing. */
export function given<T>(value: T | null | undefined, what: string): T {
  if (value !== null && value !== undefined) return value;
  throw new Error(`The local AWS answered without ${what}.`);
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => renamed(element, rename));
  if (!isObject(value) || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [rename(name), renamed(inner, rename)]),
  );
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

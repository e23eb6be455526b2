import { show } from "../engine/values";

/**
 * The parameters of a custom rule: what a control declares about them, and the reading of what AWS Config sends.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html#config-Type-ConfigRule-InputParameters
 */

interface Declared {
  /** What it is for: one sentence. */
  readonly description: string;
  /** Whether the rule works without a value; such a parameter may be `undefined`. */
  readonly optional?: boolean;
  /** The value, as text, when none is given. AWS Config itself fills nothing in. */
  readonly default?: string;
}

export interface TextParameter extends Declared {
  readonly type: "String";
  /** What the whole value must match. */
  readonly pattern?: RegExp;
  /** What is wrong with a value, where no pattern can say it: a clause without a subject. */
  readonly problem?: (text: string) => string | undefined;
  /** What to write, in words, where the pattern does not show it. */
  readonly form?: string;
  /** The allowed values. */
  readonly oneOf?: readonly string[];
}

export interface NumberParameter extends Declared {
  readonly type: "int" | "double";
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface BooleanParameter extends Declared {
  readonly type: "boolean";
}

/** Values separated by commas; spaces around them do not count. */
export interface ListParameter extends Declared {
  readonly type: "CSV";
  /** What each whole value must match. */
  readonly pattern?: RegExp;
}

/** A parameter, with the types in AWS's spelling. */
export type Parameter = TextParameter | NumberParameter | BooleanParameter | ListParameter;

/** The parameters of a control, by name. */
export type ParameterSchema = Readonly<Record<string, Parameter>>;

type Value<D extends Parameter> = D["type"] extends "CSV"
  ? readonly string[]
  : D["type"] extends "int" | "double"
    ? number
    : D["type"] extends "boolean"
      ? boolean
      : string;

/** What a predicate gets: the typed value of each parameter. */
export type ParameterValues<S extends ParameterSchema> = {
  readonly [K in keyof S]: S[K] extends { readonly optional: true; readonly default?: undefined }
    ? Value<S[K]> | undefined
    : Value<S[K]>;
};

/** Typed values, or everything that is wrong with the given ones: clauses without a full stop. */
export type ParsedParameters<V> =
  { readonly ok: true; readonly values: V } | { readonly ok: false; readonly problems: readonly string[] };

/** Texts by name, or everything that is wrong. */
export type ParameterTexts = ParsedParameters<Readonly<Record<string, string>>>;

/**
 * Reads the text in which AWS Config sends parameters: a JSON object in which every value is text.
 * @param text - As in the event. Absent, `null` and empty stand for no parameters.
 */
export function parameterTexts(text: unknown): ParameterTexts {
  if (text === undefined || text === null || text === "") return { ok: true, values: {} };
  const shape = 'give a JSON object of texts, e.g. {"name":"value"}';
  if (typeof text !== "string") {
    return { ok: false, problems: [`the parameters are no text; ${shape} as text`] };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, problems: [`the parameters are not JSON; ${shape}`] };
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return { ok: false, problems: [`the parameters are no JSON object; ${shape}`] };
  }
  const entries = Object.entries(parsed);
  const problems = entries
    .filter(([, value]) => typeof value !== "string")
    .map(([name]) => `"${name}" is no text; write its value in quotation marks`);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, values: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) };
}

/** Types the texts as a control declares them. All problems are reported together. */
export function typedValues<S extends ParameterSchema>(
  schema: S,
  texts: Readonly<Record<string, string>>,
): ParsedParameters<ParameterValues<S>> {
  const names = Object.keys(schema);
  const allowed = names.length === 0 ? "the rule has no parameters" : `allowed are ${names.join(", ")}`;
  const problems = Object.keys(texts)
    .filter((name) => !Object.hasOwn(schema, name))
    .map((name) => `"${name}" is no parameter of the rule; ${allowed}`);
  const values: [string, unknown][] = [];
  for (const [name, parameter] of Object.entries(schema)) {
    const text = Object.hasOwn(texts, name) ? texts[name] : parameter.default;
    if (text === undefined) {
      if (parameter.optional !== true)
        problems.push(`"${name}" has no value; set it to ${wanted(parameter)}`);
      values.push([name, undefined]);
      continue;
    }
    const value = text.trim() === "" ? undefined : typed(parameter, text.trim());
    const why =
      parameter.type === "String" && value !== undefined ? parameter.problem?.(text.trim()) : undefined;
    if (value === undefined || why !== undefined) {
      problems.push(
        `"${name}" is "${show(text)}"${why === undefined ? "" : `, which ${why}`}; set it to ${wanted(parameter)}`,
      );
    }
    values.push([name, value]);
  }
  if (problems.length > 0) return { ok: false, problems };
  // Each value was made from the declaration of the same name.
  return { ok: true, values: Object.fromEntries(values) as ParameterValues<S> };
}

/** The typed value; `undefined` when the text is none. */
function typed(parameter: Parameter, text: string): unknown {
  switch (parameter.type) {
    case "int":
      return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))
        ? within(parameter, Number(text))
        : undefined;
    case "double":
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
        ? within(parameter, Number(text))
        : undefined;
    case "boolean":
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
    case "String":
      return matches(parameter, text) && (parameter.oneOf?.includes(text) ?? true) ? text : undefined;
    case "CSV": {
      const items = text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
      return items.length > 0 && items.every((item) => matches(parameter, item)) ? items : undefined;
    }
  }
}

const within = (
  { minimum = -Infinity, maximum = Infinity }: NumberParameter,
  value: number,
): number | undefined => (value >= minimum && value <= maximum ? value : undefined);

const matches = ({ pattern }: TextParameter | ListParameter, text: string): boolean =>
  pattern === undefined ||
  new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, "")).test(text);

/** What is allowed, in words. */
function wanted(parameter: Parameter): string {
  switch (parameter.type) {
    case "int":
    case "double":
      return `${parameter.type === "int" ? "a whole number" : "a number"}${rangeOf(parameter)}`;
    case "boolean":
      return "true or false";
    case "String":
      if (parameter.form !== undefined) return parameter.form;
      if (parameter.oneOf !== undefined) return `one of ${parameter.oneOf.join(", ")}`;
      return parameter.pattern === undefined ? "a text" : `a text that matches ${parameter.pattern.source}`;
    case "CSV":
      return parameter.pattern === undefined
        ? "values separated by commas"
        : `values separated by commas, each matching ${parameter.pattern.source}`;
  }
}

function rangeOf({ minimum, maximum }: NumberParameter): string {
  if (minimum === undefined) return maximum === undefined ? "" : ` of ${maximum} or less`;
  return maximum === undefined ? ` of ${minimum} or more` : ` from ${minimum} to ${maximum}`;
}

import type { ParameterType, RuleParameter } from "../catalog";
import { typedValues } from "../custom/parameters";
import { customControlOf } from "../registry";
import type { Rule } from "../registry";
import type { Problems } from "./problems";
import { describe, join } from "./problems";

/** AWS's limit for all parameters of a rule together, as JSON text. */
const MAX_CHARACTERS = 1024;

/** What each type allows, in words. */
const ALLOWED: Readonly<Record<ParameterType, string>> = {
  CSV: "a list, or a text with commas",
  String: "a text",
  int: "a whole number",
  boolean: "true or false",
  double: "a number",
  StringMap: "a map, or its JSON text",
};

/**
 * The text that AWS Config gets for a value, which may be written as text, number, boolean, list or map;
 * `undefined` when the value is not of the type.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html
 */
export function parameterText(type: ParameterType, value: unknown): string | undefined {
  switch (type) {
    case "int":
      return /^-?\d+$/.test(scalarText(value)) ? scalarText(value) : undefined;
    case "double":
      return scalarText(value) !== "" && Number.isFinite(Number(scalarText(value)))
        ? scalarText(value)
        : undefined;
    case "boolean":
      return /^(true|false)$/i.test(scalarText(value)) ? scalarText(value) : undefined;
    case "CSV":
      return listText(value);
    case "String":
      return scalarText(value) === "" ? undefined : scalarText(value);
    case "StringMap":
      return mapText(value);
  }
}

function scalarText(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value.trim() : "";
}

function listText(value: unknown): string | undefined {
  const items = Array.isArray(value) ? value.map(scalarText) : [scalarText(value)];
  return items.length > 0 && items.every((item) => item !== "") ? items.join(",") : undefined;
}

function mapText(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? JSON.stringify(value)
    : undefined;
}

/** The given parameters of a rule as text; what is wrong with them goes to `problems`. */
export function checkParameters(
  rule: Rule,
  given: unknown,
  path: string,
  problems: Problems,
): Readonly<Record<string, string>> {
  const texts: [string, string][] = [];
  const names = rule.parameters.map((parameter) => parameter.name);
  for (const [name, value] of problems.object(path, given)) {
    const parameter = rule.parameters.find((candidate) => candidate.name === name);
    const place = join(path, name);
    if (parameter === undefined) {
      const help =
        names.length === 0
          ? `${rule.identifier} has no parameters.`
          : `${rule.identifier} has ${names.join(", ")}.`;
      problems.unknownName(place, "The parameter", name, names, help);
      continue;
    }
    const text = parameterText(parameter.type, value);
    if (text === undefined)
      problems.add(
        place,
        `${describe(value)} is not ${ALLOWED[parameter.type]}. Write ${ALLOWED[parameter.type]}.`,
      );
    else texts.push([name, text]);
  }
  const all = Object.fromEntries(texts);
  for (const clause of customProblems(rule, all)) problems.add(path, `In the parameters ${clause}.`);
  const length = JSON.stringify(all).length;
  if (length > MAX_CHARACTERS) {
    problems.add(
      path,
      `The parameters have ${length} characters as JSON text. AWS Config allows ${MAX_CHARACTERS}. Shorten the lists.`,
    );
  }
  return all;
}

/** What the declaration of a custom control says of given values; what is missing is told elsewhere. */
function customProblems({ identifier }: Rule, given: Readonly<Record<string, string>>): readonly string[] {
  const schema = customControlOf(identifier)?.parameters;
  if (schema === undefined) return [];
  const declared = Object.entries(schema).filter(([name]) => Object.hasOwn(given, name));
  const parsed = typedValues(Object.fromEntries(declared), given);
  return parsed.ok ? [] : parsed.problems;
}

/** The documented defaults of a rule's parameters. */
export function defaultParameters(rule: Rule): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rule.parameters.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The values of parameters as a policy reads them: numbers, booleans and lists instead of text. */
export function typedParameters(
  rule: Rule,
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const all = { ...defaultParameters(rule), ...texts };
  return Object.fromEntries(
    rule.parameters.flatMap((parameter) => {
      const text = Object.hasOwn(all, parameter.name) ? all[parameter.name] : undefined;
      return text === undefined ? [] : [[parameter.name, typed(parameter, text)]];
    }),
  );
}

function typed(parameter: RuleParameter, text: string): unknown {
  switch (parameter.type) {
    case "int":
    case "double":
      return Number(text);
    case "boolean":
      return text.toLowerCase() === "true";
    case "CSV":
      return text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
    case "String":
      return text;
    case "StringMap":
      return mapOf(text);
  }
}

/** A map is JSON text, or `key:value` pairs with commas as some of AWS's pages write it. */
function mapOf(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, String(v)]));
  } catch {
    // Not JSON: pairs.
  }
  return Object.fromEntries(
    text.split(text.includes(";") ? ";" : ",").map((pair): [string, string] => {
      const colon = pair.indexOf(":");
      return colon < 0 ? [pair.trim(), ""] : [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()];
    }),
  );
}

import { parseJson } from "../../rules";
import type { Case, CaseResource } from "../../rules/cases";
import { unknown } from "../../rules/cases/build";

/** Longer objects and lists are broken into lines; the inputs of a resource stand behind its class and name. */
const LINE_CHARACTERS = 90;
const INPUT_CHARACTERS = 40;
/** The variable that stands for a value that is known only after the update. */
const NOT_KNOWN = "notKnownYet";
const RESERVED = new Set([
  "case",
  "class",
  "const",
  "default",
  "export",
  "function",
  "import",
  "new",
  "package",
]);
const SECRET_KEY = "4dabf18193072939515e22adb298388d";

/** The resources of an example as the TypeScript that a program would declare them with. */
export function snippetOf(stack: Case["stack"]): string {
  const variables = variablesOf(stack);
  const declarations = inOrder(stack).map(([name, resource]) => declaration(name, resource, variables));
  const code = declarations.join("\n");
  return code.includes(NOT_KNOWN)
    ? `declare const ${NOT_KNOWN}: pulumi.Output<any>; // known only after the update\n${code}`
    : code;
}

/** Whether an example uses a value that is not known before the update. */
export const usesUnknown = (stack: Case["stack"]): boolean => JSON.stringify(stack).includes(unknown);

/** The class that a type token stands for, as a program names it: `aws.ebs.Volume`. */
export function className(token: string): string | undefined {
  const match = /^aws:(\w+)\/\w+:(\w+)$/.exec(token);
  if (match !== null) return `aws.${match[1] ?? ""}.${match[2] ?? ""}`;
  return token === "pulumi:providers:aws" ? "aws.Provider" : undefined;
}

type Variables = ReadonlyMap<string, string>;

function variablesOf(stack: Case["stack"]): Variables {
  const taken = new Set<string>();
  return new Map(
    Object.entries(stack).map(([name, { type }]) => {
      const wanted = name === "subject" ? variableOfType(type) : camelCase(name);
      let variable = wanted;
      for (let count = 2; taken.has(variable) || RESERVED.has(variable); count++)
        variable = `${wanted}${count}`;
      taken.add(variable);
      return [name, variable];
    }),
  );
}

function variableOfType(token: string): string {
  const [, module = "", name = "resource"] = token.split(":");
  const variable = lowerFirst(name);
  return RESERVED.has(variable) ? `${module.split("/")[0] ?? ""}${name}` : variable;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const camelCase = (text: string): string =>
  lowerFirst(text.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, ""));

/** Resources after those that they refer to. */
function inOrder(stack: Case["stack"]): readonly (readonly [string, CaseResource])[] {
  const ordered = new Map<string, CaseResource>();
  const visiting = new Set<string>();
  const visit = (name: string): void => {
    const resource = stack[name];
    if (resource === undefined || ordered.has(name) || visiting.has(name)) return;
    visiting.add(name);
    const { inputs, parent, provider } = resource;
    for (const other of [...referencesIn(inputs), parent, provider]) if (other !== undefined) visit(other);
    ordered.set(name, resource);
  };
  Object.keys(stack).forEach(visit);
  return [...ordered];
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("$ref" in value && typeof value.$ref === "string") return [value.$ref];
  return Object.values(value).flatMap(referencesIn);
}

function declaration(name: string, resource: CaseResource, variables: Variables): string {
  const variable = variables.get(name) ?? camelCase(name);
  const logicalName = JSON.stringify(name === "subject" ? "example" : name);
  const options = Object.entries({ parent: resource.parent, provider: resource.provider }).flatMap(
    ([option, other]) => {
      const value = other === undefined ? undefined : (variables.get(other) ?? other);
      return value === undefined ? [] : [value === option ? option : `${option}: ${value}`];
    },
  );
  const inputs = expression(resource.inputs, variables, 0);
  const known = className(resource.type);
  const call =
    known === undefined
      ? `new pulumi.ComponentResource(${JSON.stringify(resource.type)}, ${logicalName}, ${inputs}`
      : `new ${known}(${logicalName}, ${inputs}`;
  return `const ${variable} = ${call}${options.length > 0 ? `, { ${options.join(", ")} }` : ""});`;
}

function expression(value: unknown, variables: Variables, depth: number): string {
  if (value === unknown) return NOT_KNOWN;
  if (typeof value === "string") return text(value, variables, depth);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) {
    return enclosed(
      "[",
      value.map((item: unknown) => expression(item, variables, depth + 1)),
      "]",
      depth,
    );
  }
  if ("$ref" in value && "property" in value) {
    const name = String(value.$ref);
    return `${variables.get(name) ?? name}.${String(value.property)}`;
  }
  if (SECRET_KEY in value && "value" in value)
    return `pulumi.secret(${expression(value.value, variables, depth)})`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${propertyName(key)}: ${expression(item, variables, depth + 1)}`,
  );
  return entries.length === 0 ? "{}" : enclosed("{", entries, "}", depth);
}

/** A policy document is text that programs make from an object. */
function text(value: string, variables: Variables, depth: number): string {
  const parsed = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
  return parsed === undefined
    ? JSON.stringify(value)
    : `JSON.stringify(${expression(parsed, variables, depth)})`;
}

const propertyName = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

function enclosed(open: string, items: readonly string[], close: string, depth: number): string {
  const space = open === "{" ? " " : "";
  const line = `${open}${space}${items.join(", ")}${space}${close}`;
  const limit = depth === 0 ? INPUT_CHARACTERS : LINE_CHARACTERS - depth * 2;
  // Several inputs are shown one a line.
  if (!line.includes("\n") && line.length <= limit && (depth > 0 || items.length < 2)) return line;
  const indent = "  ".repeat(depth + 1);
  return `${open}\n${items.map((item) => `${indent}${item},\n`).join("")}${"  ".repeat(depth)}${close}`;
}

import type { Registration } from "./pulumi-mocks";

/** A statement of a policy document. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document with where it stands, for messages. */
export interface PlacedDocument {
  readonly where: string;
  /** Type of the resource. */
  readonly type: string;
  readonly property: string;
  readonly text: string;
}

/** A statement with where it stands. */
export interface PlacedStatement {
  readonly where: string;
  readonly type: string;
  readonly statement: Statement;
}

export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** Every text among the inputs that is a policy document, whatever the property is called. */
export function documentsOf(program: string, resources: readonly Registration[]): readonly PlacedDocument[] {
  return resources.flatMap(({ type, name, inputs }) =>
    textsIn(inputs).flatMap(([property, text]) =>
      text.startsWith("{") && text.includes('"Statement"')
        ? [{ where: `${program}: ${type} "${name}", ${property}`, type, property, text }]
        : [],
    ),
  );
}

/** The statements of a document. */
export function statementsOf({ where, type, text }: PlacedDocument): readonly PlacedStatement[] {
  const { Statement: statements } = JSON.parse(text) as { readonly Statement: readonly Statement[] };
  return statements.map((statement) => ({
    where: `${where}, ${statement.Sid ?? "without Sid"}`,
    type,
    statement,
  }));
}

/** The texts of a value, each with its path. */
export function textsIn(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsIn(inner, path === "" ? key : `${path}.${key}`),
  );
}

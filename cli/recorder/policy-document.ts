/**
 * `aws.iam.getPolicyDocument` as the provider answers it: it needs no cloud.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */

type Document = Readonly<Record<string, unknown>>;

/** The document as JSON text, with the arguments of the function beside it as the provider returns them. */
export function policyDocument(inputs: Document): Document {
  const version = text(inputs["version"]) ?? "2012-10-17";
  const sources = texts(inputs["sourcePolicyDocuments"]).map(parsed);
  const overrides = texts(inputs["overridePolicyDocuments"]).map(parsed);
  const statements = objects(inputs["statements"]).map(statementOf);
  const merged = overrides.reduce<readonly Document[]>(
    (current, override) => overridden(current, statementsOf(override)),
    // A statement of the function's own takes the place of one with the same id.
    overridden(sources.flatMap(statementsOf), statements),
  );
  const id = text(inputs["policyId"]);
  const document = { Version: version, ...(id === undefined ? {} : { Id: id }), Statement: merged };
  return {
    ...inputs,
    id: "0",
    json: JSON.stringify(document, null, 2),
    minifiedJson: JSON.stringify(document),
    version,
  };
}

function statementOf(statement: Document): Document {
  const sid = text(statement["sid"]);
  const fields: readonly (readonly [string, unknown])[] = [
    ["Sid", sid === "" ? undefined : sid],
    ["Effect", text(statement["effect"]) ?? "Allow"],
    ["Action", oneOrMany(texts(statement["actions"]))],
    ["NotAction", oneOrMany(texts(statement["notActions"]))],
    ["Resource", oneOrMany(texts(statement["resources"]))],
    ["NotResource", oneOrMany(texts(statement["notResources"]))],
    ["Principal", principals(objects(statement["principals"]))],
    ["NotPrincipal", principals(objects(statement["notPrincipals"]))],
    ["Condition", conditions(objects(statement["conditions"]))],
  ];
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function principals(blocks: readonly Document[]): unknown {
  if (blocks.length === 0) return undefined;
  const byType = new Map<string, string[]>();
  for (const block of blocks) {
    const type = text(block["type"]) ?? "";
    const identifiers = texts(block["identifiers"]);
    if (type === "*" && identifiers.every((identifier) => identifier === "*")) return "*";
    byType.set(type, [...(byType.get(type) ?? []), ...identifiers]);
  }
  return Object.fromEntries([...byType].map(([type, identifiers]) => [type, oneOrMany(identifiers)]));
}

function conditions(blocks: readonly Document[]): unknown {
  if (blocks.length === 0) return undefined;
  const byTest = new Map<string, Map<string, string[]>>();
  for (const block of blocks) {
    const test = text(block["test"]) ?? "";
    const variable = text(block["variable"]) ?? "";
    const variables = byTest.get(test) ?? new Map<string, string[]>();
    byTest.set(
      test,
      variables.set(variable, [...(variables.get(variable) ?? []), ...texts(block["values"])]),
    );
  }
  return Object.fromEntries(
    [...byTest].map(([test, variables]) => [
      test,
      Object.fromEntries([...variables].map(([variable, values]) => [variable, oneOrMany(values)])),
    ]),
  );
}

/** Statements with an id replace those of the same id; all others are added. */
function overridden(current: readonly Document[], later: readonly Document[]): readonly Document[] {
  const ids = new Set(later.flatMap((statement) => text(statement["Sid"]) ?? []));
  return [...current.filter((statement) => !ids.has(text(statement["Sid"]) ?? "")), ...later];
}

/** @throws SyntaxError for a text that is no document, as the provider does. */
function parsed(document: string): Document {
  const value: unknown = JSON.parse(document);
  if (!isObject(value)) throw new SyntaxError("A source policy document is not a JSON object.");
  return value;
}

function statementsOf(document: Document): readonly Document[] {
  const { Statement: statements } = document;
  return isObject(statements) ? [statements] : objects(statements);
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const objects = (value: unknown): readonly Document[] => (Array.isArray(value) ? value.filter(isObject) : []);
const isObject = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function oneOrMany(values: readonly string[]): string | readonly string[] | undefined {
  if (values.length === 0) return undefined;
  const [only, ...others] = values;
  return others.length === 0 ? only : values;
}

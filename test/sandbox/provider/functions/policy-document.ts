import { createHash } from "node:crypto";

import { listOf, objectOf, textOf, textsOf, type JsonObject } from "../../json";
import { type Session } from "../session";
import { type Properties } from "../values";

/**
 * `aws.iam.getPolicyDocument`: builds the document as the provider does, without AWS. Statements of source documents come
 * first and overriding documents replace statements with the same `Sid`.
 */
export function policyDocument(_session: Session, args: Properties): Promise<Properties> {
  const sources = textsOf(args["sourcePolicyDocuments"]).flatMap(statementsOf);
  const overrides = textsOf(args["overridePolicyDocuments"]).flatMap(statementsOf);
  const own = listOf(args["statements"]).map((statement) => statementOf(objectOf(statement)));
  const document = {
    Version: textOf(args["version"]) || "2012-10-17",
    ...(args["policyId"] === undefined ? {} : { Id: args["policyId"] }),
    Statement: overridden([...sources, ...own], overrides),
  };
  const json = JSON.stringify(document, null, 2);
  const id = createHash("sha256").update(json).digest("hex").slice(0, 10);
  return Promise.resolve({ ...args, id, json, minifiedJson: JSON.stringify(document) });
}

function statementsOf(text: string): readonly JsonObject[] {
  const document: unknown = JSON.parse(text);
  const statement = objectOf(document)["Statement"];
  return (Array.isArray(statement) ? statement : [statement]).map(objectOf);
}

function overridden(
  statements: readonly JsonObject[],
  overrides: readonly JsonObject[],
): readonly JsonObject[] {
  const isSameStatement = (left: JsonObject, right: JsonObject): boolean =>
    left["Sid"] !== undefined && left["Sid"] === right["Sid"];
  const replaced = statements.map(
    (statement) => overrides.find((other) => isSameStatement(statement, other)) ?? statement,
  );
  return [
    ...replaced,
    ...overrides.filter((other) => !statements.some((statement) => isSameStatement(statement, other))),
  ];
}

function statementOf(statement: JsonObject): JsonObject {
  const members: readonly (readonly [string, unknown])[] = [
    ["Sid", textOf(statement["sid"]) || undefined],
    ["Effect", textOf(statement["effect"]) || "Allow"],
    ["Action", oneOrSorted(statement["actions"])],
    ["NotAction", oneOrSorted(statement["notActions"])],
    ["Resource", oneOrSorted(statement["resources"])],
    ["NotResource", oneOrSorted(statement["notResources"])],
    ["Principal", principals(statement["principals"])],
    ["NotPrincipal", principals(statement["notPrincipals"])],
    ["Condition", conditions(statement["conditions"])],
  ];
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function oneOrSorted(value: unknown): unknown {
  const texts = textsOf(value);
  return texts.length <= 1 ? texts[0] : [...texts].sort();
}

function principals(value: unknown): unknown {
  const blocks = listOf(value).map(objectOf);
  if (blocks.length === 0) return undefined;
  if (blocks.length === 1 && blocks[0]?.["type"] === "*") return "*";
  const types = [...new Set(blocks.map((block) => textOf(block["type"])))];
  return Object.fromEntries(
    types.map((type) => [
      type,
      oneOrSorted(
        blocks.filter((block) => block["type"] === type).flatMap((block) => textsOf(block["identifiers"])),
      ),
    ]),
  );
}

function conditions(value: unknown): unknown {
  const blocks = listOf(value).map(objectOf);
  if (blocks.length === 0) return undefined;
  const tests = [...new Set(blocks.map((block) => textOf(block["test"])))];
  return Object.fromEntries(
    tests.map((test) => [
      test,
      Object.fromEntries(
        blocks
          .filter((block) => block["test"] === test)
          .map((block) => [textOf(block["variable"]), oneOrMany(block["values"])]),
      ),
    ]),
  );
}

// The order of the values of a condition is kept.
function oneOrMany(value: unknown): unknown {
  const texts = textsOf(value);
  return texts.length === 1 ? texts[0] : texts;
}

import { all, any, compliant, notApplicable, undecided, violation } from "./outcome";
import type { Outcome, Reason } from "./outcome";
import { textsOf } from "./reader";
import type { Items, Known, Reader } from "./reader";
import { UNKNOWN, fromJson, isList, isProperties, isUnknown, reveal } from "./values";
import type { Properties, Unknown, Value } from "./values";
import { matchesWildcard, patternsOverlap } from "./wildcard";

/**
 * Policy documents of IAM, S3, SQS, SNS, KMS and others, however they are written: text or object, one statement or a
 * list, scalar or list in every element.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

/** True, false, or not known yet. */
export type Ternary = boolean | "unknown";

/** A principal: its kind (`AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for everybody) and its name. */
export interface Principal {
  readonly kind: string;
  readonly name: string;
}

/** One condition of a statement; all conditions must hold. */
export interface DocumentCondition {
  /** As written, e.g. `StringEquals` or `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** In lower case: AWS ignores the case of condition keys. */
  readonly key: string;
  readonly values: Items<string>;
}

export interface Statement {
  readonly index: number;
  readonly effect: "Allow" | "Deny" | "unknown";
  readonly principals: Items<Principal>;
  readonly notPrincipals: Items<Principal>;
  readonly actions: Items<string>;
  readonly notActions: Items<string>;
  readonly resources: Items<string>;
  readonly notResources: Items<string>;
  readonly conditions: Items<DocumentCondition>;
}

/** A parsed document; `invalid` when it is neither JSON nor a policy. */
export type PolicyDocument =
  | { readonly kind: "known"; readonly statements: Items<Statement> }
  | { readonly kind: "unknown" | "absent" | "invalid" };

/** Parses what a property holds. */
export function parseDocument(value: Known | Unknown | undefined): PolicyDocument {
  if (value === undefined || value === "" || value === null) return { kind: "absent" };
  if (isUnknown(value)) return { kind: "unknown" };
  const document = fromJson(value);
  if (!isProperties(document)) return { kind: "invalid" };
  const statement = element(document, "Statement");
  if (statement === undefined) return { kind: "invalid" };
  const inner = reveal(statement);
  if (isUnknown(inner)) return { kind: "unknown" };
  const listed = (isList(inner) ? inner : [inner]).map(reveal);
  const known = listed.filter(isProperties);
  return {
    kind: "known",
    statements: { items: known.map(parseStatement), complete: known.length === listed.length },
  };
}

/** Elements of a document are matched without case: programs write `Statement` and `statement`. */
function element(document: Properties, name: string): Value | undefined {
  if (Object.hasOwn(document, name)) return document[name];
  const found = Object.keys(document).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : document[found];
}

function parseStatement(statement: Properties, index: number): Statement {
  const effect = reveal(element(statement, "Effect") ?? null);
  const texts = (name: string): Items<string> => textsOf(element(statement, name));
  return {
    index,
    effect: isUnknown(effect) ? "unknown" : effect === "Deny" ? "Deny" : "Allow",
    principals: parsePrincipals(element(statement, "Principal")),
    notPrincipals: parsePrincipals(element(statement, "NotPrincipal")),
    actions: texts("Action"),
    notActions: texts("NotAction"),
    resources: texts("Resource"),
    notResources: texts("NotResource"),
    conditions: parseConditions(element(statement, "Condition")),
  };
}

function parsePrincipals(value: Value | undefined): Items<Principal> {
  if (value === undefined) return { items: [], complete: true };
  const inner = reveal(value);
  if (isUnknown(inner)) return { items: [], complete: false };
  if (!isProperties(inner)) {
    const { items, complete } = textsOf(inner);
    return { items: items.map((name) => ({ kind: name === "*" ? "*" : "AWS", name })), complete };
  }
  const parts = Object.entries(inner).map(([kind, names]) => {
    const { items, complete } = textsOf(names);
    return { items: items.map((name) => ({ kind, name })), complete };
  });
  return { items: parts.flatMap(({ items }) => items), complete: parts.every(({ complete }) => complete) };
}

function parseConditions(value: Value | undefined): Items<DocumentCondition> {
  const inner = reveal(value ?? null);
  if (isUnknown(inner)) return { items: [], complete: false };
  if (!isProperties(inner)) return { items: [], complete: true };
  const items: DocumentCondition[] = [];
  let complete = true;
  for (const [operator, keys] of Object.entries(inner)) {
    const map = reveal(keys);
    if (isUnknown(map)) complete = false;
    else if (isProperties(map)) {
      for (const [key, values] of Object.entries(map))
        items.push({ operator, key: key.toLowerCase(), values: textsOf(values) });
    }
  }
  return { items, complete };
}

/** Whether some item holds; a list with unknown items may hold one that does. */
export function someItem<T>({ items, complete }: Items<T>, holds: (item: T) => Ternary): Ternary {
  let fact: Ternary = complete ? false : "unknown";
  for (const item of items) {
    const holding = holds(item);
    if (holding === true) return true;
    if (holding === "unknown") fact = "unknown";
  }
  return fact;
}

/** Whether every item holds; one that does not decides, and those behind it are not asked. */
export const everyItem = <T>(items: Items<T>, holds: (item: T) => Ternary): Ternary =>
  negate(someItem(items, (item) => negate(holds(item))));

/** All of several facts. */
export function both(...facts: readonly Ternary[]): Ternary {
  if (facts.includes(false)) return false;
  return facts.includes("unknown") ? "unknown" : true;
}

/** One of several facts. */
export function either(...facts: readonly Ternary[]): Ternary {
  if (facts.includes(true)) return true;
  return facts.includes("unknown") ? "unknown" : false;
}

/** The opposite of a fact. */
export const negate = (fact: Ternary): Ternary => (fact === "unknown" ? "unknown" : !fact);

/** Whether a statement has an effect. */
export const hasEffect = (statement: Statement, effect: "Allow" | "Deny"): Ternary =>
  statement.effect === "unknown" ? "unknown" : statement.effect === effect;

/** Whether a statement speaks of an action, by `Action` or by `NotAction`; action names have no case. */
export function coversAction(statement: Statement, action: string): Ternary {
  const wanted = action.toLowerCase();
  const covers = (pattern: string): boolean => matchesWildcard(pattern.toLowerCase(), wanted);
  if (statement.notActions.items.length > 0 || !statement.notActions.complete) {
    return negate(someItem(statement.notActions, covers));
  }
  return someItem(statement.actions, covers);
}

/** Whether a statement speaks of some action that a pattern stands for, e.g. of any `s3:get*`. */
export function coversSomeAction(statement: Statement, pattern: string): Ternary {
  const wanted = pattern.toLowerCase();
  if (statement.notActions.items.length > 0 || !statement.notActions.complete) {
    return negate(someItem(statement.notActions, (other) => matchesWildcard(other.toLowerCase(), wanted)));
  }
  return someItem(statement.actions, (action) => patternsOverlap(action.toLowerCase(), wanted));
}

/** Whether the principal is everybody: `"*"`, `{"AWS": "*"}`, or an allowance for all but some. */
export function namesEverybody(statement: Statement): Ternary {
  if (statement.notPrincipals.items.length > 0 || !statement.notPrincipals.complete) {
    return hasEffect(statement, "Allow");
  }
  return someItem(statement.principals, ({ kind, name }) => name === "*" && (kind === "*" || kind === "AWS"));
}

/** The document at a path of a resource. */
export function documentAt<T>(reader: Reader<T>, path: string): PolicyDocument {
  const read = reader.at(path);
  return parseDocument(read.kind === "known" ? read.value : read.kind === "unknown" ? UNKNOWN : undefined);
}

/** The answer to a document that is no policy: AWS refuses it, so that there is nothing that AWS Config could judge. */
export const noDocument = (
  { property, holder, key }: Pick<Reason, "property" | "holder" | "key">,
  what = `"${property ?? "policy"}"`,
): Outcome =>
  undecided({
    property,
    holder,
    key,
    found: `${what} is not a policy document in JSON`,
    fix: "write a JSON object with a Statement",
    refused: true,
  });

/**
 * No statement of the document may be one that `forbidden` finds. A statement that is not known yet leaves it
 * undecided; a document that is absent does not apply.
 */
export function noStatement<T>(
  reader: Reader<T>,
  path: string,
  forbidden: (statement: Statement) => Ternary,
  reason: { readonly found: string; readonly fix: string },
): Outcome {
  const named: Reason = { ...reader.place(path), ...reason };
  const document = documentAt(reader, path);
  switch (document.kind) {
    case "absent":
      return notApplicable();
    case "unknown":
      return undecided({ ...named, found: `"${reader.name(path)}" is not known yet` });
    case "invalid":
      return noDocument(named);
    case "known": {
      const outcomes = document.statements.items.map((statement): Outcome => {
        const property = `${reader.name(path)}.Statement[${statement.index}]`;
        const fact = forbidden(statement);
        if (fact === false) return compliant();
        return fact === true
          ? violation({ ...named, property })
          : undecided({ ...named, property, found: `a part of "${property}" is not known yet` });
      });
      const rest = document.statements.complete
        ? compliant()
        : undecided({ ...named, found: `a statement of "${reader.name(path)}" is not known yet` });
      return all(...outcomes, rest);
    }
  }
}

/** Some statement of the document must be one that `wanted` finds; a document that is absent is a violation. */
export function someStatement<T>(
  reader: Reader<T>,
  path: string,
  wanted: (statement: Statement) => Ternary,
  reason: { readonly found: string; readonly fix: string },
): Outcome {
  const named: Reason = { ...reader.place(path), ...reason };
  const document = documentAt(reader, path);
  switch (document.kind) {
    case "absent":
      return violation(named);
    case "unknown":
      return undecided({ ...named, found: `"${reader.name(path)}" is not known yet` });
    case "invalid":
      return noDocument(named);
    case "known": {
      const facts = document.statements.items.map(wanted);
      const unknown = undecided({ ...named, found: `a part of "${reader.name(path)}" is not known yet` });
      return any(
        ...facts.map((fact) => (fact === true ? compliant() : fact === false ? violation(named) : unknown)),
        document.statements.complete ? violation(named) : unknown,
      );
    }
  }
}

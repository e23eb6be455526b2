import { isObject, listOf, objectOf, type JsonObject } from "../json";

/** One statement of a policy document, lists made of what may be single values. */
export interface Statement {
  readonly effect: string;
  readonly statement: JsonObject;
}

/** What is asked of a policy: may this principal do this? */
export interface PolicyRequest {
  /** A service such as `config.amazonaws.com`, or a role's ARN. */
  readonly principal: { readonly service: string } | { readonly arn: string };
  readonly action: string;
  readonly resource: string;
  /** It is enough that the action is allowed on something: the resource is not known. Then nothing is denied by it. */
  readonly anyResource?: boolean;
  /** Condition keys in lower case, for example `aws:sourceaccount`. */
  readonly context: Readonly<Record<string, string>>;
}

/** The statements of a policy document; undefined when the text is no policy document. */
export function statementsOf(document: string): readonly Statement[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    return undefined;
  }
  if (!isObject(parsed)) return undefined;
  const statements = asList(parsed["Statement"]);
  if (statements.length === 0 || !statements.every(isObject)) return undefined;
  return statements.map((statement) => ({
    effect: String(objectOf(statement)["Effect"]),
    statement: objectOf(statement),
  }));
}

/**
 * What one document says to a request: an explicit denial, a permission, or nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws Error for a condition operator that is not known here: guessing would prove nothing.
 */
export function decide(document: string, request: PolicyRequest): "allow" | "deny" | "none" {
  const matching = (statementsOf(document) ?? []).filter(({ statement }) => matches(statement, request));
  if (matching.some(({ effect }) => effect === "Deny")) return "deny";
  return matching.some(({ effect }) => effect === "Allow") ? "allow" : "none";
}

function matches(statement: JsonObject, request: PolicyRequest): boolean {
  return (
    matchesPrincipal(statement, request.principal) &&
    matchesOne(statement, "Action", request.action.toLowerCase(), (pattern) => pattern.toLowerCase()) &&
    matchesResource(statement, request) &&
    Object.entries(objectOf(statement["Condition"])).every(([operator, tests]) =>
      Object.entries(objectOf(tests)).every(([key, expected]) =>
        matchesCondition(operator, request.context[key.toLowerCase()], asList(expected).map(String)),
      ),
    )
  );
}

function matchesPrincipal(statement: JsonObject, principal: PolicyRequest["principal"]): boolean {
  // Identity policies have no principal: they belong to whoever carries them.
  if (statement["Principal"] === undefined) return statement["NotPrincipal"] === undefined;
  if (statement["Principal"] === "*") return true;
  const named = objectOf(statement["Principal"]);
  if ("service" in principal) {
    return asList(named["Service"]).includes(principal.service) || asList(named["AWS"]).includes("*");
  }
  const account = principal.arn.split(":")[4] ?? "";
  const root = principal.arn.replace(/:[^:]*$/, ":root");
  return asList(named["AWS"]).some((entry) => ["*", principal.arn, account, root].includes(String(entry)));
}

function matchesResource(statement: JsonObject, { resource, anyResource = false }: PolicyRequest): boolean {
  // A denial of something does not deny everything.
  if (anyResource) return statement["Effect"] === "Allow" || asList(statement["Resource"]).includes("*");
  return matchesOne(statement, "Resource", resource, (pattern) => pattern);
}

function matchesOne(
  statement: JsonObject,
  key: "Action" | "Resource",
  value: string,
  normal: (pattern: string) => string,
): boolean {
  const fits = (patterns: unknown): boolean =>
    asList(patterns).some((entry) => glob(normal(String(entry)), value));
  if (statement[key] !== undefined) return fits(statement[key]);
  const negated = statement[`Not${key}`];
  // A trust policy has no resource: it belongs to its role.
  if (negated === undefined) return key === "Resource";
  return !fits(negated);
}

function matchesCondition(
  operator: string,
  actual: string | undefined,
  expected: readonly string[],
): boolean {
  // A key has one value here, so that any of its values and all of them are the same.
  if (operator.startsWith("ForAllValues:") && actual === undefined) return true;
  if (operator.startsWith("ForAnyValue:") && actual === undefined) return false;
  const ifExists = operator.endsWith("IfExists");
  const name = operator.replace(/^For(All|Any)Values?:/, "").replace(/IfExists$/, "");
  if (name === "Null") return expected.includes(String(actual === undefined));
  if (actual === undefined) return ifExists || name.includes("Not");
  const same = (entry: string): boolean => entry === actual;
  const like = (entry: string): boolean => glob(entry, actual);
  switch (name) {
    case "StringEquals":
      return expected.some(same);
    case "StringNotEquals":
      return !expected.some(same);
    case "Bool":
      return expected.some((entry) => entry.toLowerCase() === actual.toLowerCase());
    case "StringLike":
    case "ArnLike":
    case "ArnEquals":
      return expected.some(like);
    case "StringNotLike":
    case "ArnNotLike":
    case "ArnNotEquals":
      return !expected.some(like);
    case "NumericLessThan":
      return expected.some((entry) => Number(actual) < Number(entry));
    case "NumericGreaterThanEquals":
      return expected.some((entry) => Number(actual) >= Number(entry));
    default:
      throw new Error(`The local AWS cannot judge the condition operator "${operator}".`);
  }
}

/** Whether the text fits a pattern with `*` and `?`. */
function glob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

/** A list, or a list of the one value; nothing gives an empty list. */
export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? listOf(value) : [value];
}

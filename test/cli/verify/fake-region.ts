import { guardPolicyOf } from "../../../rules/guard/policies";
import { Refusal } from "./refusal";

/** What an account has in one region, and what calls say of it. */

export type Json = Readonly<Record<string, unknown>>;

/** A resource that violates a rule. */
export interface FakeViolation {
  readonly type: string;
  readonly id: string;
  readonly annotation?: string;
  readonly mode?: "DETECTIVE" | "PROACTIVE";
}

/** A deployed rule; times in milliseconds since 1970. */
export interface FakeRule {
  name: string;
  owner: string;
  identifier: string;
  parameters?: string;
  /** The text of a policy in Guard; absent: the shipped one. */
  policy?: string;
  scope?: readonly string[];
  scopeId?: string;
  scopeTag?: string;
  modes?: readonly string[];
  frequency?: string;
  events?: readonly { readonly MessageType: string; readonly MaximumExecutionFrequency?: string }[];
  state: string;
  activated: number;
  evaluated?: number;
  evaluationFailed?: number;
  invocationFailed?: number;
  error?: readonly [string, string];
  compliance: string;
  violations: readonly FakeViolation[];
  /** How long an evaluation takes after its start; absent: it never reports. */
  takes?: number | undefined;
  /** When the evaluation that is under way ends. */
  due?: number;
}

export interface FakeRecorder {
  recording: boolean;
  started: number;
  status: string;
  error?: readonly [string, string];
  group: Readonly<Record<string, unknown>>;
  servicePrincipal?: string;
}

/** AWS Config in one region. */
export interface FakeRegion {
  readonly rules: Map<string, FakeRule>;
  recorders: FakeRecorder[];
  readonly counts: Map<string, number>;
  readonly names: Map<string, string>;
  lastStart?: number;
  /** How often a start is refused because something else runs. */
  busy: string[];
}

export const RULES_A_PAGE = 25;

export const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** https://docs.aws.amazon.com/config/latest/APIReference/API_GetCustomRulePolicy.html */
export function policyOf(region: FakeRegion, body: Json): object {
  const rule = region.rules.get(String(body["ConfigRuleName"]));
  if (rule?.owner !== "CUSTOM_POLICY") {
    throw new Refusal("NoSuchConfigRuleException", "The AWS Config rule in the request is not valid.");
  }
  return { PolicyText: rule.policy ?? guardPolicyOf(rule.name) };
}

/** The rules that a call names, as many as AWS lets it. */
export function namedRules(region: FakeRegion, body: Json): readonly FakeRule[] {
  const names = texts(body["ConfigRuleNames"]);
  if (names.length === 0 || names.length > RULES_A_PAGE) {
    throw new Refusal("ValidationException", `${names.length} rules are named, 1 to 25 are allowed.`);
  }
  return names.map((name) => {
    const rule = region.rules.get(name);
    if (rule === undefined) throw new Refusal("NoSuchConfigRuleException", `There is no rule "${name}".`);
    return rule;
  });
}

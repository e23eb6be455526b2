import { regionalRules } from "../../rules";
import type { Selection } from "../../rules";
import { isFunctionOf } from "../../rules/custom/rule-source";
import { policyPath } from "../../rules/guard";
import { guardPolicyOf } from "../../rules/guard/policies";
import { quoted } from "./wording";
import type { ConfigApi, DeclaredRule, DeployedRule } from "./types";

/** The rules that a selection declares for a region, disabled ones included: they are deployed all the same. */
export function declaredRules(
  selection: Selection,
  region: string,
  homeRegion: string,
): readonly DeclaredRule[] {
  const controls = new Map(selection.controls.map((control) => [control.id, control]));
  return regionalRules(selection, region, homeRegion).flatMap((declared) => {
    const control = controls.get(declared.identifier);
    if (control === undefined) return [];
    const { rule, level } = control;
    const isPeriodic = rule.triggerTypes.includes("Periodic");
    const isOnlyOnChange = rule.triggerTypes.includes("ConfigurationChange") && !isPeriodic;
    return [{ ...declared, severity: rule.severity, level, isPeriodic, isOnlyOnChange }];
  });
}

/** Why rules are not deployed as declared, by their names; what is deployed as declared is missing. */
export async function deviations(
  declared: readonly DeclaredRule[],
  deployed: ReadonlyMap<string, DeployedRule>,
  api: Pick<ConfigApi, "policy">,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const rule of declared) {
    const reason = deviation(rule, deployed.get(rule.name)) ?? (await otherPolicy(rule, api));
    if (reason !== undefined) found.set(rule.name, reason);
  }
  return found;
}

/** Why the text of a policy in Guard, which the description of a rule leaves out, is not the one that is declared. */
async function otherPolicy(
  { name, owner }: DeclaredRule,
  api: Pick<ConfigApi, "policy">,
): Promise<string | undefined> {
  const text = owner === "CUSTOM_POLICY" ? guardPolicyOf(name) : undefined;
  if (text === undefined || sameText(await api.policy(name), text)) return undefined;
  return `its policy in Guard is not the text of ${quoted(policyPath(name))}; deploy the rule again ("pulumi up --refresh"), or take the change over into that file`;
}

/** How lines end says nothing, and what is kept may have lost the last end. */
const sameText = (one: string, other: string): boolean => lines(one) === lines(other);
const lines = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();

/** Why a deployed rule is not the one that is declared; `undefined` when it is. */
function deviation(declared: DeclaredRule, deployed: DeployedRule | undefined): string | undefined {
  if (deployed === undefined) return "no rule of this name is deployed";
  const { state } = deployed;
  if (state === "DELETING" || state === "DELETING_RESULTS") return "it is being deleted";
  if (!isOf(declared, deployed)) {
    const { owner = "unknown", identifier = "without identifier" } = deployed;
    return `the rule of this name is another one (${owner} ${identifier})`;
  }
  const different = differences(declared.parameters, parametersOf(deployed.parameters));
  if (different.length > 0)
    return `it is deployed with other parameters than declared: ${different.map(quoted).join(", ")}`;
  return blindness(declared, deployed);
}

/** AWS's own rules have identifiers, and those with a function its ARN; a policy in Guard has neither. */
function isOf({ name, owner, identifier }: DeclaredRule, deployed: DeployedRule): boolean {
  if (deployed.owner !== owner) return false;
  if (owner === "CUSTOM_POLICY") return true;
  if (owner === "AWS") return deployed.identifier === identifier;
  return isFunctionOf(name, deployed.identifier);
}

/** What a deployed rule never looks at although it is declared to, so that "compliant" would mean nothing there. */
function blindness(declared: DeclaredRule, deployed: DeployedRule): string | undefined {
  const { scopeTypes, scopeLimit, modes, frequency } = deployed;
  if (modes.length > 0 && !modes.includes("DETECTIVE")) return "it only evaluates what is planned";
  if (scopeLimit !== undefined) return `its scope is narrower than declared: it only sees ${scopeLimit}`;
  const unseen = declared.resourceTypes.filter((type) => !scopeTypes.includes(type));
  if (scopeTypes.length > 0 && unseen.length > 0)
    return `its scope is narrower than declared: it does not see ${unseen.join(", ")}`;
  if (declared.frequency !== undefined && frequency !== declared.frequency)
    return `it runs every ${frequency ?? "TwentyFour_Hours"}, declared is ${declared.frequency}`;
  return undefined;
}

function parametersOf(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The names of parameters whose values differ; values are not shown. */
function differences(
  declared: Readonly<Record<string, string>>,
  deployed: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = new Set([...Object.keys(declared), ...Object.keys(deployed)]);
  return [...names].filter((name) => (declared[name] ?? "") !== textOf(deployed[name] ?? "")).sort();
}

/** AWS Config keeps numbers and booleans as text, but takes them as they are. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The account in a rule's ARN. */
export const accountOf = (arn: string | undefined): string | undefined =>
  /^arn:[^:]+:config:[^:]*:(\d{12}):/.exec(arn ?? "")?.[1];

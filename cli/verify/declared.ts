import { regionalRules } from "../../rules";
import type { Selection } from "../../rules";
import { quoted } from "./wording";
import type { DeclaredRule, DeployedRule } from "./types";

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

/** Why a deployed rule is not the one that is declared; `undefined` when it is. */
export function deviation(declared: DeclaredRule, deployed: DeployedRule | undefined): string | undefined {
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

/** AWS's own rules have identifiers, and those with a function its ARN. The text of a policy in Guard is not compared. */
function isOf({ name, owner, identifier }: DeclaredRule, deployed: DeployedRule): boolean {
  if (deployed.owner !== owner) return false;
  if (owner === "CUSTOM_POLICY") return true;
  if (owner === "AWS") return deployed.identifier === identifier;
  const called =
    /^arn:[^:]+:lambda:[^:]+:\d{12}:function:([\w-]+)$/.exec(deployed.identifier ?? "")?.[1] ?? "";
  return called.endsWith(`-${name}`) || SHORTENED.test(called);
}

/** The name of a function that would be too long with project, stack and control ends in a digest of all three. */
const SHORTENED = /^(?=.{64}$).*-[0-9a-f]{8}$/;

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

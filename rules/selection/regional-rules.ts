import { control as asDeclared, EVERY_RULE } from "../custom/config-rules-as-declared";
import { findRule } from "../registry";
import type { RuleOwner } from "../registry";
import { configRules } from "./config-rules";
import type { ConfigRule } from "./config-rules";
import type { Selection } from "./types";

/** Rules about the account as a whole that would say the same in every region. */
const ACCOUNT_WIDE: readonly string[] = [
  "ACCOUNT_PART_OF_ORGANIZATIONS",
  "SECURITY_ACCOUNT_INFORMATION_PROVIDED",
];
/** The one IAM rule whose subject, an analyzer, belongs to a region. */
const REGIONAL_IAM: readonly string[] = ["IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED"];

/**
 * The rules of a selection for one region: those that exist there, and the ones about IAM and the account only in the
 * home region, where the global types are recorded. Elsewhere they would be billed again and say nothing new.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export function regionalRules(
  selection: Selection,
  region: string,
  homeRegion: string,
): readonly ConfigRule[] {
  const here = configRules(selection, region);
  if (region === homeRegion) return withDeclared(here);
  const atHome = new Set(configRules(selection, homeRegion).map(({ identifier }) => identifier));
  return withDeclared(here.filter(({ identifier }) => !(isGlobalRule(identifier) && atHome.has(identifier))));
}

/** Parameters hold 1,024 characters as JSON; this leaves room for the others. */
const MOST_NAMES = 900;

/** Tells the rule that compares the deployed rules with the declared ones which these are, unless the selection does. */
function withDeclared(rules: readonly ConfigRule[]): readonly ConfigRule[] {
  return rules.map((rule) => {
    const { name, parameters } = rule;
    const { expectedRules = EVERY_RULE, ruleCount } = parameters;
    if (name !== asDeclared.name || expectedRules !== EVERY_RULE || ruleCount !== undefined) return rule;
    return { ...rule, parameters: { ...parameters, ...declared(rules) } };
  });
}

/**
 * Every name and whose code it is, where there is room; else what the names begin with, and how many there are. Where a
 * selection names very many controls of our own, it is not said whose code is whose.
 */
function declared(rules: readonly ConfigRule[]): Readonly<Record<string, string>> {
  const names = rules.map(({ name }) => name);
  const beginnings = [...new Set(names.map((name) => name.replace(/-.*$/, "-*")))];
  const of = (wanted: RuleOwner): readonly string[] =>
    rules.filter(({ owner }) => owner === wanted).map(({ name }) => name);
  const sources = { functionRules: of("CUSTOM_LAMBDA"), guardRules: of("CUSTOM_POLICY") };
  const [given = {}] = [
    { expectedRules: names, ...sources },
    { expectedRules: beginnings, ...sources },
    { expectedRules: names },
    { expectedRules: beginnings },
  ]
    .map(texts)
    .filter((parameters) => Object.values(parameters).join("").length <= MOST_NAMES);
  return { ...given, ruleCount: String(rules.length) };
}

/** Lists as AWS Config takes them; an empty one is none. */
const texts = (lists: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(lists).flatMap(([name, each]) => (each.length === 0 ? [] : [[name, each.join(",")]])),
  );

/** Whether a rule speaks of IAM or of the account, so that one region is enough. */
export function isGlobalRule(identifier: string): boolean {
  if (ACCOUNT_WIDE.includes(identifier)) return true;
  return findRule(identifier)?.service === "iam" && !REGIONAL_IAM.includes(identifier);
}

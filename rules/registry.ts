import { findManagedRule, managedRules, managedRuleUrl, requirementsOfManaged } from "./catalog";
import type { ManagedRule, RuleParameter } from "./catalog";
import { idOf } from "./custom/control";
import { customControls } from "./custom/registered";
import type { RegisteredControl } from "./custom/register";
import { compare } from "./engine";
import type { Policy } from "./engine";
import { guardControls } from "./guard";
import type { GuardControl } from "./guard";

/** Every rule that AWS Config can evaluate for us: AWS's own, this project's custom ones, and those of packages. */

/** A rule as the catalogue describes it; a custom one is a Lambda function or a policy in Guard of ours. */
export interface Rule extends Omit<ManagedRule, "identifier" | "status"> {
  readonly identifier: string;
  readonly status: ManagedRule["status"] | "custom";
}

/** A custom control with its rule, and where it comes from, for messages. */
interface Entry extends RegisteredControl {
  readonly rule: Rule;
  readonly source: string;
}

const customByKey = new Map<string, Entry>();
let sorted: readonly Rule[] | undefined;

const ruleOf = (
  control: Pick<
    RegisteredControl["control"],
    "name" | "severity" | "triggerTypes" | "resourceTypes" | "parameters"
  >,
): Rule => ({
  identifier: idOf(control),
  name: control.name,
  service: control.name.slice(0, control.name.indexOf("-")),
  status: "custom",
  severity: control.severity,
  triggerTypes: control.triggerTypes,
  resourceTypes: control.resourceTypes,
  parameters: Object.entries(control.parameters).map(
    ([name, { type, default: value, optional = false }]): RuleParameter => ({
      name,
      type,
      ...(value === undefined ? {} : { default: value }),
      optional: optional || value !== undefined,
    }),
  ),
});

const guardByKey = new Map(
  guardControls.flatMap((control) => {
    const rule = ruleOf({ ...control, triggerTypes: ["ConfigurationChange"], parameters: {} });
    const entry = { rule, control };
    return [
      [rule.identifier, entry],
      [rule.name, entry],
    ] as const;
  }),
);

/** This project, as the source of its own controls. */
const OWN = "this project";

const entriesOf = (source: string, controls: readonly RegisteredControl[]): readonly Entry[] =>
  controls.map((each) => ({ ...each, rule: ruleOf(each.control), source }));

function register(entries: readonly Entry[]): void {
  for (const entry of entries) {
    customByKey.set(entry.rule.identifier, entry);
    customByKey.set(entry.rule.name, entry);
  }
  sorted = undefined;
}

// That no two have one name, the tests find out.
register(entriesOf(OWN, customControls));

/**
 * Makes the controls of a package known; all of them, or none.
 * @param source - Where they come from, for messages. What was added from there before stays as it is.
 * @returns What is wrong, as sentences that name the control: a name that is taken, and by whom.
 */
export function addControls(source: string, controls: readonly RegisteredControl[]): readonly string[] {
  if ([...customByKey.values()].some((entry) => entry.source === source)) return [];
  const entries = entriesOf(source, controls);
  const names = entries.map(({ rule }) => rule.name);
  const problems = entries.flatMap(({ rule: { name, identifier } }, index) => {
    const holder = names.indexOf(name) === index ? holderOf(name) : source;
    if (holder === undefined) return [];
    return [
      `The control "${name}" (${identifier}) of ${source} is one of ${holder} already. Rename one of them.`,
    ];
  });
  if (problems.length === 0) register(entries);
  return problems;
}

/** Who has a control of that name. */
function holderOf(name: string): string | undefined {
  if (guardByKey.has(name)) return OWN;
  return customByKey.get(name)?.source ?? (findRule(idOf({ name })) === undefined ? undefined : "AWS");
}

/** Each entry once: maps have them by identifier and by name. */
const once = <E>(byKey: ReadonlyMap<string, E>): readonly E[] => [...new Set(byKey.values())];

/** The custom controls that are known, this project's and those of packages. */
export const knownControls = (): readonly RegisteredControl["control"][] =>
  once(customByKey).map(({ control }) => control);

/** Every rule, by identifier in alphabetical order. */
export const allRules = (): readonly Rule[] =>
  (sorted ??= [
    ...managedRules(),
    ...[...once(customByKey), ...once(guardByKey)].map(({ rule }) => rule),
  ].sort(({ identifier: a }, { identifier: b }) => compare(a, b)));

/** A rule by its identifier or its name. */
export const findRule = (key: string): Rule | undefined =>
  (customByKey.get(key) ?? guardByKey.get(key))?.rule ?? findManagedRule(key);

/**
 * Where the code of a rule is: with AWS, in a Lambda function of ours, or in the rule itself as a policy in Guard.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Source.html
 */
export type RuleOwner = "AWS" | "CUSTOM_LAMBDA" | "CUSTOM_POLICY";

/** Who owns a rule, by its identifier. */
export const ownerOf = (identifier: string): RuleOwner =>
  customByKey.has(identifier) ? "CUSTOM_LAMBDA" : guardByKey.has(identifier) ? "CUSTOM_POLICY" : "AWS";

/** The declaration of a Guard control by the identifier or the name of its rule. */
export const guardControlOf = (key: string): GuardControl | undefined => guardByKey.get(key)?.control;

/** The declaration of a custom control by the identifier or the name of its rule. */
export const customControlOf = (key: string): RegisteredControl["control"] | undefined =>
  customByKey.get(key)?.control;

/**
 * What a package gives beside a control, by the identifier or the name of its rule: examples, and the folder with the
 * compiled function. For a control of this project neither: they are in `rules/cases` and `dist/rules/<name>`.
 */
export const packagedPartsOf = (key: string): Pick<RegisteredControl, "cases" | "bundle"> =>
  customByKey.get(key) ?? {};

/** Who wrote a control, by the identifier or the name of its rule: this project, or a package. */
export const sourceOf = (key: string): string => customByKey.get(key)?.source ?? OWN;

/** Whether this project wrote a control. */
export const isOwn = (key: string): boolean => sourceOf(key) === OWN;

/** What a rule of ours says of itself, by its identifier or name; AWS describes its own on its pages. */
export const declarationOf = (
  key: string,
): { readonly title: string; readonly detectOnly?: string } | undefined =>
  customControlOf(key) ?? guardControlOf(key);

/** The preventive policy of a custom rule, if there is one. */
export const customPolicyOf = (identifier: string): Policy | undefined => customByKey.get(identifier)?.policy;

/** The page on a rule: AWS's guide, or the way custom rules work. */
export function ruleUrl(rule: Rule): string {
  if (rule.status !== "custom") return managedRuleUrl(rule);
  const isGuard = ownerOf(rule.identifier) === "CUSTOM_POLICY";
  return managedRuleUrl({
    page: `evaluate-config_develop-rules_${isGuard ? "cfn-guard" : "lambda-functions"}`,
  });
}

/** The requirements that a rule answers to, as pairs of framework id and requirement number. */
export function requirementsOf(identifier: string): readonly (readonly [string, string])[] {
  const custom = customControlOf(identifier);
  if (custom === undefined) return requirementsOfManaged(identifier);
  return (custom.requirements ?? []).map((text) => {
    const colon = text.indexOf(":");
    return [text.slice(0, colon), text.slice(colon + 1)];
  });
}

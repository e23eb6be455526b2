import type { RuleParameter } from "./catalog";
import { compare } from "./engine";
import { policyOf } from "./policies";
import { allRules } from "./registry";
import type { Exemption, Level, SelectedControl, Selection } from "./selection";

/** An exemption as the configuration of one policy holds it: the policy says which control it is about. */
export type PolicyExemption = Omit<Exemption, "control">;

/** What the policy pack's configuration says of one policy. `null` means that a parameter has no value. */
export type PolicyEntry =
  | Level
  | {
      readonly enforcementLevel: Level;
      readonly [parameter: string]: string | number | boolean | null | readonly PolicyExemption[];
    };

/** The policy pack's configuration by policy, as `--policy-pack-config` reads it. */
export type PolicyConfig = Readonly<Record<string, PolicyEntry>>;

/**
 * The configuration of the policy pack for a selection: level, parameters and exemptions, policy by policy. CrossGuard
 * lays one configuration over another key by key, so every entry is complete: nothing of the pack's own default
 * selection shows through. Controls that are not selected are disabled; controls without a policy have no entry.
 * The same selection gives the same text on every day: the pack itself finds out which exemptions have ended.
 * @see https://www.pulumi.com/docs/insights/policy/policy-packs/configuration/
 */
export function policyConfig(selection: Selection): PolicyConfig {
  const selected = new Map(selection.controls.map((control) => [control.id, control]));
  const exemptions = [...selection.exemptions, ...selection.expired];
  const entries = allRules()
    .filter(({ identifier }) => policyOf(identifier) !== undefined)
    .map(({ identifier, name }): [string, PolicyEntry] => {
      const control = selected.get(identifier);
      return [name, control === undefined ? "disabled" : entryOf(control, exemptions)];
    });
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)));
}

function entryOf(control: SelectedControl, exemptions: readonly Exemption[]): PolicyEntry {
  if (control.level === "disabled") return "disabled";
  return {
    enforcementLevel: control.level,
    ...Object.fromEntries(
      control.rule.parameters.map((parameter) => [parameter.name, valueOf(parameter, control.parameters)]),
    ),
    strict: control.strict,
    exemptions: exemptions.filter((exemption) => exemption.control === control.id).map(entryOfExemption),
  };
}

function valueOf(
  { name, type }: RuleParameter,
  texts: Readonly<Record<string, string>>,
): string | number | boolean | null {
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined) return null;
  switch (type) {
    case "int":
    case "double":
      // A number that JavaScript cannot hold exactly travels as text.
      return String(Number(text)) === text ? Number(text) : text;
    case "boolean":
      return text.toLowerCase() === "true";
    case "CSV":
    case "String":
    case "StringMap":
      return text;
  }
}

/** The order of the keys is that of the documentation, whatever the order in the file was. */
export function entryOfExemption({
  resource,
  key,
  reason,
  owner,
  expires,
  ticket,
}: Exemption): PolicyExemption {
  return {
    resource,
    ...(key === undefined ? {} : { key }),
    reason,
    owner,
    expires,
    ...(ticket === undefined ? {} : { ticket }),
  };
}

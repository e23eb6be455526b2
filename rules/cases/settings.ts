import { compliantCase, undecidedCase, unknown, violatingCase } from "./build";
import type { Case, CaseResource } from "./types";

/** Cases of controls that look at one setting of one resource. */

type Inputs = Readonly<Record<string, unknown>>;

/** The values of a setting that comply and that do not, and what its absence means. */
export interface Setting {
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
  readonly absent: "complies" | "violates";
  readonly parameters?: Readonly<Record<string, string>>;
  /** Inputs that every case has. */
  readonly base?: Inputs;
}

/** Inputs with a value at a dotted path. */
function withSetting(base: Inputs, path: string, value: unknown): Inputs {
  const [head = "", ...rest] = path.split(".");
  const inner = base[head];
  const block = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  return { ...base, [head]: rest.length === 0 ? value : withSetting(block, rest.join("."), value) };
}

/** One case for each value, one without the setting, and one in which it is not known yet. */
export function settingCases(
  of: (inputs: Inputs) => CaseResource,
  path: string,
  { good, bad, absent, parameters, base = {} }: Setting,
): readonly Case[] {
  const more = parameters === undefined ? {} : { parameters };
  const says = (value: unknown): string => `has ${path} ${JSON.stringify(value)}`;
  return [
    ...good.map((value) => compliantCase(says(value), of(withSetting(base, path, value)), more)),
    ...bad.map((value) => violatingCase(says(value), of(withSetting(base, path, value)), more)),
    (absent === "complies" ? compliantCase : violatingCase)(`does not say ${path}`, of(base), more),
    undecidedCase(`does not know ${path} yet`, of(withSetting(base, path, unknown)), more),
  ];
}

import { evaluated } from "../rules/controls";
import type { EvaluatedControl } from "../rules/engine";
import { parseExemptions } from "../rules/selection/exemptions";
import { checkParameters } from "../rules/selection/parameters";
import { Problems } from "../rules/selection/problems";
import type { Exemption, Problem } from "../rules/selection/types";
import type { PreventedControl } from "./prevented";

/** What an input that is not known yet counts as. */
export type OnUnknown = "ignore" | "advisory" | "mandatory";
/** From the mildest to the strictest. */
export const ON_UNKNOWN: readonly OnUnknown[] = ["ignore", "advisory", "mandatory"];

/** The configuration of one policy, read. */
export interface Settings {
  /** `undefined` when the parameters cannot be understood; `problems` says why. */
  readonly control: EvaluatedControl | undefined;
  /** Those that hold today. */
  readonly exemptions: readonly Exemption[];
  readonly expired: readonly Exemption[];
  readonly onUnknown: OnUnknown;
  readonly problems: readonly Problem[];
}

/** The properties of a policy that are not parameters of its rule. */
const OWN_PROPERTIES = ["exemptions", "onUnknown", "strict", "enforcementLevel"] as const;

const isOwn = (name: string): boolean => OWN_PROPERTIES.some((own) => own === name);

/**
 * Reads what the engine sends as the configuration of one policy. A parameter that is `null` has no value. The engine
 * has checked it by the schema; what a schema cannot say (a day that does not exist) becomes a problem.
 * @param today - As `YYYY-MM-DD` in UTC; exemptions end by it.
 */
export function settingsOf(
  { rule }: PreventedControl,
  given: Readonly<Record<string, unknown>>,
  today: string,
): Settings {
  const problems = new Problems();
  const parameters = Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !isOwn(name) && value !== null),
  );
  const texts = checkParameters(rule, parameters, "", problems);
  const understood = problems.all.length === 0;
  const exemptions = parseExemptions(ofControl(given["exemptions"], rule.identifier), "exemptions", problems);
  const onUnknown = given["onUnknown"] ?? "advisory";
  return {
    control: understood ? evaluated(rule, texts, given["strict"] === true) : undefined,
    exemptions: exemptions.filter(({ expires }) => expires >= today),
    expired: exemptions.filter(({ expires }) => expires < today),
    onUnknown: problems.word("onUnknown", onUnknown, ON_UNKNOWN) ?? "advisory",
    problems: problems.all,
  };
}

/** In the configuration of a policy the control goes without saying. */
function ofControl(exemptions: unknown, control: string): unknown {
  if (!Array.isArray(exemptions)) return exemptions ?? undefined;
  return exemptions.map((item: unknown): unknown =>
    typeof item === "object" && item !== null ? { control, ...item } : item,
  );
}

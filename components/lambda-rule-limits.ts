import { existsSync } from "node:fs";
import { join } from "node:path";
import { assumedRole, partsOf, ruleParameterProblems } from "../rules/custom/access-parameters";
import { type CustomControl, problemsOf } from "../rules/custom/control";
import { keyProblems } from "./arns";
import {
  type CustomRuleScope,
  descriptionProblems,
  frequencyProblems,
  parameterTextProblems,
  ruleNameProblems,
  scopeProblems,
} from "./custom-rule-limits";
import { rangeProblems, regionProblems, show, tagProblems } from "./limits";
import { type Problem, under } from "./problems";
import { EXECUTION_FREQUENCIES, type ExecutionFrequency } from "./recorder-limits";
import { logRetentionProblems } from "./trail-limits";

/** The metadata of a control that a function judges: what its folder, or a package of its own, exports. */
export type LambdaControl = Pick<
  CustomControl<object>,
  "name" | "title" | "resourceTypes" | "triggerTypes" | "parameters" | "sources" | "listing"
>;

/** One rule of AWS Config on the function of a control. */
export interface LambdaRuleInstance {
  /** Name of the rule, 1 to 128 characters. @defaultValue that of the control */
  readonly name?: string | undefined;
  /** At most 256 characters. @defaultValue the title of the control */
  readonly description?: string | undefined;
  /**
   * Values by the names that the control declares, as text. Every rule takes `ExecutionRoleName` besides: the role of this
   * account that the function works with, and which must trust the function's own role. @defaultValue those of the control
   */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** How often it runs, where a schedule triggers the control. @defaultValue `TwentyFour_Hours` */
  readonly frequency?: ExecutionFrequency | undefined;
  /** Whose changes trigger it, where changes do. @defaultValue all resources of the control's types */
  readonly scope?: CustomRuleScope | undefined;
}

/** The plain values that decide what a Lambda rule consists of, and whether AWS accepts it. */
export interface LambdaRuleChoices {
  /** What is judged, when, and what the function needs to read for it. */
  readonly control: LambdaControl;
  /** Folder with `index.js`, which exports `handler`, such as `dist/rules/NAME`. */
  readonly code: string;
  /** The rules on the function; names must differ. @defaultValue one with everything at its default */
  readonly rules?: readonly LambdaRuleInstance[] | undefined;
  /** Seconds that one run may take, 60 to 900. @defaultValue 300 */
  readonly timeoutSeconds?: number | undefined;
  /** Megabytes, 128 to 10,240. @defaultValue 256 */
  readonly memoryMegabytes?: number | undefined;
  /** Days that the log is kept, out of those that CloudWatch Logs offers. @defaultValue 365 */
  readonly logRetentionDays?: number | undefined;
  /** Tags of what is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Everything that AWS, or the function when it is asked for the first time, would refuse.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function lambdaRuleProblems(
  choices: LambdaRuleChoices & { readonly region: string; readonly kmsKeyArn?: unknown },
): readonly Problem[] {
  const { control, code, rules = [{}], timeoutSeconds = 300, memoryMegabytes = 256, region } = choices;
  const problems: Problem[] = [
    ...regionProblems("recorder.region", region),
    ...problemsOf(control).map((clause) => ({ path: "control", message: `${clause}.` })),
  ];
  if (!existsSync(join(code, "index.js"))) {
    const message = `${show(code)} has no "index.js". Build the control first, or name the folder that its build made.`;
    problems.push({ path: "code", message });
  }
  if (rules.length === 0) {
    problems.push({ path: "rules", message: "No rule is given; give at least one, or leave it out." });
  }
  const names = rules.map(({ name = control.name }) => name);
  rules.forEach((rule, index) => {
    problems.push(...under(`rules[${index}]`, instanceProblems(rule, control)));
    if (names.indexOf(names[index] ?? "") !== index) {
      const message = `${show(names[index])} is the name of two rules; name one of them differently.`;
      problems.push({ path: `rules[${index}].name`, message });
    }
  });
  return [
    ...problems,
    ...rangeProblems("timeoutSeconds", timeoutSeconds, { min: 60, max: 900, unit: "seconds" }),
    ...rangeProblems("memoryMegabytes", memoryMegabytes, { min: 128, max: 10_240, unit: "megabytes" }),
    ...logRetentionProblems("logRetentionDays", choices.logRetentionDays ?? 365),
    ...keyProblems("kmsKeyArn", choices.kmsKeyArn, region, "log group"),
    ...tagProblems("tags", choices.tags ?? {}),
  ];
}

function instanceProblems(rule: LambdaRuleInstance, control: LambdaControl): readonly Problem[] {
  const { name = control.name, description = "", parameters = {}, frequency, scope } = rule;
  const clauses = [...ruleParameterProblems(control.parameters, parameters), ...namelessRole(parameters)];
  return [
    ...ruleNameProblems("name", name),
    ...descriptionProblems("description", description),
    ...clauses.map((clause) => ({ path: "parameters", message: `${clause}.` })),
    ...parameterTextProblems("parameters", parameters),
    ...frequencyProblems(
      "frequency",
      frequency,
      EXECUTION_FREQUENCIES,
      control.triggerTypes.includes("Periodic"),
    ),
    ...(scope === undefined ? [] : under("scope", scopeOfChanges(scope, control))),
  ];
}

/** The role of AWS Config itself comes with the event alone, and a service-linked one cannot be assumed. */
function namelessRole(parameters: Readonly<Record<string, string>>): readonly string[] {
  const isOn = /^\s*true\s*$/i.test(partsOf(parameters).access["AssumeRoleMode"] ?? "");
  if (!isOn || assumedRole(parameters) !== undefined) return [];
  return ['"AssumeRoleMode" is on without a role; name it in "ExecutionRoleName"'];
}

function scopeOfChanges(
  scope: CustomRuleScope,
  { resourceTypes, triggerTypes }: LambdaControl,
): readonly Problem[] {
  if (triggerTypes.includes("ConfigurationChange")) return scopeProblems(scope, resourceTypes);
  const message = "Only a schedule triggers the control, and a scope is about changes; remove it.";
  return [{ path: "", message }];
}

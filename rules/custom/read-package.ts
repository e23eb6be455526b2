import { SEVERITIES } from "../catalog";
import { describe, Problems } from "../selection/problems";
import type { Problem } from "../selection/types";
import { ALLOWED_ACTION, isAction, problemsOf } from "./control";
import { KIT_VERSION } from "./package";
import type { PackagedControl } from "./package";
import { resourceTypeProblems } from "./resource-types";

/** What a package exports, believed nothing. */

/** Controls, or everything that is wrong with them. */
export type ReadPackage =
  | { readonly controls: readonly PackagedControl[]; readonly problems: readonly [] }
  | { readonly controls?: undefined; readonly problems: readonly Problem[] };

/** Parameters have AWS's types, of which custom rules know these. */
const PARAMETER_TYPES = ["String", "int", "double", "boolean", "CSV"] as const;
const TRIGGERS = ["ConfigurationChange", "Periodic"] as const;
const DECISIONS = ["resource", "stack", "partial"] as const;

/**
 * Reads what the module of a package exports as `controls`.
 * @returns The problems name control and field: `controls[0].control.severity`.
 */
export function readPackage(exported: unknown): ReadPackage {
  const problems = new Problems();
  if (typeof exported !== "object" || exported === null || !("kit" in exported)) {
    problems.add(
      "controls",
      'The module does not export it. Write "export const controls = controlPackage([...])".',
    );
    return { problems: problems.all };
  }
  if (exported.kit !== KIT_VERSION) {
    const message = `It was compiled for version ${String(exported.kit)} of the kit, and this is version ${KIT_VERSION}.`;
    problems.add(
      "controls.kit",
      `${message} Compile the package with the kit of the version that is installed.`,
    );
    return { problems: problems.all };
  }
  const list = "controls" in exported ? exported.controls : undefined;
  const controls = problems.list("controls", list ?? {});
  if (controls.length === 0 && problems.all.length === 0)
    problems.add("controls", "It holds no control. Add one, or remove the package.");
  for (const [place, each] of controls) checkPackaged(place, each, problems);
  if (problems.all.length > 0) return { problems: problems.all };
  // All that is read of a control was checked just now.
  return { controls: list as readonly PackagedControl[], problems: [] };
}

function checkPackaged(place: string, value: unknown, problems: Problems): void {
  const before = problems.all.length;
  const parts = problems.object(place, value ?? null);
  const control = problems.object(`${place}.control`, parts.get("control") ?? null);
  if (problems.all.length > before) return;
  const name = control.get("name");
  // A control is known by its name, where it has one.
  const at = typeof name === "string" && name !== "" ? `"${name}"` : `${place}.control`;
  checkMetadata(at, control, problems);
  checkPolicy(at, parts.get("preventivePolicy"), control.get("detectOnly"), problems);
  problems.list(`${at}.cases`, parts.get("cases") ?? null);
}

function checkMetadata(at: string, control: ReadonlyMap<string, unknown>, problems: Problems): void {
  const before = problems.all.length;
  const place = (field: string): string => `${at}.${field}`;
  problems.text(place("name"), control.get("name"), "The name");
  problems.text(place("title"), control.get("title"), "The title");
  problems.word(place("severity"), control.get("severity"), SEVERITIES);
  for (const [each, type] of problems.list(place("resourceTypes"), control.get("resourceTypes") ?? null))
    problems.text(each, type, "A type of AWS Config");
  for (const [each, type] of problems.list(place("newResourceTypes"), control.get("newResourceTypes")))
    problems.text(each, type, "A type of AWS Config");
  for (const [each, action] of problems.list(place("listing"), control.get("listing") ?? null))
    checkAction(each, action, problems);
  for (const [each, trigger] of problems.list(place("triggerTypes"), control.get("triggerTypes") ?? null))
    problems.word(each, trigger, TRIGGERS);
  for (const [parameter, declared] of problems.object(
    place("parameters"),
    control.get("parameters") ?? null,
  )) {
    const fields = problems.object(`${place("parameters")}.${parameter}`, declared ?? null);
    problems.word(`${place("parameters")}.${parameter}.type`, fields.get("type"), PARAMETER_TYPES);
  }
  for (const [fact, source] of problems.object(place("sources"), control.get("sources") ?? null)) {
    const fields = problems.object(`${place("sources")}.${fact}`, source ?? null);
    problems.word(`${place("sources")}.${fact}.from`, fields.get("from"), ["item", "read"]);
    if (fields.get("from") === "read")
      checkAction(`${place("sources")}.${fact}.action`, fields.get("action"), problems);
  }
  if (problems.all.length > before) return;
  // The fields have the types of a control, so that the rest can be asked.
  const checked = Object.fromEntries(control) as unknown as PackagedControl["control"];
  for (const clause of problemsOf(checked)) problems.add(at, `${clause}.`);
  if (problems.all.length > before) return;
  for (const [field, message] of resourceTypeProblems(checked)) problems.add(place(field), message);
}

function checkAction(place: string, action: unknown, problems: Problems): void {
  const before = problems.all.length;
  problems.text(place, action, "An IAM action");
  if (problems.all.length > before || isAction(String(action))) return;
  problems.add(place, `${describe(action)} is no IAM action. Write ${ALLOWED_ACTION}.`);
}

function checkPolicy(at: string, policy: unknown, detectOnly: unknown, problems: Problems): void {
  if (policy === undefined) {
    problems.text(`${at}.detectOnly`, detectOnly, "A policy, or the reason why there is none,");
    return;
  }
  const place = `${at}.preventivePolicy`;
  const fields = problems.object(place, policy ?? null);
  problems.text(`${place}.title`, fields.get("title"), "The title");
  problems.word(`${place}.decision`, fields.get("decision"), DECISIONS);
  for (const table of ["checks", "early"]) {
    const checks = fields.get(table);
    const areChecks =
      checks instanceof Map && [...checks.values()].every((check) => typeof check === "function");
    if (!areChecks)
      problems.add(`${place}.${table}`, "It is no map of checks. Make it with policy() or stackPolicy().");
  }
}

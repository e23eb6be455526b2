import { allControls, didYouMean, findControl, isWithdrawn, printable } from "../../rules";
import type { Control } from "../../rules";
import { UsageError } from "../errors";

/**
 * A name as the catalogue spells it, whatever its case.
 * @throws UsageError with the nearest valid name.
 */
export function knownName(what: string, given: string, valid: Iterable<string>): string {
  const names = [...valid];
  const exact = names.find((name) => name === given) ?? names.find((name) => sameName(name, given));
  if (exact !== undefined) return exact;
  const hint =
    didYouMean(given, names) ??
    `"compliance coverage --by ${what === "conformance pack" ? "pack" : what}" lists them.`;
  throw new UsageError(`There is no ${what} "${printable(given)}". ${hint}`);
}

/**
 * A control by id or name, whatever its case.
 * @throws UsageError with the nearest valid name.
 */
export function knownControl(given: string): Control {
  const control =
    findControl(given) ??
    findControl(given.toUpperCase().replaceAll("-", "_")) ??
    findControl(given.toLowerCase().replaceAll("_", "-"));
  if (control !== undefined) return control;
  const shown = printable(given);
  if (isWithdrawn(given.toUpperCase().replaceAll("-", "_")))
    throw new UsageError(`AWS withdrew the rule "${shown}". "compliance catalog" lists the valid controls.`);
  const spelt = allControls().map(({ rule }) => (given.includes("-") ? rule.name : rule.identifier));
  const hint = didYouMean(given, spelt) ?? '"compliance catalog" lists the controls.';
  throw new UsageError(`There is no control "${shown}". ${hint}`);
}

const sameName = (name: string, given: string): boolean => name.toLowerCase() === given.toLowerCase();

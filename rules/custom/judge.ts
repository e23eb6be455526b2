import { fixOf } from "../engine/outcome";
import type { Outcome, Reason, Verdict } from "../engine/outcome";
import { joined } from "../engine/place";
import type { Check } from "../engine/policy";
import type { Reader } from "../engine/reader";
import type { CustomControl } from "./control";
import type { ParameterSchema, ParameterValues } from "./parameters";

/** Asks a predicate, and believes it nothing. */

/** A control that failed: a mistake of its author, and no verdict. The message holds nothing of the resource. */
export class ControlFailure extends Error {
  public override readonly name = "ControlFailure";
}

/** Whether an error is such a failure; a control of a package may have thrown it by a class of its own bundle. */
export const isControlFailure = (error: unknown): error is ControlFailure =>
  error instanceof Error && error.name === "ControlFailure";

const VERDICTS: ReadonlySet<unknown> = new Set<Verdict>([
  "COMPLIANT",
  "NON_COMPLIANT",
  "NOT_APPLICABLE",
  "UNDECIDED",
]);

/**
 * The verdict of a control. The predicate gets its input frozen.
 * @throws ControlFailure when the predicate throws, changes its input, or answers with something that is no outcome.
 */
export function judged<F extends object, S extends ParameterSchema>(
  control: CustomControl<F, S>,
  facts: F,
  parameters: ParameterValues<S>,
): Outcome {
  freeze(facts);
  freeze(parameters);
  let outcome: unknown;
  try {
    outcome = control.judge(facts, parameters);
  } catch (error) {
    throw failureOf(control.name, "predicate", error);
  }
  const problem = problemOf(outcome);
  if (problem !== undefined) throw new ControlFailure(`The predicate of "${control.name}" ${problem}.`);
  // What makes an outcome was checked just now.
  return outcome as Outcome;
}

/** The check of a policy: the mapping from a resource's inputs, and then the predicate. */
export const preventive =
  <T, F extends object, S extends ParameterSchema>(
    control: CustomControl<F, S>,
    fromInputs: (resource: Reader<T>) => F,
  ): Check<T, ParameterValues<S>> =>
  (resource, parameters) =>
    withoutSecrets(judged(control, fromInputs(resource), parameters), resource);

/** A predicate knows facts, not which of them are secret: what its reasons quote of those is taken out. */
function withoutSecrets(outcome: Outcome, resource: Reader<unknown>): Outcome {
  const secrets = outcome.reasons.length === 0 ? [] : resource.secrets();
  if (secrets.length === 0) return outcome;
  const clean = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  return {
    ...outcome,
    reasons: outcome.reasons.map((reason) => ({
      ...reason,
      found: clean(reason.found),
      fix: clean(reason.fix),
      ...(reason.key === undefined ? {} : { key: clean(reason.key) }),
    })),
  };
}

/** The reasons of an outcome as one sentence; empty where there are none. */
export function messageOf({ reasons }: Outcome): string {
  if (reasons.length === 0) return "";
  const found = joined(reasons);
  return `${found.charAt(0).toUpperCase()}${found.slice(1)}; ${fixOf(reasons, ", and ")}.`;
}

/**
 * Words for an error of an author's code. Its own message is left out, since it may quote what a resource holds; name
 * and place of the error are enough to find it.
 */
export function failureOf(control: string, part: "predicate" | "mapping", error: unknown): ControlFailure {
  if (isControlFailure(error)) return error;
  if (
    error instanceof TypeError &&
    /read only|not extensible|Cannot (?:add|delete|redefine)/.test(error.message)
  ) {
    return new ControlFailure(
      `The ${part} of "${control}" changes its input${placeOf(error)}. Facts and parameters are read-only: work on a copy.`,
    );
  }
  const name = error instanceof Error ? error.name : `something that is no error (${typeof error})`;
  const place = error instanceof Error ? placeOf(error) : "";
  return new ControlFailure(`The ${part} of "${control}" threw ${name}${place}.`);
}

/** Where an error was thrown, without the folders: ` (predicate.ts:12:3)`. */
function placeOf(error: Error): string {
  const frame = /^\s+at .*?([^/\\( ]+:\d+:\d+)\)?$/m.exec(error.stack ?? "")?.[1];
  return frame === undefined ? "" : ` (${frame})`;
}

function problemOf(outcome: unknown): string | undefined {
  const shape = "answer with compliant(), violation(), notApplicable() or undecided()";
  if (typeof outcome !== "object" || outcome === null) return `answered ${typeof outcome}; ${shape}`;
  if ("then" in outcome)
    return "answered with a promise; it must be synchronous, so read facts in the mapping";
  const { verdict, reasons } = outcome as Partial<Outcome>;
  if (!VERDICTS.has(verdict)) return `answered without one of the four verdicts; ${shape}`;
  const given: unknown = reasons;
  if (!Array.isArray(given) || !given.every(isReason)) {
    return `answered ${String(verdict)} with reasons that have no "found" and "fix"; ${shape}`;
  }
  return (verdict === "NON_COMPLIANT" || verdict === "UNDECIDED") && given.length === 0
    ? `answered ${verdict} without a reason; say what was found and how to fix it`
    : undefined;
}

function isReason(value: unknown): value is Reason {
  if (typeof value !== "object" || value === null) return false;
  const { found, fix } = value as Partial<Reason>;
  return typeof found === "string" && found !== "" && typeof fix === "string" && fix !== "";
}

/** Freezes lists and plain objects, all the way down. */
function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

import { ResourceGraph } from "../../rules";
import { UsageError } from "../errors";
import { isObject, own } from "./json";
import type { Json } from "./json";
import { failureIn, announcedBy, refuseShortfall } from "./preview-outcome";
import type { Diagnostic } from "./preview-outcome";
import { checked, listOf, malformed, resourceFacts } from "./resources";
import type { Source } from "./types";

/** Operations after which there is no resource; all others say how it will be. */
const REMOVALS = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "read-discard",
  "remove-pending-replace",
]);

/** Operations on no resource at all; only the engine's own log has them. */
const INTERNAL = new Set(["extend-parameterize"]);

/** One step of a preview: what happens to a resource, and how it will be. */
interface Step {
  readonly operation: string;
  readonly urn: unknown;
  readonly state: unknown;
  readonly place: string;
}

/** Whether a document is what `pulumi preview --json` writes at its end. */
export function isPreview(document: Json): boolean {
  return ["steps", "changeSummary", "diagnostics"].some((key) => Object.hasOwn(document, key));
}

/** Whether an object is one event of a streaming preview. */
export function isEvent(document: Json): boolean {
  return Object.keys(document).some((key) => key.endsWith("Event")) || Object.hasOwn(document, "sequence");
}

/**
 * The resources that a preview plans.
 * @throws UsageError when the preview failed, is not whole, or a step is damaged.
 */
export function readPreview(document: Json, name: string): Source {
  const diagnostics = listOf(document, "diagnostics", name).map((value, index) =>
    objectAt(value, name, `diagnostics[${index}]`),
  );
  const failure = failureIn(diagnostics);
  if (failure !== undefined) throw new UsageError(failure, name);
  const steps = listOf(document, "steps", name).map((value, index) =>
    stepOf(value, "newState", name, `steps[${index}]`),
  );
  const states = statesAfter(steps, name);
  const changes = announcedBy(own(document, "changeSummary"), name, "changeSummary");
  if (changes === undefined) {
    throw new UsageError(
      'The preview has no "changeSummary", which is written at its end: it was stopped. Preview again.',
      name,
    );
  }
  return planned(steps, states, changes, name);
}

/**
 * The resources that the events of a streaming preview plan.
 * @throws UsageError when the preview failed, is not whole, or an event is damaged.
 */
export function readEvents(events: readonly Json[], name: string): Source {
  const steps: Step[] = [];
  const diagnostics: Diagnostic[] = [];
  let end: { readonly summary: Json; readonly place: string } | undefined;
  for (const [index, event] of events.entries()) {
    const part = (key: string): Json | undefined =>
      Object.hasOwn(event, key) ? objectAt(event[key], name, `line ${index + 1}: ${key}`) : undefined;
    const before = part("resourcePreEvent");
    if (before !== undefined) {
      const place = `line ${index + 1}: resourcePreEvent.metadata`;
      steps.push(stepOf(own(before, "metadata"), "new", name, place));
      // Whatever is planned after a summary has none yet.
      end = undefined;
    }
    const said = part("diagnosticEvent");
    // The CLI itself drops what is only shown for a moment.
    if (said !== undefined && own(said, "ephemeral") !== true) diagnostics.push(said);
    const error = part("errorEvent");
    if (error !== undefined) diagnostics.push({ severity: "error", message: own(error, "error") });
    const summary = part("summaryEvent");
    if (summary !== undefined) {
      end = { summary, place: `line ${index + 1}: summaryEvent` };
      const result = own(summary, "result");
      if (result !== undefined && result !== "succeeded") diagnostics.push({ severity: "error" });
    }
  }
  const failure = failureIn(diagnostics);
  if (failure !== undefined) throw new UsageError(failure, name);
  const states = statesAfter(steps.map(withFalse), name);
  const changes =
    end && announcedBy(own(end.summary, "resourceChanges"), name, `${end.place}.resourceChanges`);
  if (changes === undefined) {
    throw new UsageError(
      'The events end without a "summaryEvent" that counts the changes: the preview was stopped, or the file is cut off. Preview again.',
      name,
    );
  }
  return planned(steps, states, changes, name);
}

/** Events leave out what is false, so that a component has no "custom" there; documents always write it. */
function withFalse(step: Step): Step {
  return isObject(step.state) ? { ...step, state: { custom: false, ...step.state } } : step;
}

function stepOf(value: unknown, state: "new" | "newState", name: string, place: string): Step {
  const step = objectAt(value, name, place);
  const operation = own(step, "op");
  if (typeof operation !== "string" || operation === "") throw malformed(name, place, 'has no "op"');
  return { operation, urn: own(step, "urn"), state: own(step, state), place: `${place}.${state}` };
}

function objectAt(value: unknown, name: string, place: string): Json {
  if (!isObject(value)) throw malformed(name, place, "is not an object");
  return value;
}

/** The resources after all steps, by URN. Of a replacement, the last step that leaves a resource says how it will be. */
function statesAfter(
  steps: readonly Step[],
  name: string,
): ReadonlyMap<string, ReturnType<typeof resourceFacts>> {
  const states = new Map<string, ReturnType<typeof resourceFacts>>();
  const refreshed = new Set<unknown>();
  for (const { operation, urn, state, place } of steps) {
    if (REMOVALS.has(operation)) {
      // A preview that refreshes shows first what is there, then that it goes.
      if (refreshed.has(urn)) states.delete(String(urn));
      continue;
    }
    if (INTERNAL.has(operation)) continue;
    if (state === undefined || state === null) {
      throw malformed(name, place, `is missing, although "${operation}" leaves a resource`);
    }
    const facts = resourceFacts(state, name, place);
    if (operation === "refresh") refreshed.add(facts.urn);
    else refreshed.delete(facts.urn);
    states.set(facts.urn, facts);
  }
  return states;
}

function planned(
  steps: readonly Step[],
  states: ReturnType<typeof statesAfter>,
  changes: ReadonlyMap<string, number>,
  name: string,
): Source {
  refuseShortfall(steps, changes, name);
  const unchanged = steps.filter(({ operation }) => operation === "same").length;
  const omitted = Math.max(0, (changes.get("same") ?? 0) - unchanged);
  const listed = [...states.values()].map((facts) => ({ facts, doomed: false }));
  return {
    name,
    kind: "preview",
    graph: new ResourceGraph(checked(listed, name, false), { partial: omitted > 0 }),
    file: name,
    notes:
      omitted > 0
        ? [
            `The preview leaves out ${omitted} unchanged resources, so that controls which need them are undecided. ` +
              'Run "pulumi preview --json --show-sames".',
          ]
        : [],
    opaque: [],
  };
}

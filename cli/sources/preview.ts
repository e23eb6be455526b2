import { ResourceGraph } from "../../rules";
import { isObject, own } from "./json";
import type { Json } from "./json";
import { checked, resourceFacts } from "./resources";
import type { Source } from "./types";

/** Operations after which the resource is no longer there. */
const REMOVALS = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "read-discard",
  "remove-pending-replace",
]);

/** One step of a preview: what happens to a resource, and how it will be. */
interface Step {
  readonly operation: unknown;
  readonly state: unknown;
  readonly place: string;
}

/** Whether a document is what `pulumi preview --json` writes at its end. */
export function isPreview(document: Json): boolean {
  return Array.isArray(own(document, "steps")) || Object.hasOwn(document, "changeSummary");
}

/** Whether an object is one event of a streaming preview. */
export function isEvent(document: Json): boolean {
  return Object.keys(document).some((key) => key.endsWith("Event")) || Object.hasOwn(document, "sequence");
}

/**
 * The resources that a preview plans.
 * @throws UsageError when a step is damaged.
 */
export function readPreview(document: Json, name: string): Source {
  const steps = own(document, "steps");
  return planned(
    (Array.isArray(steps) ? steps : []).map((step: unknown, index) => ({
      operation: isObject(step) ? own(step, "op") : undefined,
      state: isObject(step) ? own(step, "newState") : undefined,
      place: `steps[${index}].newState`,
    })),
    own(document, "changeSummary"),
    name,
  );
}

/**
 * The resources that the events of a streaming preview plan.
 * @throws UsageError when an event is damaged.
 */
export function readEvents(events: readonly Json[], name: string): Source {
  const steps: Step[] = [];
  let summary: unknown;
  for (const [index, event] of events.entries()) {
    const before = own(event, "resourcePreEvent");
    const metadata = isObject(before) ? own(before, "metadata") : undefined;
    if (isObject(metadata)) {
      steps.push({
        operation: own(metadata, "op"),
        state: own(metadata, "new"),
        place: `line ${index + 1}: resourcePreEvent.metadata.new`,
      });
    }
    const end = own(event, "summaryEvent");
    if (isObject(end)) summary = own(end, "resourceChanges");
  }
  return planned(steps, summary, name);
}

function planned(steps: readonly Step[], summary: unknown, name: string): Source {
  // A replacement is several steps with the same URN; the last one that leaves a resource says how it will be.
  const states = new Map<string, ReturnType<typeof resourceFacts>>();
  let unchanged = 0;
  for (const { operation, state, place } of steps) {
    if (state === undefined || state === null || REMOVALS.has(String(operation))) continue;
    const facts = resourceFacts(state, name, place);
    if (operation === "same") unchanged++;
    states.set(facts.urn, facts);
  }
  const omitted = Math.max(0, (isObject(summary) ? Number(own(summary, "same") ?? 0) : 0) - unchanged);
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

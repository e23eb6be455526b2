import * as fs from "node:fs";
import { isObject, objectOf, parseJsonLines, textOf, textsOf, type JsonObject } from "../json";

/** One step of the engine over one resource. */
export interface Step {
  /** `create`, `same`, `update`, `replace`, `delete`, `read`, `refresh`, ... */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** The last part of the URN. */
  readonly name: string;
  /** Top-level properties that differ, as the provider sees it. */
  readonly diffs: readonly string[];
  readonly inputs: JsonObject;
  readonly parent: string;
}

/** One violation that a policy reported. */
export interface Violation {
  readonly policy: string;
  readonly urn: string;
  /** `mandatory`, `advisory`, ... */
  readonly level: string;
  readonly message: string;
}

/** What the engine said of one operation, in order. */
export interface EventLog {
  /** What was planned (preview) or begun (update). */
  readonly steps: readonly Step[];
  /** What was done and succeeded; empty in a preview. */
  readonly done: readonly Step[];
  /** What was begun and failed. */
  readonly failed: readonly Step[];
  readonly violations: readonly Violation[];
  /** Errors and warnings, without the engine's markup. */
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly urn: string;
    readonly message: string;
  }[];
}

/** Reads a file that the CLI wrote with `--event-log`. A file that is not there is an operation that never began. */
export function readEventLog(file: string): EventLog {
  if (!fs.existsSync(file)) return { steps: [], done: [], failed: [], violations: [], diagnostics: [] };
  const events = parseJsonLines(fs.readFileSync(file, "utf8"), "The engine's event log");
  const of = (kind: string): readonly JsonObject[] => events.map((event) => event[kind]).filter(isObject);
  return {
    steps: of("resourcePreEvent").map(stepOf),
    done: of("resOutputsEvent").map(stepOf),
    failed: of("resOpFailedEvent").map(stepOf),
    violations: violationsIn(events),
    diagnostics: of("diagnosticEvent").map((event) => ({
      severity: textOf(event["severity"]),
      urn: textOf(event["urn"]),
      message: plain(event["message"]),
    })),
  };
}

/** The violations among events of the engine. */
export function violationsIn(events: readonly JsonObject[]): readonly Violation[] {
  return events
    .map((event) => event["policyEvent"])
    .filter(isObject)
    .map(violationOf);
}

function stepOf(event: JsonObject): Step {
  const metadata = objectOf(event["metadata"]);
  const state = objectOf(metadata["new"] ?? metadata["old"]);
  const urn = textOf(metadata["urn"]);
  return {
    op: textOf(metadata["op"]),
    urn,
    type: textOf(metadata["type"]),
    name: urn.split("::").at(-1) ?? "",
    diffs: textsOf(metadata["diffs"]),
    inputs: objectOf(state["inputs"]),
    parent: textOf(state["parent"]),
  };
}

function violationOf(event: JsonObject): Violation {
  return {
    policy: textOf(event["policyName"]),
    urn: textOf(event["resourceUrn"]),
    level: textOf(event["enforcementLevel"]),
    message: plain(event["message"]),
  };
}

/** The engine marks colours as `<{%fg 1%}>`, also when it is told to use none. */
function plain(message: unknown): string {
  return textOf(message)
    .replace(/<\{%[^%]*%\}>/g, "")
    .trim();
}

/** The steps whose operation is one of those given. */
export function withOp(steps: readonly Step[], ...ops: readonly string[]): readonly Step[] {
  return steps.filter(({ op }) => ops.includes(op));
}

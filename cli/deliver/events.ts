import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { UsageError } from "../errors";
import { isObject, own } from "../sources/json";
import type { Json } from "../sources/json";
import { PIPELINE_TYPE } from "./own-stack";
import { stepOf } from "./steps";
import type { Step } from "./steps";

/** What one policy said of one resource, or of the stack. */
export interface PolicyWord {
  readonly policy: string;
  readonly pack: string;
  readonly urn: string;
}

/** A policy that is violated. */
export interface Violation extends PolicyWord {
  readonly message: string;
  /** Whether it stops the operation. */
  readonly mandatory: boolean;
  /** `low` to `critical`; empty when the policy does not say. */
  readonly severity: string;
}

/** What the engine told about one operation. */
export interface Events {
  /** What is to be done; what stays the same is left out. */
  readonly steps: readonly Step[];
  /** The pipelines that the program holds, as they will be. */
  readonly pipelines: readonly Json[];
  /** How many resources the program holds; providers and components are not counted. */
  readonly resources: number;
  /** The stack's own URN; empty when the engine did not come that far. */
  readonly stack: string;
  readonly violations: readonly Violation[];
  readonly passed: readonly PolicyWord[];
  /** Errors of the engine, of providers and of the program. */
  readonly errors: readonly string[];
  /** How many resources are created, updated, ... */
  readonly counts: Readonly<Record<string, number>>;
  /** Whether the engine came to the end. */
  readonly complete: boolean;
}

/** Levels at which a violation does not stop anything. */
const HARMLESS = new Set(["advisory", "disabled", "none", "remediate"]);

/** What the engine says at the end of an operation that something else has stopped. */
const CONSEQUENCE = /^(preview|update) failed$/;

/**
 * Reads what the CLI wrote with `--event-log`, one line at a time.
 * @param redact - takes secrets out of a line: what programs print becomes part of reports that many people read.
 * @param keep - takes each line that is worth keeping: all but what the engine tells itself.
 * @throws UsageError when a line is no event.
 */
export async function readEvents(
  file: string,
  redact: (text: string) => string,
  keep?: (line: string) => void,
): Promise<Events> {
  const collected = new Collector();
  if (!existsSync(file)) return collected;
  let number = 0;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const said of lines) {
    number++;
    const line = redact(said);
    if (line.trim() === "") continue;
    const event = parse(line, number);
    if (isDebug(event)) continue;
    keep?.(line);
    collected.add(event);
  }
  return collected;
}

function parse(line: string, number: number): Json {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    // It is refused below.
  }
  if (isObject(event)) return event;
  throw new UsageError(
    `Line ${number} of the engine's event log is no JSON object. The CLI was ended while it wrote, or is not the real one.`,
  );
}

class Collector implements Events {
  public readonly steps: Step[] = [];
  public readonly violations: Violation[] = [];
  public readonly pipelines: Json[] = [];
  public readonly passed: PolicyWord[] = [];
  public readonly errors: string[] = [];
  public counts: Readonly<Record<string, number>> = {};
  public complete = false;
  public stack = "";
  private readonly urns = new Set<string>();

  public get resources(): number {
    return this.urns.size;
  }

  public add(event: Json): void {
    const before = part(event, "resourcePreEvent");
    if (before !== undefined) this.addStep(part(before, "metadata") ?? {});
    const violation = part(event, "policyEvent");
    if (violation !== undefined) this.addViolation(violation);
    const resource = part(event, "policyAnalyzeSummaryEvent");
    if (resource !== undefined) this.addPassed(resource, text(resource, "resourceUrn"));
    const stack = part(event, "policyAnalyzeStackSummaryEvent");
    if (stack !== undefined) this.addPassed(stack, this.stack);
    const diagnostic = part(event, "diagnosticEvent");
    if (diagnostic !== undefined && text(diagnostic, "severity") === "error") this.addError(diagnostic);
    const summary = part(event, "summaryEvent");
    if (summary !== undefined) {
      this.counts = countsOf(part(summary, "resourceChanges") ?? {});
      this.complete = true;
    }
  }

  private addStep(metadata: Json): void {
    const step = stepOf(metadata);
    if (step.type === "pulumi:pulumi:Stack") this.stack = step.urn;
    if (step.op !== "same") this.steps.push(step);
    const state = part(metadata, "new");
    if (state === undefined) return;
    if (step.type === PIPELINE_TYPE) this.pipelines.push(state);
    if (own(state, "custom") === true && !step.type.startsWith("pulumi:")) this.urns.add(step.urn);
  }

  private addViolation(event: Json): void {
    this.violations.push({
      policy: text(event, "policyName"),
      pack: text(event, "policyPackName"),
      urn: text(event, "resourceUrn") || this.stack,
      message: plain(text(event, "message")),
      mandatory: !HARMLESS.has(text(event, "enforcementLevel")),
      severity: text(event, "severity"),
    });
  }

  private addPassed(event: Json, urn: string): void {
    const names = own(event, "passed");
    if (!Array.isArray(names)) return;
    for (const policy of names) {
      if (typeof policy === "string") this.passed.push({ policy, pack: text(event, "policyPackName"), urn });
    }
  }

  private addError(event: Json): void {
    const message = plain(text(event, "message"));
    if (!CONSEQUENCE.test(message)) this.errors.push(message);
  }
}

function isDebug(event: Json): boolean {
  const diagnostic = part(event, "diagnosticEvent");
  return diagnostic !== undefined && text(diagnostic, "severity") === "debug";
}

function countsOf(changes: Json): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(changes).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

/** The engine marks colours as `<{%fg 1%}>`, also when it is told to use none. */
const plain = (message: string): string => message.replace(/<\{%[^%]*%\}>/g, "").trim();

function part(object: Json, name: string): Json | undefined {
  const value = own(object, name);
  return isObject(value) ? value : undefined;
}

function text(object: Json, name: string): string {
  const value = own(object, name);
  return typeof value === "string" ? value : "";
}

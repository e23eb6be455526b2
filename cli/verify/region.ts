import { compare, overdueHours } from "../../rules";
import { UsageError } from "../errors";
import { counted } from "../reports/wording";
import { HOUR, MINUTE } from "./clock";
import type { Clock } from "./clock";
import { accountOf, deviations } from "./declared";
import { Inventory } from "./inventory";
import type { StackRule } from "./states";
import type {
  ConfigApi,
  DeclaredRule,
  DeployedRule,
  Evaluation,
  Recorder,
  RegionOutcome,
  RuleOutcome,
  RuleStatus,
  Violation,
} from "./types";
import { awaitReports, failureOf, hasFailedSince } from "./waiting";
import type { PendingRule } from "./waiting";

/** Which rules are evaluated anew: those that are new, changed or failed, all, or none. */
export const EVALUATE = ["changed", "all", "none"] as const;
export type Evaluate = (typeof EVALUATE)[number];

export interface RegionOptions {
  readonly region: string;
  /** The rules of the selection; disabled ones are not verified. */
  readonly declared: readonly DeclaredRule[];
  /** The rules that the given stacks deploy to this region. */
  readonly stackRules: readonly StackRule[];
  /** Whether one of the stacks has a resource of a type of AWS Config in this region. */
  readonly isInStack: (type: string) => boolean;
  readonly evaluate: Evaluate;
  /** How long results are awaited, in minutes. */
  readonly timeoutMinutes: number;
  readonly api: ConfigApi;
  readonly clock: Clock;
  readonly onProgress: (message: string) => void;
}

/**
 * Verifies the rules of one region.
 * @throws UsageError when AWS Config does not record there, or cannot be asked.
 */
export async function verifyRegion(options: RegionOptions): Promise<RegionOutcome> {
  const { api, region, clock } = options;
  const declared = options.declared.filter(({ level }) => level !== "disabled");
  const recorder = recordingOne(await api.recorder(), region);
  const deployed = new Map((await api.rules()).map((rule) => [rule.name, rule]));
  const account = accountIn(deployed.values(), options);
  const others = await deviations(declared, deployed, api);
  const present = declared.filter(({ name }) => !others.has(name));
  const inventory = new Inventory(recorder, api, clock, options.isInStack);
  const unreported = await reportsOf(present, deployed, inventory, options);
  const names = present.map(({ name }) => name);
  const statuses = await api.statuses(names);
  const compliance = await api.compliance(names.filter((name) => !unreported.has(name)));
  const rules: RuleOutcome[] = [];
  for (const rule of declared) {
    const status = statuses.get(rule.name);
    const missing = others.get(rule.name);
    const silent = unreported.get(rule.name);
    if (missing !== undefined) {
      rules.push({ rule, state: "notDeployed", reason: missing, violations: [] });
    } else if (silent !== undefined) {
      rules.push({ rule, state: "notReported", reason: silent, status, violations: [] });
    } else {
      rules.push({ ...(await resultOf(rule, compliance.get(rule.name), api)), status });
    }
  }
  return {
    region,
    account,
    rules: await withNames(rules, api),
    notes: [...notesOf(options), ...partialNotes(present, inventory, region)],
  };
}

/** The recorder, when it records. */
function recordingOne(recorder: Recorder | undefined, region: string): Recorder {
  if (recorder === undefined) {
    throw new UsageError(
      "AWS Config has no recorder here, so that no rule can see a resource. Deploy one, or leave out this region.",
      region,
    );
  }
  if (!recorder.recording) {
    throw new UsageError(
      `The recorder "${recorder.name}" is stopped, so that every result is out of date. ` +
        'Start it (config:StartConfigurationRecorder, or "recording: true" in the settings).',
      region,
    );
  }
  if (recorder.failure !== undefined) {
    throw new UsageError(
      `The recorder "${recorder.name}" fails (${recorder.failure}), so that results may be out of date. ` +
        "Correct its role and its delivery channel.",
      region,
    );
  }
  return recorder;
}

/** The account of the rules, which must be that of the stacks. */
function accountIn(
  deployed: Iterable<DeployedRule>,
  { stackRules, region }: RegionOptions,
): string | undefined {
  let account: string | undefined;
  for (const { arn } of deployed) account ??= accountOf(arn);
  const expected = stackRules.find((rule) => rule.account !== undefined)?.account;
  if (account === undefined || expected === undefined || account === expected) return account;
  throw new UsageError(
    `The credentials belong to the account ${account}, but the stack is in ${expected}. ` +
      'Use credentials of that account, e.g. with "--profile".',
    region,
  );
}

/** Waits for what must report, and tells what did not. */
async function reportsOf(
  rules: readonly DeclaredRule[],
  deployed: ReadonlyMap<string, DeployedRule>,
  inventory: Inventory,
  options: RegionOptions,
): Promise<ReadonlyMap<string, string>> {
  const { api, clock, evaluate, timeoutMinutes, region } = options;
  const unreported = new Map<string, string>();
  const recorded = rules.filter((rule) => {
    const types = inventory.unrecorded(rule);
    if (types !== undefined) unreported.set(rule.name, `the recorder does not record ${types.join(", ")}`);
    return types === undefined;
  });
  const statuses = await api.statuses(recorded.map(({ name }) => name));
  const changes = new Map(options.stackRules.map(({ name, changed }) => [name, changed]));
  const pending = recorded.flatMap((rule): PendingRule[] => {
    const status = statuses.get(rule.name);
    const found = deployed.get(rule.name);
    const changed = changes.get(rule.name);
    const reason = staleness(rule, status, changed, found?.frequency, clock.now());
    if (reason === undefined && evaluate !== "all") return [];
    return [{ rule, before: status?.evaluated, changed, reason, evaluating: found?.state === "EVALUATING" }];
  });
  if (evaluate === "none") {
    for (const { rule, reason } of pending) {
      if (reason !== undefined && !(await inventory.isEmpty(rule))) unreported.set(rule.name, reason);
    }
    return unreported;
  }
  if (pending.length === 0) return unreported;
  const late = await awaitReports(pending, {
    api,
    inventory,
    clock,
    deadline: clock.now() + timeoutMinutes * MINUTE,
    limit: counted(timeoutMinutes, "minute"),
    onProgress: (message) => options.onProgress(`${region}: ${message}`),
  });
  return new Map([...unreported, ...late]);
}

/** Why the last result of a rule does not count; `undefined` when it does. */
function staleness(
  rule: DeclaredRule,
  status: RuleStatus | undefined,
  changed: Date | undefined,
  frequency: string | undefined,
  now: number,
): string | undefined {
  if (status !== undefined && hasFailedSince(status)) return failureOf(status);
  const evaluated = status?.evaluated;
  if (evaluated === undefined) return "it was never evaluated";
  const since = [changed, status?.activated].find((time) => time !== undefined && evaluated < time);
  if (since !== undefined) {
    return `it changed on ${since.toISOString()}, and was evaluated last on ${evaluated.toISOString()}`;
  }
  if (rule.isPeriodic && now - evaluated.getTime() > overdueHours(frequency) * HOUR) {
    return `it was evaluated last on ${evaluated.toISOString()}, more than two of its periods ago`;
  }
  return undefined;
}

async function resultOf(
  rule: DeclaredRule,
  compliance: string | undefined,
  api: ConfigApi,
): Promise<RuleOutcome> {
  if (compliance !== "NON_COMPLIANT") return withoutViolations(rule, compliance);
  const all = await api.violations(rule.name);
  // A proactive evaluation speaks of a resource that was only planned.
  const violations = all.filter(({ planned }) => !planned).sort(inOrder);
  if (violations.length > 0) return { rule, state: "nonCompliant", violations };
  if (all.length > 0) return { rule, state: "compliant", violations };
  // Either the last violation was resolved between two questions, or the list lags behind the result.
  return withoutViolations(rule, (await api.compliance([rule.name])).get(rule.name));
}

/** Only what AWS Config says outright is a result. */
function withoutViolations(rule: DeclaredRule, compliance: string | undefined): RuleOutcome {
  switch (compliance) {
    case "COMPLIANT":
      return { rule, state: "compliant", violations: [] };
    case "INSUFFICIENT_DATA":
    case "NOT_APPLICABLE":
      return { rule, state: "insufficientData", violations: [] };
    case "NON_COMPLIANT":
      return notReported(rule, "AWS Config calls it non-compliant, and lists no resource that violates it");
    default:
      return notReported(rule, "AWS Config gives no result of it");
  }
}

const notReported = (rule: DeclaredRule, reason: string): RuleOutcome => ({
  rule,
  state: "notReported",
  reason,
  violations: [],
});

const inOrder = (a: Evaluation, b: Evaluation): number =>
  compare(a.resourceType, b.resourceType) || compare(a.resourceId, b.resourceId);

/** Types that Config evaluates but does not record, so that nothing more is known of them. */
const NAMELESS = ["AWS::::Account"];

/** Adds the names of resources: the id of many is a number that means nothing to people. */
async function withNames(rules: readonly RuleOutcome[], api: ConfigApi): Promise<readonly RuleOutcome[]> {
  const ids = new Map<string, Set<string>>();
  for (const { resourceType, resourceId } of rules.flatMap(({ violations }) => violations)) {
    if (NAMELESS.includes(resourceType)) continue;
    const before = ids.get(resourceType) ?? new Set();
    ids.set(resourceType, before.add(resourceId));
  }
  const names = new Map<string, ReadonlyMap<string, string>>();
  for (const [type, wanted] of ids) names.set(type, await api.names(type, [...wanted]));
  const named = (violation: Violation): Violation => ({
    ...violation,
    resourceName: names.get(violation.resourceType)?.get(violation.resourceId),
  });
  return rules.map((outcome) => ({ ...outcome, violations: outcome.violations.map(named) }));
}

/** Rules of which only a part can report: their other types are not recorded. */
function partialNotes(
  rules: readonly DeclaredRule[],
  inventory: Inventory,
  region: string,
): readonly string[] {
  return rules.flatMap((rule) => {
    const types = inventory.unseen(rule);
    if (types.length === 0) return [];
    return [
      `${region}: "${rule.name}" is not fully reported: the recorder does not record ${types.join(", ")}.`,
    ];
  });
}

function notesOf({ declared, stackRules, region, evaluate }: RegionOptions): readonly string[] {
  const names = new Set(declared.map(({ name }) => name));
  const others = stackRules.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  const notes: string[] = [];
  if (others.length > 0) {
    const list = `${others.slice(0, 5).join(", ")}${others.length > 5 ? ", ..." : ""}`;
    notes.push(
      `${region}: the stack deploys ${counted(others.length, "rule")} that the selection does not declare (${list}).`,
    );
  }
  if (stackRules.length === 0 && evaluate === "changed") {
    notes.push(
      `${region}: without the stack's state, changed rules cannot be told from others. Give it with "--stack-file", or evaluate all.`,
    );
  }
  return notes;
}

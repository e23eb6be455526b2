import { counted } from "../reports/wording";
import { MINUTE, SECOND } from "./clock";
import type { Clock } from "./clock";
import type { Inventory } from "./inventory";
import type { ConfigApi, DeclaredRule, RuleStatus } from "./types";

/** A rule whose result is not known yet, or no longer. */
export interface PendingRule {
  readonly rule: DeclaredRule;
  /** The evaluation that does not count any more. */
  readonly before: Date | undefined;
  /** Evaluations from before this do not count: the rule was changed then. */
  readonly changed: Date | undefined;
  /** Why its last result does not count, where it does not. */
  readonly reason: string | undefined;
  /** AWS Config evaluates it already. */
  readonly evaluating: boolean;
}

export interface Waiting {
  readonly api: ConfigApi;
  readonly inventory: Inventory;
  readonly clock: Clock;
  /** When waiting ends, in milliseconds since 1970. */
  readonly deadline: number;
  /** How long that is, in words, for messages. */
  readonly limit: string;
  readonly onProgress: (message: string) => void;
}

/** AWS Config's limits of starting evaluations: rules in a call, and the time between calls. */
const RULES_A_START = 25;
const BETWEEN_STARTS = MINUTE;
/** How long nothing is asked while rules are evaluated. */
const BETWEEN_POLLS = 15 * SECOND;

/**
 * Starts evaluations and waits for their results. New rules are evaluated by AWS Config of itself, so they come last:
 * most of them have reported when it is their turn.
 * @returns why each rule that did not report did not, by name.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html
 */
export async function awaitReports(
  rules: readonly PendingRule[],
  options: Waiting,
): Promise<ReadonlyMap<string, string>> {
  const { api, clock, deadline, onProgress } = options;
  const pending = new Map(inTurn(rules).map((item) => [item.rule.name, item]));
  const toStart = new Set(pending.keys());
  let nextStart = clock.now();
  for (;;) {
    const statuses = await api.statuses([...pending.keys()]);
    for (const [name, item] of pending) {
      if (hasReported(item, statuses.get(name)) || (await options.inventory.isEmpty(item.rule))) {
        pending.delete(name);
        toStart.delete(name);
      }
    }
    if (pending.size === 0 || clock.now() >= deadline) return reasons(pending, toStart, statuses, options);
    onProgress(`waiting for ${counted(pending.size, "rule")}, ${minutesLeft(deadline - clock.now())}`);
    if (toStart.size > 0 && clock.now() >= nextStart) {
      const names = [...toStart].slice(0, RULES_A_START);
      const answer = await api.start(names);
      nextStart = clock.now() + BETWEEN_STARTS;
      if (answer === "started") {
        for (const name of names) toStart.delete(name);
        continue;
      }
    }
    await clock.sleep(Math.min(BETWEEN_POLLS, deadline - clock.now()));
  }
}

/** Those first that AWS Config does not evaluate unless it is asked. */
function inTurn(rules: readonly PendingRule[]): readonly PendingRule[] {
  const turn = ({ evaluating, before }: PendingRule): number =>
    evaluating ? 2 : before === undefined ? 1 : 0;
  return [...rules].sort((a, b) => turn(a) - turn(b));
}

/** Whether a rule has a result that counts. */
function hasReported({ before, changed }: PendingRule, status: RuleStatus | undefined): boolean {
  const { evaluated } = status ?? {};
  if (evaluated === undefined || status === undefined || hasFailedSince(status)) return false;
  return (before === undefined || evaluated > before) && (changed === undefined || evaluated >= changed);
}

/** Whether the last evaluation or the last invocation failed, so that the result is an older one's. */
export function hasFailedSince({
  evaluated,
  evaluationFailed,
  invoked,
  invocationFailed,
}: RuleStatus): boolean {
  const last = Math.max(evaluated?.getTime() ?? 0, invoked?.getTime() ?? 0);
  return (
    (evaluationFailed?.getTime() ?? 0) > (evaluated?.getTime() ?? 0) ||
    (invocationFailed?.getTime() ?? 0) > last
  );
}

function reasons(
  pending: ReadonlyMap<string, PendingRule>,
  toStart: ReadonlySet<string>,
  statuses: ReadonlyMap<string, RuleStatus>,
  { limit }: Waiting,
): ReadonlyMap<string, string> {
  const reasonOf = (name: string): string => {
    const status = statuses.get(name);
    if (status !== undefined && hasFailedSince(status)) return failureOf(status);
    if (toStart.has(name)) {
      return `AWS Config did not accept the start of its evaluation within ${limit}; it takes ${RULES_A_START} rules a minute`;
    }
    const last = status?.evaluated;
    return `it did not report within ${limit}; its last result is ${last === undefined ? "missing" : `from ${last.toISOString()}`}`;
  };
  return new Map([...pending.keys()].map((name) => [name, reasonOf(name)]));
}

/** What went wrong the last time. */
export function failureOf({ evaluationFailed, invocationFailed, error }: RuleStatus): string {
  const when = [evaluationFailed, invocationFailed]
    .filter((time) => time !== undefined)
    .sort((a, b) => b.getTime() - a.getTime())[0];
  const at = when === undefined ? "" : ` on ${when.toISOString()}`;
  return `its evaluation failed${at}${error === "" ? "" : `: ${error}`}`;
}

function minutesLeft(milliseconds: number): string {
  return `${counted(Math.ceil(milliseconds / MINUTE), "minute")} left`;
}

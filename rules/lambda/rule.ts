import { setTimeout as sleep } from "node:timers/promises";
import { actionsOf } from "../custom/control";
import type { ParameterSchema } from "../custom/parameters";
import { parameterTexts } from "../custom/parameters";
import { Connector, roleOf } from "./access";
import type { ClientConfig, Clients, Connection } from "./access";
import { Deadline } from "./deadline";
import type { InvocationContext } from "./deadline";
import { checkDefinition } from "./definition";
import type { RuleDefinition } from "./definition";
import { blameOf, CallerError, refused, withAdvice } from "./errors";
import { readEvent } from "./events";
import type { RuleEvent } from "./events";
import { PREDICATE_MILLISECONDS } from "./guard";
import { Invocation } from "./invocation";
import { Log } from "./log";
import { ACCOUNT_TYPE, Reporter, TEST_TOKEN } from "./report";

/** What a function answers: nothing waits for it, but a person who tries it in the console reads it. */
export interface RuleResult {
  readonly control: string;
  readonly rule: string;
  /** How many results AWS Config took, by verdict. */
  readonly reported: Readonly<Record<string, number>>;
  readonly isTest: boolean;
}

/** The handler of a Lambda function. */
export type RuleHandler = (event: unknown, context: InvocationContext) => Promise<RuleResult>;

/** What a function runs in. Tests replace it. */
export interface Surroundings {
  readonly client: ClientConfig;
  /** Takes a line of the log. */
  readonly write: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long a predicate may take, in milliseconds. */
  readonly predicateMilliseconds: number;
}

const LAMBDA: Surroundings = {
  client: {},
  // Past `console`, which would wrap the line in one of its own.
  write: (line) => void process.stdout.write(line),
  sleep: (milliseconds) => sleep(milliseconds),
  predicateMilliseconds: PREDICATE_MILLISECONDS,
};

/**
 * Makes the handler of an AWS Config custom rule from a control and the mapping of its facts.
 *
 * It takes change, oversized change, schedule and snapshot events; reports with the time of the event, so that a
 * repeated delivery changes nothing; and throws whatever goes wrong, so that Lambda retries and the dead-letter queue
 * keeps the event. It never answers `COMPLIANT` for want of knowledge: `UNDECIDED` is reported as `NOT_APPLICABLE` with
 * an annotation that begins with "Undecided".
 *
 * @example
 * ```ts
 * export const handler = configRule({ control, fromItem: (item) => ({ runtime: item.configuration.runtime }) });
 * ```
 * @throws Error at once when the definition cannot work.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html
 */
export function configRule<
  F extends object,
  S extends ParameterSchema,
  C extends Clients = Clients,
  R = undefined,
  T extends string = string,
>(definition: RuleDefinition<F, S, C, R, T>, surroundings: Partial<Surroundings> = {}): RuleHandler {
  checkDefinition(definition);
  const { client, ...rest } = { ...LAMBDA, ...surroundings };
  // A definition without clients reads nothing with them.
  const make = definition.clients ?? ((): C => ({}) as C);
  const connector = new Connector<C>(client, make);
  return async (event, context) => {
    let log = new Log(rest.write, { control: definition.control.name, requestId: context.awsRequestId });
    try {
      const ruleEvent = readEvent(event);
      const { rule, accountId: account, messageType, resultToken } = ruleEvent;
      log = log.with({ rule, account, messageType, isTest: resultToken === TEST_TOKEN });
      return await answer(definition, connector, ruleEvent, new Deadline(context), log, rest);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      log.line("error", "failed", { blame: blameOf(error), name, message });
      throw error;
    }
  };
}

async function answer<F extends object, S extends ParameterSchema, C extends Clients, R, T extends string>(
  definition: RuleDefinition<F, S, C, R, T>,
  connector: Connector<C>,
  event: RuleEvent,
  deadline: Deadline,
  log: Log,
  surroundings: Omit<Surroundings, "client">,
): Promise<RuleResult> {
  const { control } = definition;
  const texts = parameterTexts(event.parameters);
  const reporterOf = ({ config }: Connection<C>): Reporter =>
    new Reporter(config, event, deadline, surroundings.sleep);
  const told = { byConnection: false };
  const work = async (connection: Connection<C>): Promise<RuleResult> => {
    told.byConnection = true;
    const reporter = reporterOf(connection);
    try {
      if (!texts.ok) throw refused(texts.problems);
      const { predicateMilliseconds } = surroundings;
      const parts = { definition, connection, event, texts: texts.values, reporter, deadline, log };
      await new Invocation({ ...parts, predicateMilliseconds }).run();
    } catch (error) {
      const known = withAdvice(error, actionsOf(control));
      if (known instanceof CallerError) await tell(reporter, event, known, log);
      throw known;
    }
    const { counts: reported, isTest } = reporter;
    log.line("info", "reported", { reported });
    return { control: control.name, rule: event.rule, reported, isTest };
  };
  try {
    const role = texts.ok ? roleOf(event, texts.values) : undefined;
    return await connector.use(role, `config-${event.rule}`, work);
  } catch (error) {
    const known = withAdvice(error, actionsOf(control));
    // There is no role to work with, so that only the function itself can tell.
    if (known instanceof CallerError && !told.byConnection) {
      await connector.use(undefined, "", (own) => tell(reporterOf(own), event, known, log));
    }
    throw known;
  }
}

/**
 * Shows a mistake in the rule's set-up in AWS Config: as an annotation of the account, which leaves the last results of
 * the resources as they are. The error itself matters more than whether this works.
 */
async function tell(reporter: Reporter, event: RuleEvent, error: CallerError, log: Log): Promise<void> {
  try {
    await reporter.add({
      resourceType: ACCOUNT_TYPE,
      resourceId: event.accountId,
      compliance: "NOT_APPLICABLE",
      annotation: error.message,
    });
    await reporter.flush();
  } catch (failure) {
    log.line("warn", "untold", { name: failure instanceof Error ? failure.name : "unknown" });
  }
}

import type { Outcome } from "../engine/outcome";
import { partsOf } from "../custom/access-parameters";
import type { ConfigurationItem } from "../custom/items";
import { ControlFailure, failureOf, isControlFailure, judged, messageOf } from "../custom/judge";
import { typedValues } from "../custom/parameters";
import type { ParameterSchema, ParameterValues } from "../custom/parameters";
import type { Clients, Connection } from "./access";
import { inapplicable } from "./applicability";
import type { Deadline } from "./deadline";
import type { RuleDefinition, Subject } from "./definition";
import { CallerError, DeadlineError, IncompleteError, isServiceError, refused } from "./errors";
import type { ItemHead, Message, RuleEvent } from "./events";
import { stoppable } from "./guard";
import { fetchItem } from "./history";
import { itemOfEvent } from "./items";
import type { Log } from "./log";
import { ACCOUNT_TYPE, keyOf } from "./report";
import type { Reporter, Result } from "./report";

/** Everything that one invocation has. */
export interface InvocationParts<
  F extends object,
  S extends ParameterSchema,
  C extends Clients,
  R,
  T extends string,
> {
  readonly definition: RuleDefinition<F, S, C, R, T>;
  readonly connection: Connection<C>;
  readonly event: RuleEvent;
  /** The rule's parameters, of which some are not the control's. */
  readonly texts: Readonly<Record<string, string>>;
  readonly reporter: Reporter;
  readonly deadline: Deadline;
  readonly log: Log;
  readonly predicateMilliseconds: number;
}

/** From an event to results. */
export class Invocation<F extends object, S extends ParameterSchema, C extends Clients, R, T extends string> {
  private readonly parameters: ParameterValues<S>;

  /** @throws CallerError when the parameters are not those that the control declares. */
  public constructor(private readonly parts: InvocationParts<F, S, C, R, T>) {
    const parsed = typedValues(parts.definition.control.parameters, partsOf(parts.texts).own);
    if (!parsed.ok) throw refused(parsed.problems);
    this.parameters = parsed.values;
  }

  public async run(): Promise<void> {
    const { message } = this.parts.event;
    await (message.kind === "account" ? this.account() : this.change(message));
  }

  /** One resource changed: one result, whatever became of it. */
  private async change(message: Exclude<Message, { kind: "account" }>): Promise<void> {
    const { definition, event, reporter } = this.parts;
    const { head } = message;
    const { fromItem } = definition;
    if (fromItem === undefined) throw this.mistriggered("changes", "a schedule");
    const reason = inapplicable(head, event.leftScope, definition.control.resourceTypes);
    if (reason !== undefined) {
      await reporter.add({ ...subjectOf(head), compliance: "NOT_APPLICABLE", annotation: reason });
    } else {
      await reporter.add(await this.evaluateItem(message, fromItem));
    }
    await reporter.flush();
  }

  private async evaluateItem(
    message: Exclude<Message, { kind: "account" }>,
    fromItem: (item: ConfigurationItem<T>, read: R) => F,
  ): Promise<Result> {
    const { definition, connection, deadline } = this.parts;
    const { head } = message;
    const recorded =
      message.kind === "item"
        ? itemOfEvent(message.item, head)
        : await fetchItem(connection.config, head, deadline);
    // The control's types were compared with the item's; which of them the mapping is for, it says itself.
    const item = recorded as ConfigurationItem<T>;
    const { read } = definition;
    // Without a `read`, `R` is `undefined`.
    const more = (
      read === undefined ? undefined : await this.reading(head, () => read(item, connection.clients))
    ) as R;
    return this.result(subjectOf(head), () => fromItem(item, more));
  }

  /** The whole account is meant: a result for every resource, and the end of those of resources that are gone. */
  private async account(): Promise<void> {
    const { definition, connection, event, reporter } = this.parts;
    if (definition.list === undefined) throw this.mistriggered("a schedule", "changes");
    const seen = new Set<string>();
    const failures: Error[] = [];
    const misfits: ControlFailure[] = [];
    const subjects = definition.list(event.accountId, connection.clients)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.reading({ resourceType: ACCOUNT_TYPE, resourceId: event.accountId }, () =>
          subjects.next(),
        );
        if (next.done === true) break;
        const misfit = this.misfitOf(next.value, seen);
        if (misfit === undefined) await this.evaluateSubject(next.value, seen, failures);
        else misfits.push(misfit);
      }
    } finally {
      // Whatever stopped the run: what is known is reported.
      await this.attempt(failures, () => reporter.flush());
      // A generator that hangs cannot be ended, and need not be waited for.
      void subjects.return?.().catch(() => undefined);
    }
    // What a wrong list lacks may be there: only a whole one says what is gone, or that there is nothing.
    if (misfits.length === 0) await this.conclude(seen);
    const all = [...misfits, ...failures];
    const [first] = all;
    if (first === undefined) return;
    // What every resource suffers from is said as it is: a missing permission, for example.
    if (isServiceError(first) && all.length === seen.size) throw first;
    throw new IncompleteError(
      `Evaluating ${seen.size} resources failed in ${all.length === 1 ? "one place" : `${all.length} places`}. The first: ${first.message}`,
    );
  }

  /** What follows from the list itself, when all of it was looked at. */
  private async conclude(seen: ReadonlySet<string>): Promise<void> {
    const { event, reporter } = this.parts;
    if (seen.size === 0) {
      // Whether AWS Config takes an empty list is not documented.
      await reporter.add({
        resourceType: ACCOUNT_TYPE,
        resourceId: event.accountId,
        compliance: "NOT_APPLICABLE",
        annotation: "The account has no resource that the rule evaluates.",
      });
      await reporter.flush();
    }
    if (!reporter.isTest) await reporter.retire(seen);
  }

  /** Why a list is wrong that yields a resource; `undefined` when it is not. */
  private misfitOf(subject: Subject<F>, seen: ReadonlySet<string>): ControlFailure | undefined {
    const { control } = this.parts.definition;
    const label = `${subject.resourceType} "${subject.resourceId}"`;
    if (!control.resourceTypes.includes(subject.resourceType))
      return new ControlFailure(`${label} is not of a type that "${control.name}" declares.`);
    return seen.has(keyOf(subject))
      ? new ControlFailure(`"${control.name}" found ${label} twice.`)
      : undefined;
  }

  private async evaluateSubject(subject: Subject<F>, seen: Set<string>, failures: Error[]): Promise<void> {
    const { resourceType, resourceId } = subject;
    seen.add(keyOf(subject));
    let result: Result;
    try {
      const facts = await this.reading(subject, subject.facts);
      result = this.result({ resourceType, resourceId }, () => facts);
    } catch (error) {
      // One resource without a verdict, unless the time is over for all of them.
      if (error instanceof DeadlineError || !(error instanceof Error)) throw error;
      failures.push(error);
      return;
    }
    await this.attempt(failures, () => this.parts.reporter.add(result));
  }

  /** What AWS Config does not take is noted, and the rest goes on. */
  private async attempt(failures: Error[], report: () => Promise<void>): Promise<void> {
    try {
      await report();
    } catch (error) {
      if (!(error instanceof IncompleteError)) throw error;
      failures.push(error);
    }
  }

  /** What an author's code reads from AWS, in time; its own errors are named, those of AWS stay. */
  private async reading<V>(
    of: Pick<Result, "resourceType" | "resourceId">,
    work: () => Promise<V>,
  ): Promise<V> {
    const { deadline, definition } = this.parts;
    try {
      return await deadline.within(`reading ${of.resourceType} "${of.resourceId}"`, work);
    } catch (error) {
      if (isServiceError(error) || error instanceof DeadlineError || isControlFailure(error)) throw error;
      // Network errors of the SDK have `$metadata` too.
      if (error instanceof Error && "$metadata" in error) throw error;
      throw failureOf(definition.control.name, "mapping", error);
    }
  }

  private result(subject: Pick<Result, "resourceType" | "resourceId">, map: () => F): Result {
    const { definition, deadline, log, predicateMilliseconds } = this.parts;
    const { control } = definition;
    const outcome = stoppable(control.name, Math.min(predicateMilliseconds, deadline.left()), (): Outcome => {
      let facts: F;
      try {
        facts = map();
      } catch (error) {
        throw failureOf(control.name, "mapping", error);
      }
      return judged(control, facts, this.parameters);
    });
    const message = messageOf(outcome);
    if (outcome.verdict !== "UNDECIDED")
      return { ...subject, compliance: outcome.verdict, annotation: message };
    log.line("warn", "undecided", { resourceType: subject.resourceType, resourceId: subject.resourceId });
    return { ...subject, compliance: "NOT_APPLICABLE", annotation: `Undecided: ${message}` };
  }

  private mistriggered(by: string, needed: string): CallerError {
    return new CallerError(
      "InvalidParameterValueException",
      `The rule is triggered by ${by}, but "${this.parts.definition.control.name}" is evaluated by ${needed} only. Change the rule's trigger.`,
    );
  }
}

const subjectOf = ({ resourceType, resourceId }: ItemHead): Pick<Result, "resourceType" | "resourceId"> => ({
  resourceType,
  resourceId,
});

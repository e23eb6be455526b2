import { ACCESS_PARAMETERS } from "../custom/access-parameters";
import type { CustomControl } from "../custom/control";
import type { ConfigurationItem } from "../custom/items";
import type { ParameterSchema } from "../custom/parameters";
import type { ClientConfig, Clients } from "./access";

/** A resource that a schedule's run found. */
export interface Subject<F> {
  readonly resourceType: string;
  readonly resourceId: string;
  /** Reads the facts. One that fails is one resource without a verdict; the others go on. */
  readonly facts: () => Promise<F>;
}

/**
 * How a control gets its facts in AWS. Everything beside the predicate: what to read, and how to map it.
 * @typeParam F - The facts.
 * @typeParam C - The AWS clients.
 * @typeParam R - What is read beside the item.
 * @typeParam T - The resource type, where the item's configuration is to be typed.
 */
export interface RuleDefinition<
  F extends object,
  S extends ParameterSchema,
  C extends Clients = Clients,
  R = undefined,
  T extends string = string,
> {
  readonly control: CustomControl<F, S>;
  /** Makes the clients for whosever permissions the rule works with. */
  readonly clients?: (config: ClientConfig) => C;
  /** Reads what the item does not hold; every call's action stands in the control's `sources`. */
  readonly read?: (item: ConfigurationItem<T>, clients: C) => Promise<R>;
  /** Maps the item, and what was read, to the facts. Absent: changes do not trigger the rule. */
  readonly fromItem?: (item: ConfigurationItem<T>, read: R) => F;
  /** Finds all resources of the account. Absent: a schedule does not trigger the rule. */
  readonly list?: (account: string, clients: C) => AsyncIterable<Subject<F>>;
}

/**
 * Refuses a definition that cannot work.
 * @throws Error naming the control: a mistake of its author.
 */
export function checkDefinition<
  F extends object,
  S extends ParameterSchema,
  C extends Clients,
  R,
  T extends string,
>(definition: RuleDefinition<F, S, C, R, T>): void {
  const { control, fromItem, list } = definition;
  if (fromItem === undefined && list === undefined) {
    throw new Error(
      `The rule of "${control.name}" has neither "fromItem" nor "list", so that nothing triggers it.`,
    );
  }
  const taken = Object.keys(ACCESS_PARAMETERS).filter((name) => Object.hasOwn(control.parameters, name));
  if (taken.length > 0) {
    throw new Error(
      `The parameter "${taken[0]}" of "${control.name}" has a name that every rule uses for itself.`,
    );
  }
}

import type { CustomCase } from "../../rules/custom/cases";
import type { CustomControl } from "../../rules/custom/control";
import type { ParameterSchema } from "../../rules/custom/parameters";
import type { Policy, Reader } from "../../rules/engine";
import type { Clients, RuleDefinition } from "../../rules/lambda";

/** How a rule reads and maps, of whatever facts. */
export type AnyDefinition = RuleDefinition<object, ParameterSchema, Clients, unknown>;

/** What the folder of a custom control exports. */
export interface Folder {
  readonly control: CustomControl<object>;
  /** Absent for a control that says why it is only detected. */
  readonly preventivePolicy?: Policy<object>;
  /** Present where the facts come from one resource of the program. */
  readonly fromInputs?: (resource: Reader<unknown>) => object;
  /** Present where a schedule's run reads what decides. */
  readonly fromAccount?: (read: unknown) => object;
  readonly cases: readonly CustomCase<unknown>[];
  readonly definition: AnyDefinition;
}

import type { Policy } from "../engine/policy";
import type { CustomCase } from "./cases";
import type { CustomControl } from "./control";
import type { ParameterSchema } from "./parameters";

/** A custom control as everything outside its folder sees it, with its policy where one decides before the deployment. */
export interface RegisteredControl {
  readonly control: Omit<CustomControl<object>, "judge">;
  readonly policy?: Policy;
  /** Of a control of another package: its examples. Those of this project are in `rules/cases`. */
  readonly cases?: readonly CustomCase<unknown>[];
  /** Of a control of another package: the folder with its compiled function, as an absolute path. */
  readonly bundle?: string;
}

/** What the folder of a control exports. The types of facts and parameters end here: each policy knows its own. */
export function registered<F extends object, S extends ParameterSchema, P>({
  control,
  preventivePolicy: policy,
}: {
  readonly control: CustomControl<F, S>;
  readonly preventivePolicy?: Policy<P>;
}): RegisteredControl {
  return policy === undefined ? { control } : { control, policy };
}

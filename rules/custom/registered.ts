import type { Policy } from "../engine/policy";
import type { CustomControl } from "./control";
import * as lambdaFunctionUrlIam from "./lambda-function-url-iam";
import type { ParameterSchema } from "./parameters";

/** The custom controls that are shipped, each with its policy where something can be decided before the deployment. */

export interface RegisteredControl {
  readonly control: Omit<CustomControl<object>, "judge">;
  readonly policy?: Policy;
}

/** What the folder of a control exports. The types of facts and parameters end here: each policy knows its own. */
function registered<F extends object, S extends ParameterSchema, P>({
  control,
  preventivePolicy: policy,
}: {
  readonly control: CustomControl<F, S>;
  readonly preventivePolicy?: Policy<P>;
}): RegisteredControl {
  return policy === undefined ? { control } : { control, policy };
}

/** By name in alphabetical order. */
export const customControls: readonly RegisteredControl[] = [registered(lambdaFunctionUrlIam)];

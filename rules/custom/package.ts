import type { Policy } from "../engine/policy";
import type { CustomCase } from "./cases";
import type { RegisteredControl } from "./register";

/** What a package of an organisation's own controls exports. */

/**
 * The version of what controls are written with. It is raised when a control that was compiled before would not work,
 * or would say something else.
 */
export const KIT_VERSION = 1;

/** A control of a package: what its folder exports, without what its function alone needs. */
export interface PackagedControl {
  readonly control: RegisteredControl["control"];
  /** Absent for a control that says in `detectOnly` why it is only detected. */
  readonly preventivePolicy?: Policy;
  /** Shown by `compliance explain`. */
  readonly cases: readonly CustomCase<unknown>[];
}

/** All controls of a package. */
export interface ControlPackage {
  /** {@link KIT_VERSION} when the package was compiled. */
  readonly kit: number;
  readonly controls: readonly PackagedControl[];
}

/**
 * Makes what the module of a package exports as `controls`.
 *
 * @example
 * ```ts
 * export const controls = controlPackage([{ ...logGroupRetention, cases }]);
 * ```
 */
export const controlPackage = (controls: readonly PackagedControl[]): ControlPackage => ({
  kit: KIT_VERSION,
  controls,
});

import { policyConfig as configOf } from "../../rules";
import type { Io } from "../io";
import { deliver } from "../output";
import { selectionFrom } from "../selection";
import { chosenSelection } from "../sources/selection";
import type { SelectionChoice } from "../sources/selection";
import { noteStackBesideSelection } from "./ignored";

export interface PolicyConfigOptions extends SelectionChoice {
  /** A file instead of standard output. */
  readonly output?: string | undefined;
  /** Today, as `YYYY-MM-DD` in UTC. */
  readonly today: string;
}

/**
 * `compliance policy-config`: prints the configuration of the policy pack for a selection, as
 * `pulumi preview --policy-pack-config FILE` reads it. It is JSON, whatever the format of the selection.
 * @throws UsageError with all problems of the selection.
 */
export function policyConfig(options: PolicyConfigOptions, io: Io): number {
  const selection = selectionFrom(chosenSelection(options), {}, options.today);
  noteStackBesideSelection(options, io);
  deliver(`${JSON.stringify(configOf(selection), null, 2)}\n`, options.output, io);
  return 0;
}

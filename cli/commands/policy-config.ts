import { join, relative } from "node:path";
import { policyConfig as configOf } from "../../rules";
import type { Io } from "../io";
import { deliver } from "../output";
import { DEFAULT_SELECTION, projectFolder } from "../project";
import { selectionFrom } from "../selection";
import { readSelectionFile } from "../selection-file";

export interface PolicyConfigOptions {
  /** A selection file; without it the default selection of this project. */
  readonly selection?: string;
  /** A file instead of standard output. */
  readonly output?: string;
  /** Today, as `YYYY-MM-DD` in UTC. */
  readonly today: string;
}

/**
 * `compliance policy-config`: prints the configuration of the policy pack for a selection, as
 * `pulumi preview --policy-pack-config FILE` reads it. It is JSON, whatever the format of the selection.
 * @throws UsageError with all problems of the selection.
 */
export function policyConfig(options: PolicyConfigOptions, io: Io): number {
  const path = options.selection ?? relative("", join(projectFolder(), DEFAULT_SELECTION));
  const selection = selectionFrom(readSelectionFile(path), {}, options.today);
  deliver(`${JSON.stringify(configOf(selection), null, 2)}\n`, options.output, io);
  return 0;
}

import { readInputs } from "../estimate/inputs";
import type { InputFlags } from "../estimate/inputs";
import { estimateJson } from "../estimate/json";
import { reportOf } from "../estimate/report";
import { estimateText } from "../estimate/text";
import type { Io } from "../io";
import { printFacts } from "./format";
import type { FactOptions } from "./format";

/** The flags of `compliance estimate`. */
export interface EstimateOptions extends FactOptions, InputFlags {
  /** Today, as `YYYY-MM-DD` in UTC. */
  readonly today: string;
}

/**
 * `compliance estimate`: what the selection costs in a month, by a usage file of resource counts and change rates.
 * @throws UsageError with all problems of a file, or when the estimate is over 2^53 - 1 micro-dollars.
 */
export function estimate(options: EstimateOptions, io: Io): number {
  const report = reportOf(readInputs(options, options.today));
  printFacts(estimateJson(report), (colours) => estimateText(report, colours), options, io);
  return 0;
}

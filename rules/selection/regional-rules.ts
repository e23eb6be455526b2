import { findRule } from "../registry";
import { configRules } from "./config-rules";
import type { ConfigRule } from "./config-rules";
import type { Selection } from "./types";

/** Rules about the account as a whole that would say the same in every region. */
const ACCOUNT_WIDE: readonly string[] = [
  "ACCOUNT_PART_OF_ORGANIZATIONS",
  "SECURITY_ACCOUNT_INFORMATION_PROVIDED",
];
/** The one IAM rule whose subject, an analyzer, belongs to a region. */
const REGIONAL_IAM: readonly string[] = ["IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED"];

/**
 * The rules of a selection for one region: those that exist there, and the ones about IAM and the account only in the
 * home region, where the global types are recorded. Elsewhere they would be billed again and say nothing new.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export function regionalRules(
  selection: Selection,
  region: string,
  homeRegion: string,
): readonly ConfigRule[] {
  const here = configRules(selection, region);
  if (region === homeRegion) return here;
  const atHome = new Set(configRules(selection, homeRegion).map(({ identifier }) => identifier));
  return here.filter(({ identifier }) => !(isGlobalRule(identifier) && atHome.has(identifier)));
}

/** Whether a rule speaks of IAM or of the account, so that one region is enough. */
export function isGlobalRule(identifier: string): boolean {
  if (ACCOUNT_WIDE.includes(identifier)) return true;
  return findRule(identifier)?.service === "iam" && !REGIONAL_IAM.includes(identifier);
}

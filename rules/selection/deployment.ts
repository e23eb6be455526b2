import { isAvailableIn } from "../catalog";
import type { Rule } from "../registry";
import type { Problems } from "./problems";
import type { SelectedControl } from "./types";

/** AWS's limit of rules in one account and region. */
const MAX_RULES = 1000;

/** What AWS Config would refuse. */
export function checkDeployment(
  controls: readonly SelectedControl[],
  regions: readonly string[],
  named: readonly (readonly [string, Rule])[],
  at: (name: string) => string,
  problems: Problems,
): void {
  for (const { rule, missing } of controls) {
    for (const name of missing) {
      problems.add(
        `${at("parameters")}.${rule.identifier}.${name}`,
        `${rule.identifier} needs this parameter, which has no default. Set it, or exclude the control.`,
      );
    }
  }
  for (const [place, rule] of named) {
    if (rule.status === "processCheck" || rule.status === "unlisted") {
      problems.add(place, `${rule.identifier} cannot be deployed as a rule of its own. Remove it.`);
    }
    // In the regions that lack it the rule is left out; where all of them do, it would never detect anything.
    if (regions.length > 0 && !regions.some((region) => isAvailableIn(rule, region))) {
      const where =
        rule.regionsOnly === undefined
          ? `every region except ${(rule.regionsExcept ?? []).join(", ")}`
          : rule.regionsOnly.join(", ");
      const message = `${rule.identifier} does not exist in ${regions.join(", ")}. It exists in ${where}.`;
      problems.add(place, `${message} Remove it, or add a region.`);
    }
  }
  if (controls.length > MAX_RULES) {
    problems.add(
      at("controls"),
      `The selection has ${controls.length} rules. AWS Config allows ${MAX_RULES} in an account and region. Exclude some.`,
    );
  }
}

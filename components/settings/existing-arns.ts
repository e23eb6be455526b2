import type { Problems } from "../../rules/selection/problems";
import { parseArn } from "../arns";
import { show } from "../limits";
import type { Problem } from "../problems";
import type { Place } from "./place";
import type { Section } from "./section";

/** Something that exists in a region and is not touched. */
export interface Existing {
  readonly existing: { readonly arn: string };
}

/**
 * An entry that is `create`, which has no settings, or `existing`: a list of ARNs, one for each region of the stack,
 * where each serves the region that it names.
 *
 * @param check - what is wrong with an ARN for a region
 */
export function existingArns(
  section: Section,
  name: string,
  { regions }: Place,
  problems: Problems,
  check: (path: string, arn: string, region: string) => readonly Problem[],
): ReadonlyMap<string, Existing> {
  const found = new Map<string, Existing>();
  if (!section.has(name)) return found;
  const choice = section.section(name, ["create", "existing"]);
  if (choice.choice(["create", "existing"]) !== "existing") {
    choice.section("create", []);
    return found;
  }
  const existing = choice.section("existing", ["arns"]);
  let isComplete = true;
  for (const [index, arn] of (existing.texts("arns") ?? []).entries()) {
    const path = `${existing.at("arns")}[${index}]`;
    const region = parseArn(arn)?.region ?? regions[0] ?? "";
    const [problem] = check(path, arn, region);
    if (problem !== undefined) {
      // It says nothing of its region, so that the others cannot be told to be too few.
      isComplete = false;
      problems.add(path, problem.message);
    } else if (!regions.includes(region)) {
      const fix = "Remove it, or add the region";
      problems.add(path, `It is in ${show(region)}, which is not in "regions". ${fix}.`);
    } else if (found.has(region)) {
      problems.add(path, `${show(region)} has one already. Keep one a region.`);
    } else found.set(region, { existing: { arn } });
  }
  const missing = isComplete ? regions.filter((region) => !found.has(region)) : [];
  for (const region of missing) {
    existing.refuse("arns", `None is in ${show(region)}. Give one for each of "regions".`);
  }
  return found;
}

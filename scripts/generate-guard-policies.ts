/**
 * Generates `rules/catalog/generated/guard-policies.json` from `rules/guard/*.guard`, so that a command that was bundled
 * has the policies too. Run by `npm run generate`; a test asserts that nothing drifts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { guardControls, policyPath } from "../rules/guard";

const root = join(__dirname, "..");

/** The text of each policy, by the name of its control. */
export function generateGuardPolicies(): string {
  const texts = guardControls.map(({ name }) => [name, readFileSync(join(root, policyPath(name)), "utf8")]);
  return `${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`;
}

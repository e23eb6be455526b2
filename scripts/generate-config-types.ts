/**
 * Generates `rules/catalog/generated/config-types.json`: the resource types that AWS Config knows, by AWS's SDK and by the
 * managed rules, which also evaluate types that it does not record. Run by `npm run generate`; a test asserts that nothing
 * drifts.
 */
import recordableTypes from "../rules/catalog/source/recordable-types.json";
import { managedRules } from "../rules";

/** One type a line. */
export function generateConfigTypes(): string {
  const evaluated = managedRules().flatMap(({ resourceTypes }) => resourceTypes);
  const types = [...new Set([...recordableTypes, ...evaluated, "AWS::::Account"])].sort();
  return `${JSON.stringify(types, null, 2)}\n`;
}

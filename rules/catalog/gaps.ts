/* eslint-disable @typescript-eslint/no-require-imports -- loaded when first asked for, like the other parts of the catalogue */
let gaps: ReadonlyMap<string, string> | undefined;

/**
 * Why a rule cannot be prevented, as a sentence: what decides about it exists only at run time, or `@pulumi/aws` has no
 * such resource or property. `undefined` when nothing stands in the way of a policy.
 */
export function gapOf(identifier: string): string | undefined {
  gaps ??= new Map(Object.entries(require("./generated/gaps.json") as Readonly<Record<string, string>>));
  return gaps.get(identifier);
}

import type { Problems } from "./problems";

/** The packages that a selection names, as written; what is wrong with the list goes to `problems`. */
export function packageNames(
  value: unknown,
  path: string,
  problems: Problems,
): readonly (readonly [string, string])[] {
  const seen = new Set<string>();
  return problems.list(path, value).flatMap(([place, item]) => {
    const name = problems.text(place, item, "The name or path of a package");
    if (name === undefined) return [];
    if (!seen.has(name)) {
      seen.add(name);
      return [[place, name] as const];
    }
    problems.add(place, `The package "${name}" is in the list already. Remove one of them.`);
    return [];
  });
}

import { didYouMean } from "../catalog";
import type { CustomControl } from "./control";

/** The names of resource types in the metadata of a control: AWS Config takes a rule for any, and never asks it. */

/** The types that AWS Config knows. The list is long, and asked for where controls are loaded that somebody else wrote. */
const knownTypes = (): readonly string[] =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above; made by `npm run generate`
  (loaded ??= require("../catalog/generated/config-types.json") as readonly string[]);
let loaded: readonly string[] | undefined;

/**
 * What is wrong with the resource types of a control, by their place: full sentences. Where settings name a type that is
 * not known, a warning does, for AWS adds some every month. A control is code and its type decides whether it is ever
 * asked, so that its author says that the name is meant.
 */
export function resourceTypeProblems({
  resourceTypes,
  newResourceTypes = [],
}: Pick<CustomControl<object>, "resourceTypes" | "newResourceTypes">): readonly (readonly [
  string,
  string,
])[] {
  const unknown = resourceTypes.flatMap((type, index): (readonly [string, string])[] => {
    if (newResourceTypes.includes(type) || knownTypes().includes(type)) return [];
    const hint = didYouMean(type, knownTypes());
    const told = hint === undefined ? "" : ` ${hint}`;
    const message = `AWS Config knows no resource type "${type}", as far as this version can tell.${told} If AWS has added it since, name it in "newResourceTypes" too.`;
    return [[`resourceTypes[${index}]`, message]];
  });
  const unused = newResourceTypes.flatMap((type, index): (readonly [string, string])[] => {
    if (resourceTypes.includes(type)) return [];
    return [
      [`newResourceTypes[${index}]`, `"${type}" is not among "resourceTypes". Add it there, or remove it.`],
    ];
  });
  return [...unknown, ...unused];
}

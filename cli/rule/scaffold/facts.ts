import type { Sample } from "../../../rules/samples";

/** What a new control is about: a fact of its type's sample, which its predicate judges until an author writes another. */

/** A scalar of the resource. */
export interface ScalarFact {
  readonly kind: "number" | "string" | "boolean";
  /** The last step of the path in the inputs. */
  readonly name: string;
  /** Where it is in the inputs, and in the configuration item. */
  readonly input: string;
  readonly recorded: string;
  /** What the sample has: the good value. */
  readonly good: string | number | boolean;
  /** Another value. */
  readonly bad: string | number | boolean;
}

/** A tag, where a resource has nothing else that both worlds tell. */
export interface TagFact {
  readonly kind: "tag";
  readonly key: string;
  readonly value: string;
}

export type ScaffoldFact = ScalarFact | TagFact;

/** A new control. */
export interface Scaffold {
  readonly name: string;
  readonly sample: Sample;
  readonly fact: ScaffoldFact;
  /** Whether a schedule triggers it, instead of changes. */
  readonly isPeriodic: boolean;
}

/**
 * The fact that a new control of a type is about.
 * @throws Error for a sample that has none: a mistake in the sample.
 */
export function factOf({ configType, shared, inputs, item }: Sample): ScaffoldFact {
  if (shared === undefined) {
    const tag = Object.entries(item.tags).at(-1);
    if (tag === undefined)
      throw new Error(`The sample of ${configType} has neither a shared scalar nor tags.`);
    return { kind: "tag", key: tag[0], value: tag[1] };
  }
  const [input, recorded] = shared;
  const good = input.split(".").reduce<unknown>((value, step) => Reflect.get(Object(value), step), inputs);
  const name = input.slice(input.lastIndexOf(".") + 1);
  switch (typeof good) {
    case "number":
      return { kind: "number", name, input, recorded, good, bad: good + 1 };
    case "boolean":
      return { kind: "boolean", name, input, recorded, good, bad: !good };
    case "string":
      return { kind: "string", name, input, recorded, good, bad: `not-${good}` };
    default:
      throw new Error(`The sample of ${configType} has no scalar at "${input}".`);
  }
}

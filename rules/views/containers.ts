import type { ResourceArgs } from "../catalog/generated/resource-types";
import {
  fromJson,
  Reader,
  Secret,
  all,
  holdsSecret,
  isList,
  isProperties,
  isUnknown,
  reveal,
  undecided,
} from "../engine";
import type { Context, Outcome, Reason, Value } from "../engine";

/** The containers of an ECS task definition, which come as JSON text. */

/** What controls read of a container definition. */
export interface Container {
  readonly name?: string;
  readonly environment?: readonly { readonly name?: string }[];
  readonly logConfiguration?: { readonly logDriver?: string };
  readonly memory?: number;
  readonly privileged?: boolean;
  readonly readonlyRootFilesystem?: boolean;
  readonly user?: string;
}

type Task = Reader<ResourceArgs["aws:ecs/taskDefinition:TaskDefinition"]>;

const PROPERTY = "containerDefinitions";

/** The provider takes names of settings in any case; AWS writes them with a small first letter. */
const withSmallNames = (container: Value): Value =>
  isProperties(container)
    ? Object.fromEntries(
        Object.entries(container).map(([name, value]) => [
          name.charAt(0).toLowerCase() + name.slice(1),
          value,
        ]),
      )
    : container;

/** The list of containers, as far as it is one. */
type Listed = "unknown" | "invalid" | { readonly values: readonly Value[]; readonly isSecret: boolean };

function listed({ node }: Context): Listed {
  const raw = node.inputs[PROPERTY] ?? null;
  const inner = reveal(raw);
  if (isUnknown(inner)) return "unknown";
  const list = fromJson(inner);
  return isList(list) ? { values: list, isSecret: holdsSecret(raw) } : "invalid";
}

/**
 * Every container satisfies a condition. Findings are told apart by the names of the containers. Containers that are
 * not known, and text that is no list in JSON, leave it undecided. Settings of a secret list are not shown.
 */
export function everyContainer(
  task: Task,
  context: Context,
  condition: (container: Reader<Container>) => Outcome,
): Outcome {
  const list = listed(context);
  const unreadable: Reason = {
    property: PROPERTY,
    found: `"${PROPERTY}" is not known yet`,
    fix: "write a list of container definitions in JSON",
  };
  if (list === "unknown") return undecided(unreadable);
  if (list === "invalid")
    return undecided({ ...unreadable, found: `"${PROPERTY}" is no list in JSON`, refused: true });
  const outcomes = list.values.map((value, index) => {
    const inner = reveal(value);
    if (isUnknown(inner)) return undecided(unreadable);
    const small = withSmallNames(inner);
    const container = new Reader<Container>(
      task.token,
      list.isSecret ? new Secret(small) : small,
      `${PROPERTY}[${index}]`,
    );
    return keyed(condition(container), list.isSecret ? undefined : container.value("name"));
  });
  return all(...outcomes);
}

function keyed(outcome: Outcome, name: unknown): Outcome {
  if (typeof name !== "string" || outcome.reasons.length === 0) return outcome;
  return { ...outcome, reasons: outcome.reasons.map((reason) => ({ ...reason, key: name })) };
}

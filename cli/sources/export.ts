import { ResourceGraph } from "../../rules";
import { UsageError } from "../errors";
import { isObject, own } from "./json";
import type { Json } from "./json";
import { checked, resourceFacts } from "./resources";
import type { Source } from "./types";

/** The first version that holds inputs and outputs apart. */
const FIRST_VERSION = 3;

/** Whether a document is what `pulumi stack export` writes, or a checkpoint of a self-managed backend. */
export function isExport(document: Json): boolean {
  return Object.hasOwn(document, "deployment") || Object.hasOwn(document, "checkpoint");
}

/**
 * The resources of a state file.
 * @throws UsageError when the version is too old, or the state is damaged.
 */
export function readExport(document: Json, name: string): Source {
  const version = own(document, "version");
  if (typeof version !== "number" || !Number.isInteger(version) || version < FIRST_VERSION) {
    throw new UsageError(
      `The deployment has ${version === undefined ? "no version" : `the version ${JSON.stringify(version)}`}. ` +
        `Allowed is ${FIRST_VERSION} or later. Export the stack again with a current Pulumi CLI.`,
      name,
    );
  }
  const { place, resources } = resourcesOf(document, name);
  const listed = resources.map((value, index) => ({
    facts: resourceFacts(value, name, `${place}[${index}]`),
    doomed: isObject(value) && own(value, "delete") === true,
  }));
  return {
    name,
    kind: "export",
    graph: new ResourceGraph(checked(listed, name, true)),
    file: name,
    notes: [],
    opaque: [],
  };
}

/** A stack that was never deployed has no resources at all. */
function resourcesOf(
  document: Json,
  name: string,
): { readonly place: string; readonly resources: readonly unknown[] } {
  const checkpoint = own(document, "checkpoint");
  const [place, deployment] = Object.hasOwn(document, "deployment")
    ? ["deployment", own(document, "deployment")]
    : ["checkpoint.latest", isObject(checkpoint) ? own(checkpoint, "latest") : null];
  if (deployment === null || deployment === undefined) return { place, resources: [] };
  const resources = isObject(deployment) ? own(deployment, "resources") : undefined;
  if (isObject(deployment) && (resources === undefined || resources === null))
    return { place, resources: [] };
  if (!Array.isArray(resources)) {
    throw new UsageError(
      `"${place}${isObject(deployment) ? ".resources" : ""}" is not ${isObject(deployment) ? "a list" : "an object"}. ` +
        "The file is damaged, or was not written by Pulumi. Export the stack again.",
      name,
    );
  }
  return { place: `${place}.resources`, resources };
}

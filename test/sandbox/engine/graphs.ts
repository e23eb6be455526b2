import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { recordProgram } from "../../../cli/sources/program";
import { listOf, objectOf, parseJson, textOf, textsOf } from "../json";
import type { Stack } from "./stack";

/** What ties a resource to others, as lines that can be compared. */
export type Ties = Readonly<Record<string, unknown>>;

/** The resources of a program by URN, each with its ties. */
export type Graph = Readonly<Record<string, Ties>>;

const ROOT = "pulumi:pulumi:Stack";

/**
 * Properties whose dependencies are not compared. The document is written by a function of a bucket's name; a name that
 * the provider makes up is known to the engine and not offline, so that only there the function runs and names more.
 */
const NOT_COMPARED: Readonly<Record<string, string>> = { "aws:s3/bucketPolicy:BucketPolicy": "policy" };

interface Registered {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string | undefined;
  readonly dependencies?: readonly string[] | undefined;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What the command records of a program offline. */
export async function recordedGraph(folder: string, stack: string): Promise<Graph> {
  const source = await recordProgram(folder, path.join(folder, "Pulumi.yaml"), {
    stack,
    timeoutSeconds: 600,
    stdin: process.stdin,
    env: { PATH: path.dirname(process.execPath), AWS_REGION: "us-east-1" },
    onProgress: () => undefined,
  });
  return graphOf(source.graph.nodes.map(({ facts }) => facts));
}

/** What the real engine plans for a program. */
export async function plannedGraph(stack: Stack): Promise<Graph> {
  const done = await stack.cli(["preview", "--json", "--show-sames", "--stack", stack.name]);
  if (done.status !== 0)
    throw new Error(`The preview of ${stack.folder} failed:\n${done.stdout}${done.stderr}`);
  const steps = listOf(objectOf(parseJson(done.stdout, "The preview"))["steps"]);
  return graphOf(
    steps.map((step) => {
      const state = objectOf(objectOf(step)["newState"]);
      const properties = Object.entries(objectOf(state["propertyDependencies"]));
      return {
        urn: textOf(state["urn"]),
        type: textOf(state["type"]),
        parent: textOf(state["parent"]),
        dependencies: textsOf(state["dependencies"]),
        propertyDependencies: Object.fromEntries(properties.map(([name, urns]) => [name, textsOf(urns)])),
      };
    }),
  );
}

/** Providers are left out: which one is the default depends on the engine's version, and no control asks for it. */
function graphOf(resources: readonly Registered[]): Graph {
  const own = resources.filter(({ type }) => type !== ROOT && !type.startsWith("pulumi:providers:"));
  const ties = own.map((resource): [string, Ties] => [resource.urn, tiesOf(resource)]);
  return Object.fromEntries(ties.sort(([a], [b]) => a.localeCompare(b)));
}

function tiesOf({ type, parent = "", dependencies = [], propertyDependencies = {} }: Registered): Ties {
  const left = NOT_COMPARED[type];
  const properties = Object.entries(propertyDependencies)
    .filter(([name, urns]) => urns.length > 0 && name !== left)
    .map(([name, urns]): [string, readonly string[]] => [name, sorted(urns)])
    .sort(([a], [b]) => a.localeCompare(b));
  const kept = properties.flatMap(([, urns]) => urns);
  const uncertain = left === undefined ? [] : (propertyDependencies[left] ?? []);
  return {
    type,
    // A resource without a parent is the stack's, whether or not that is written.
    parent: parent.includes(`::${ROOT}::`) ? "" : parent,
    dependencies: sorted(dependencies.filter((urn) => kept.includes(urn) || !uncertain.includes(urn))),
    properties: Object.fromEntries(properties),
  };
}

function sorted(urns: readonly string[]): readonly string[] {
  return [...new Set(urns)].sort();
}

/** What two graphs say differently, one line a resource; empty where they agree. */
export function graphDifference(recorded: Graph, planned: Graph): readonly string[] {
  const urns = [...new Set([...Object.keys(recorded), ...Object.keys(planned)])];
  return urns
    .filter((urn) => !isDeepStrictEqual(recorded[urn], planned[urn]))
    .map(
      (urn) =>
        `${urn}\n  offline: ${JSON.stringify(recorded[urn])}\n  engine:  ${JSON.stringify(planned[urn])}`,
    );
}

/** The folders of the programs below a folder, for example of every example. */
export function programsBelow(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "Pulumi.yaml" && !file.includes("node_modules"))
    .map((file) => path.dirname(file))
    .sort();
}

import type { ResourceGraph, ResourceNode } from "../../rules";
import { isTokenOfConfigType, reveal } from "../../rules";
import { UsageError } from "../errors";
import { isExport, readExport } from "../sources/export";
import { decode, isObject, lineAndColumn, own } from "../sources/json";
import { errorOffset } from "../sources/json-error";
import type { Json } from "../sources/json";
import { readSource, readStream } from "../sources/read";

/** A rule as a stack's state has it. */
export interface StackRule {
  /** The name in AWS Config. */
  readonly name: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** The rule belongs to the home region: its logical name has no suffix. */
  readonly isHome: boolean;
  /** When Pulumi last created or updated it; unknown in states that were written before 2023. */
  readonly changed: Date | undefined;
}

/** The state of a stack: what exemptions by URN mean, and when rules changed. */
export interface StackState {
  readonly name: string;
  readonly graph: ResourceGraph;
  readonly rules: readonly StackRule[];
  /** The accounts that the ARNs of its resources name; none where no resource has one. */
  readonly accounts: ReadonlySet<string>;
}

const RULE = "aws:cfg/rule:Rule";
const WANTED = 'Give the output of "pulumi stack export".';

/**
 * Reads what `pulumi stack export` wrote.
 * @param path - a file, or `-` for standard input.
 * @throws UsageError when it is something else.
 */
export async function readState(path: string, stdin: NodeJS.ReadableStream): Promise<StackState> {
  const name = path === "-" ? "standard input" : path;
  const bytes = path === "-" ? await readStream(stdin, name) : readSource(path);
  const document = parse(decode(bytes, name), name);
  if (!isExport(document)) throw new UsageError(`The file is no state of a stack. ${WANTED}`, name);
  const { graph } = readExport(document, name);
  const changes = changesIn(document);
  const rules = graph.ofType(RULE).flatMap((node) => stackRule(node, changes.get(node.urn)));
  return { name, graph, rules, accounts: new Set(graph.nodes.flatMap(accountsIn)) };
}

function parse(text: string, name: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const place = `${name}:${lineAndColumn(text, errorOffset(text))}`;
    throw new UsageError(`The file is not JSON. ${WANTED}`, place, { cause: error });
  }
  if (isObject(value)) return value;
  throw new UsageError(`The file is no state of a stack. ${WANTED}`, name);
}

function stackRule(node: ResourceNode, changed: Date | undefined): readonly StackRule[] {
  const name = textOf(node, "name");
  if (name === undefined) return [];
  const [, region, account] = /^arn:[^:]+:config:([^:]+):(\d{12}):/.exec(textOf(node, "arn") ?? "") ?? [];
  return [{ name, region: textOf(node, "region") ?? region, account, isHome: node.name === name, changed }];
}

/** A property of a resource as AWS has it: what the provider answered, else what the program asked for. */
export function textOf(node: ResourceNode, property: string): string | undefined {
  for (const value of [node.output(property), node.inputs[property]]) {
    const text = value === undefined ? undefined : reveal(value);
    if (typeof text === "string" && text !== "") return text;
  }
  return undefined;
}

/** Whether a stack has a resource that AWS Config records under a type, in a region as far as the state tells. */
export function hasResource({ graph }: StackState, type: string, region: string): boolean {
  return graph.nodes.some(
    (node) =>
      node.facts.passive !== true && isTokenOfConfigType(type, node.type) && regionOf(node) === region,
  );
}

function accountsIn(node: ResourceNode): readonly string[] {
  const account = /^arn:[^:]+:[^:]*:[^:]*:(\d{12}):/.exec(textOf(node, "arn") ?? "")?.[1];
  return node.facts.passive === true || account === undefined ? [] : [account];
}

/** The region of a resource; `undefined` where neither a property nor the ARN tells. */
export function regionOf(node: ResourceNode): string | undefined {
  const [, , , region = ""] = (textOf(node, "arn") ?? "").split(":");
  return textOf(node, "region") ?? (region === "" ? undefined : region);
}

/** By URN: when a resource was last created or updated. Old copies that wait for their deletion do not count. */
function changesIn(document: Json): ReadonlyMap<string, Date> {
  const checkpoint = own(document, "checkpoint");
  const deployment = own(document, "deployment") ?? (isObject(checkpoint) ? own(checkpoint, "latest") : null);
  const resources = isObject(deployment) ? own(deployment, "resources") : undefined;
  const changes = new Map<string, Date>();
  for (const resource of Array.isArray(resources) ? (resources as readonly unknown[]) : []) {
    if (!isObject(resource) || own(resource, "delete") === true) continue;
    const urn = own(resource, "urn");
    const modified = own(resource, "modified") ?? own(resource, "created");
    const time = typeof modified === "string" ? Date.parse(modified) : Number.NaN;
    if (typeof urn === "string" && !Number.isNaN(time)) changes.set(urn, new Date(time));
  }
  return changes;
}

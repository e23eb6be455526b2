import { reveal } from "../engine";
import type { Reader } from "../engine";
import type { Context, ResourceArgs, ResourceNode, Ternary } from "../engine";

/** The method settings of a stage of a REST API, which are resources of their own. */

const STAGE = "aws:apigateway/stage:Stage";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const API = "aws:apigateway/restApi:RestApi";

/** Settings of some methods; `methodPath` is `*` + `/*` for all. */
export type MethodSettings = Reader<ResourceArgs[typeof SETTINGS]>;

/** Whether two resources name the same API. */
function sameApi(a: ResourceNode, b: ResourceNode, { stack }: Context): Ternary {
  const [one, other] = [a, b].map((node) => stack.targets(node, "restApi", API));
  if (one?.nodes.length === 1 && other?.nodes.length === 1) return one.nodes[0] === other.nodes[0];
  const [first, second] = [a, b].map((node) => reveal(node.inputs["restApi"] ?? null));
  return typeof first === "string" && typeof second === "string" ? first === second : "unknown";
}

/** Settings name their stage by reference, or by its name together with the API. */
function belongsTo(settings: ResourceNode, context: Context): Ternary {
  const { node, stack } = context;
  const { nodes, uncertain } = stack.targets(settings, "stageName", STAGE);
  if (nodes.includes(node)) return uncertain ? "unknown" : true;
  const [name, own] = [settings, node].map((each) => reveal(each.inputs["stageName"] ?? null));
  if (typeof name !== "string" || typeof own !== "string")
    return nodes.length > 0 && !uncertain ? false : "unknown";
  return name === own ? sameApi(settings, node, context) : false;
}

/** The settings of a stage; incomplete when others may belong to it. */
export function settingsOf(context: Context): {
  readonly items: readonly MethodSettings[];
  readonly complete: boolean;
} {
  const facts = context.stack
    .ofType(SETTINGS)
    .map((settings) => ({ settings, fact: belongsTo(settings, context) }));
  return {
    items: facts.filter(({ fact }) => fact === true).map(({ settings }) => settings.reader(SETTINGS)),
    complete: !context.stack.partial && facts.every(({ fact }) => fact !== "unknown"),
  };
}

import type { ResourceArgs } from "../catalog/generated/resource-types";
import {
  both,
  either,
  isUnknown,
  matchesWildcard,
  negate,
  patternsOverlap,
  reveal,
  textsOf,
} from "../engine";
import type { Context, Reader, ResourceNode, Ternary } from "../engine";
import { effectiveTags } from "./tags";

/** Which backup selections of the stack choose a resource. Selections of other stacks cannot be seen. */

const SELECTION = "aws:backup/selection:Selection";

type SelectionReader = Reader<ResourceArgs[typeof SELECTION]>;

/** The service and the resource in the ARNs of each type; the name follows. */
const ARNS: Readonly<Record<string, readonly [service: string, resource: string]>> = {
  "aws:dynamodb/table:Table": ["dynamodb", "table/"],
  "aws:ebs/volume:Volume": ["ec2", "volume/"],
  "aws:ec2/instance:Instance": ["ec2", "instance/"],
  "aws:efs/fileSystem:FileSystem": ["elasticfilesystem", "file-system/"],
  "aws:fsx/lustreFileSystem:LustreFileSystem": ["fsx", "file-system/"],
  "aws:fsx/ontapFileSystem:OntapFileSystem": ["fsx", "file-system/"],
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": ["fsx", "file-system/"],
  "aws:fsx/windowsFileSystem:WindowsFileSystem": ["fsx", "file-system/"],
  "aws:rds/cluster:Cluster": ["rds", "cluster:"],
  "aws:rds/instance:Instance": ["rds", "db:"],
  "aws:s3/bucket:Bucket": ["s3", ""],
};

/** Properties that give a resource the name in its ARN. */
const NAMES: Readonly<Record<string, string>> = {
  "aws:dynamodb/table:Table": "name",
  "aws:rds/cluster:Cluster": "clusterIdentifier",
  "aws:rds/instance:Instance": "identifier",
  "aws:s3/bucket:Bucket": "bucket",
};

/** Whether a pattern of a selection means a resource: by its ARN where that is known, else by its type and name. */
function means(pattern: string, node: ResourceNode): Ternary {
  const arn = reveal(node.output("arn") ?? null);
  if (typeof arn === "string" && arn !== "") return matchesWildcard(pattern, arn);
  if (pattern === "*") return true;
  const [service, resource] = ARNS[node.type] ?? ["", ""];
  const [, , ofService = "*", region = "*", account = "*", ...rest] = pattern.split(":");
  if (!matchesWildcard(ofService, service)) return false;
  const asked = rest.length === 0 ? "*" : rest.join(":");
  const property = NAMES[node.type];
  const given = reveal((property === undefined ? undefined : node.inputs[property]) ?? null);
  const name = typeof given === "string" ? given : node.facts.id;
  const isAll = asked === "*" || asked === `${resource}*`;
  const isNamed: Ternary =
    name !== undefined
      ? matchesWildcard(asked, `${resource}${name}`)
      : patternsOverlap(asked, `${resource}*`) && "unknown";
  // Where a new resource will live is not seen; a name that is given in full means the resource all the same.
  if (!isAll) return isNamed;
  return [region, account].every((part) => part === "*" || part === "") || "unknown";
}

function lists(
  selection: ResourceNode,
  path: "resources" | "notResources",
  node: ResourceNode,
  context: Context,
): Ternary {
  const { nodes, uncertain } = context.stack.targets(selection, path, node.type);
  if (nodes.includes(node) && !uncertain) return true;
  const { items, complete } = selection.reader(SELECTION).texts(path);
  const named = either(...items.map((pattern) => means(pattern, node)));
  if (named === true || complete) return named;
  // What is not known yet was made from other resources of the stack, or it may be this one.
  const dependencies = selection.facts.propertyDependencies?.[path] ?? [];
  const isOther = dependencies.length > 0 && !dependencies.includes(node.urn);
  return isOther ? named : "unknown";
}

/** The value of a tag of the resource; `undefined` where it has none. */
function tagIs(key: string, value: string, context: Context, like: boolean): Ternary {
  const { tags, complete } = effectiveTags(context);
  const tag = tags.get(key.replace(/^aws:ResourceTag\//, ""));
  if (tag === undefined) return complete ? false : "unknown";
  const inner = reveal(tag);
  if (isUnknown(inner)) return "unknown";
  const text = textsOf(inner).items[0] ?? "";
  return like ? matchesWildcard(value, text) : text === value;
}

function pairFact(pair: Reader<{ key: string; value: string }>, context: Context, like: boolean): Ternary {
  const [key, value] = [pair.value("key"), pair.value("value")];
  if (isUnknown(key) || isUnknown(value)) return "unknown";
  return tagIs(textsOf(key).items[0] ?? "", textsOf(value).items[0] ?? "", context, like);
}

/** One of the tags is enough. */
function chosenByTag(selection: SelectionReader, context: Context): Ternary {
  const { items, complete } = selection.each("selectionTags");
  const facts = items.map((tag) => pairFact(tag as Reader<{ key: string; value: string }>, context, false));
  return either(...facts, complete ? false : "unknown");
}

const CONDITIONS = [
  ["stringEquals", false, false],
  ["stringLikes", true, false],
  ["stringNotEquals", false, true],
  ["stringNotLikes", true, true],
] as const;

/** Every condition must hold. */
function meetsConditions(selection: SelectionReader, context: Context): Ternary {
  const { items, complete } = selection.each("conditions");
  const facts = items.flatMap((condition) =>
    CONDITIONS.map(([operator, like, negated]): Ternary => {
      const pairs = (condition as Reader<Record<string, { key: string; value: string }[]>>).each(operator);
      const own = pairs.items.map((pair) => {
        const fact = pairFact(pair, context, like);
        return negated ? negate(fact) : fact;
      });
      return both(...own, pairs.complete ? true : "unknown");
    }),
  );
  return both(...facts, complete ? true : "unknown");
}

/** Whether one selection chooses a resource: by name and conditions, or by a tag, and not left out. */
export function isChosen(selection: ResourceNode, context: Context): Ternary {
  const { node } = context;
  const reader = selection.reader(SELECTION);
  const named = either(lists(selection, "resources", node, context), chosenByTag(reader, context));
  const byConditions: Ternary =
    reader.read("resources").kind === "absent" && reader.read("selectionTags").kind === "absent"
      ? reader.read("conditions").kind !== "absent"
      : false;
  return both(
    either(named, byConditions),
    meetsConditions(reader, context),
    negate(lists(selection, "notResources", node, context)),
  );
}

/** The selections of the stack, each with whether it chooses the resource. */
export function selectionsOf(
  context: Context,
): readonly (readonly [selection: ResourceNode, chosen: Ternary])[] {
  return context.stack.ofType(SELECTION).map((selection) => [selection, isChosen(selection, context)]);
}

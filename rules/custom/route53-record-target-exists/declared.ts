import { hasUnknownName, identitiesOf } from "../../engine/links";
import type { ResourceNode } from "../../engine/graph";
import type { Context } from "../../engine/policy";
import { isList, isProperties, reveal, Secret, UNKNOWN } from "../../engine/values";
import type { Unknown, Value } from "../../engine/values";
import type { Presence, RecordTarget } from ".";
import { bareName, domainName, targetOf } from "./targets";

/** What a program says about the targets of its records. */

export const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";
const BUCKET = "aws:s3/bucket:Bucket";
const WEBSITE = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";

/** They pass a text on, which says nothing about what it names. */
const CARRIERS: ReadonlySet<string> = new Set([
  "aws:ssm/parameter:Parameter",
  "aws:secretsmanager/secretVersion:SecretVersion",
]);

/** The name of a record, as far as it is known. */
interface RecordName {
  /** For messages: the logical name where the other one is not known, or secret. */
  readonly shown: string;
  readonly full?: string;
  /** It stands for all names, which no bucket has. */
  readonly isWildcard: boolean;
  /** The zone is one of the program, so that the full name is beyond doubt. */
  readonly isCertain: boolean;
}

/**
 * The targets of the record that is judged. A value that is made from a resource of the program points at that; of a name
 * that is written out, the program cannot know whether it exists.
 */
export function declaredTargets(context: Context): readonly RecordTarget[] {
  const { node } = context;
  const aliases = listAt(node, "aliases");
  const isAlias = aliases.length > 0;
  const type = isAlias ? "alias" : textIn(node.inputs["type"]);
  const name = nameOf(context);
  const property = isAlias ? "aliases" : "records";
  const makers = makersOf(context, property);
  const given = isAlias ? aliases.map(nameIn) : listAt(node, property);
  const values = given.map(textIn);
  // Of a whole list that is not known, nobody knows how many values it has.
  const unknowns = isList(reveal(node.inputs[property] ?? null))
    ? values.filter((value) => value === undefined).length
    : Infinity;
  const [maker] = makers;
  const bucket = makers.length === 1 && maker !== undefined ? bucketOf(context, maker) : undefined;
  const targetIn = (value: string | undefined, index: number): readonly RecordTarget[] => {
    const of = (label: string, presence: Presence): RecordTarget => ({ record: name.shown, label, presence });
    if (type === undefined) return [of("something of a type that is not known yet", "unknown")];
    if (type !== "alias" && type !== "CNAME" && type !== "A") return [];
    if (value === undefined) {
      if (bucket !== undefined) return [ofBucket(context, name, bucket)];
      return [of("a value that is not known yet", makers.length >= unknowns ? "exists" : "unknown")];
    }
    const target = targetOf(name.full, type, value);
    if (target === undefined) return [];
    if (target.kind === "S3 bucket") return [ofBucket(context, name, bucket)];
    const isMade = makers.some((made) => answers(made, bareName(value)));
    const shown = given[index] instanceof Secret ? "[secret]" : target.name;
    return [{ ...of(`${target.kind} "${shown}"`, isMade ? "exists" : "unknown"), name: target.name }];
  };
  return values.flatMap(targetIn);
}

/**
 * S3 serves the bucket that is named like the record. A record that is made from another bucket of the program points at
 * none, and so does one with `*`, which no bucket's name can hold.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @param made - The bucket from which the record's value is made.
 */
function ofBucket({ stack }: Context, name: RecordName, made: ResourceNode | undefined): RecordTarget {
  const { full, shown, isCertain, isWildcard } = name;
  const target = (presence: Presence, label = `S3 bucket "${shown}"`): RecordTarget => ({
    record: shown,
    label,
    ...(full === undefined ? {} : { name: full }),
    presence,
  });
  if (isWildcard) return target("gone");
  if (full === undefined) return target("unknown");
  const buckets = [...stack.ofType(BUCKET), ...(made === undefined ? [] : [made])];
  if (buckets.some((bucket) => identitiesOf(bucket).includes(full))) return target("exists");
  const isOpen = buckets.some((bucket) => identitiesOf(bucket).length === 0 || hasUnknownName(bucket));
  if (made === undefined || isOpen || !isCertain) return target("unknown");
  return target("gone", `S3 bucket "${shown}" (and not at "${made.name}")`);
}

/** Route 53 appends the zone's name to a record's, unless it is there. */
function nameOf({ stack, node }: Context): RecordName {
  const text = textIn(node.inputs["name"]);
  const nameless = { shown: node.name, isCertain: false, isWildcard: text?.startsWith("*") ?? false };
  if (text === undefined) return nameless;
  const own = domainName(text);
  const { nodes, uncertain } = stack.targets(node, "zoneId", ZONE);
  const [zone, ...others] = nodes;
  const parent = zone?.inputs["name"];
  const isSecret = [node.inputs["name"], parent].some((value) => value instanceof Secret);
  const shownAs = (name: string): string => (isSecret ? node.name : name);
  const partial = { ...nameless, shown: shownAs(own) };
  if (uncertain || others.length > 0) return partial;
  // Of a zone elsewhere, names of one part are taken for the beginning of one.
  if (zone === undefined) return own.includes(".") ? { ...partial, full: own } : partial;
  const zoneName = textIn(parent);
  if (zoneName === undefined) return partial;
  const suffix = domainName(zoneName);
  const isFull = own === suffix || own.endsWith(`.${suffix}`);
  const full = isFull ? own : [own, suffix].filter((part) => part !== "").join(".");
  return { ...nameless, shown: shownAs(full), full, isCertain: true };
}

/** The resources of the program from which a property is made, without those that only pass a text on. */
function makersOf({ stack, node }: Context, property: string): readonly ResourceNode[] {
  const urns = new Set(node.facts.propertyDependencies?.[property] ?? []);
  return [...urns]
    .flatMap((urn) => stack.node(urn) ?? [])
    .filter(({ type }) => type.startsWith("aws:") && !CARRIERS.has(type));
}

/** The bucket that a resource is, or whose website it is. */
function bucketOf({ stack }: Context, maker: ResourceNode): ResourceNode | undefined {
  if (maker.type === BUCKET) return maker;
  return maker.type === WEBSITE ? stack.targets(maker, "bucket", BUCKET).nodes[0] : undefined;
}

/** Whether a domain name or an address is one of a resource's values. */
function answers(node: ResourceNode, name: string): boolean {
  const outputs = Object.keys(node.facts.outputs ?? {}).flatMap((key) => node.output(key) ?? []);
  return [node.inputs, ...outputs].some((value) => holds(value, name));
}

function holds(value: Value, name: string): boolean {
  const inner = reveal(value);
  if (typeof inner === "string") return bareName(inner) === name;
  const parts = isList(inner) ? inner : isProperties(inner) ? Object.values(inner) : [];
  return parts.some((part) => holds(part, name));
}

/** The text of a value, also of a secret one, which no message may hold; `undefined` for what is not known. */
function textIn(value: Value | undefined): string | undefined {
  const inner = reveal(value ?? null);
  return typeof inner === "string" ? inner : undefined;
}

/** The name in an alias, with its mark where it is secret. */
function nameIn(alias: Value): Value | Unknown {
  const inner = reveal(alias);
  return isProperties(inner) ? (inner["name"] ?? UNKNOWN) : UNKNOWN;
}

/** The items of a list; one that is not known has one that is not known. */
function listAt({ inputs }: ResourceNode, property: string): readonly Value[] {
  const value = reveal(inputs[property] ?? null);
  if (value === null) return [];
  return isList(value) ? value : [UNKNOWN];
}

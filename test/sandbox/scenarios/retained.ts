import type { Stack } from "../engine/stack";
import { listOf, objectOf, textOf } from "../json";

/** How the inventory words what holds something; what only says how a bucket behaves goes and stays with it. */
const WORDS: Readonly<Record<string, (outputs: Readonly<Record<string, unknown>>) => string>> = {
  "aws:s3/bucket:Bucket": ({ bucket }) => `bucket ${textOf(bucket)}`,
  "aws:kms/key:Key": ({ arn }) => `key ${textOf(arn)}`,
};

/**
 * The buckets and keys that the program says outlive it, as the inventory of the account words them, by type and logical
 * name, sorted.
 */
export async function retainedBy(stack: Stack): Promise<ReadonlyMap<string, string>> {
  const { deployment } = objectOf(await stack.export());
  const kept = listOf(objectOf(deployment)["resources"])
    .map(objectOf)
    .filter((resource) => resource["retainOnDelete"] === true)
    .flatMap((resource): (readonly [string, string])[] => {
      const type = textOf(resource["type"]);
      const words = WORDS[type]?.(objectOf(resource["outputs"]));
      const name = textOf(resource["urn"]).split("::").at(-1) ?? "";
      return words === undefined ? [] : [[`${type.replace(/^.*:/, "")} ${name}`, words]];
    });
  return new Map(kept.sort(([left], [right]) => (left < right ? -1 : 1)));
}

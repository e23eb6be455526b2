import type { ResourceArgs } from "../catalog/generated/resource-types";
import { all, any, compliant, undecided, violation } from "../engine";
import type { Context, Outcome, Reader, Reason } from "../engine";
import { lonePart } from "./parts";

/**
 * The effective bucket. One S3 bucket is up to eleven resources: the bucket itself, whose inline properties v7 still
 * accepts, and one resource for each facet. A control reads a facet here and never the parts.
 */

export type BucketReader = Reader<ResourceArgs["aws:s3/bucket:Bucket"]>;

/** The types that hold a facet of a bucket; each names its bucket in `bucket`. */
export type FacetType = {
  [K in keyof ResourceArgs]: K extends `aws:s3/bucket${string}:${string}`
    ? "bucket" extends keyof ResourceArgs[K]
      ? K
      : never
    : never;
}[keyof ResourceArgs];

/** How a control judges one facet. */
export interface Facet<K extends FacetType> {
  /** The type of the split resource. */
  readonly type: K;
  /** The condition on the split resource. */
  readonly split: (part: Reader<ResourceArgs[K]>) => Outcome;
  /** The inline property of the bucket that says the same, and the condition on it; some facets have none. */
  readonly inline?: { readonly property: string; readonly check: (bucket: BucketReader) => Outcome };
  /** What holds when neither is there: usually a violation. */
  readonly missing: Outcome | Reason;
}

/**
 * Judges a facet: every split resource of the bucket, else the inline property, else that it is missing. When it
 * cannot be seen whether a split resource exists, a missing facet is undecided.
 */
export function facet<K extends FacetType>(
  bucket: BucketReader,
  { stack, node }: Context,
  of: Facet<K>,
): Outcome {
  const { nodes, uncertain } = stack.referrers(node, of.type, "bucket");
  if (nodes.length > 0) return all(...nodes.map((part) => of.split(part.reader(of.type))));
  if (of.inline !== undefined && bucket.at(of.inline.property).kind !== "absent")
    return of.inline.check(bucket);
  const missing = "verdict" in of.missing ? of.missing : violation(of.missing);
  if (!uncertain) return missing;
  const reasons =
    missing.reasons.length > 0
      ? missing.reasons.map((reason) => ({
          ...reason,
          found: `it is not known yet whether ${reason.found}`,
        }))
      : [
          {
            found: `it is not known yet which ${nameOf(of.type)} the bucket has`,
            fix: "name the bucket there",
          },
        ];
  return undecided(...reasons);
}

/** Judges a facet by itself where its bucket is no resource of the stack; otherwise the bucket is judged. */
export const loneFacet = (context: Context, judge: () => Outcome): Outcome =>
  lonePart(context, "bucket", ["aws:s3/bucket:Bucket"], judge);

/**
 * S3 turns versioning on for a bucket that is made with Object Lock.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
 */
const isMadeWithLock = (bucket: BucketReader): Outcome =>
  any(
    bucket.isTrue("objectLockEnabled"),
    bucket.equals("objectLockConfiguration.objectLockEnabled", "Enabled"),
  );

/** Why a bucket has no versions of its objects. */
export const NOT_VERSIONED = {
  found: "the bucket has no versioning",
  fix: 'add a BucketVersioning with "status" Enabled',
};

/** What a bucket without versioning of its own is: Object Lock versions it all the same. */
export function versionedByLock(bucket: BucketReader): Outcome {
  const { verdict } = isMadeWithLock(bucket);
  if (verdict === "NON_COMPLIANT") return violation(NOT_VERSIONED);
  return verdict === "UNDECIDED" ? undecided(NOT_VERSIONED) : compliant();
}

const nameOf = (type: string): string => type.slice(type.lastIndexOf(":") + 1);

/** Whether the bucket has any resource of a facet type, for conditions on the facet as a whole. */
export function facetParts<K extends FacetType>(
  { stack, node }: Context,
  type: K,
): { readonly parts: readonly Reader<ResourceArgs[K]>[]; readonly uncertain: boolean } {
  const { nodes, uncertain } = stack.referrers(node, type, "bucket");
  return { parts: nodes.map((part) => part.reader(type)), uncertain };
}

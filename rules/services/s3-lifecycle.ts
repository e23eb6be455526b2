import {
  all,
  any,
  compliant,
  given,
  notApplicable,
  stackPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader } from "../engine";
import { facet, facetParts, versionedByLock } from "../views/bucket";
import type { BucketReader } from "../views/bucket";

const BUCKET = "aws:s3/bucket:Bucket";

/** One rule of a lifecycle configuration, in the words that its own resource and the bucket share. */
interface LifecycleRule {
  readonly enabled?: boolean;
  readonly status?: string;
  readonly expiration?: { readonly days?: number };
  readonly transitions?: readonly { readonly days?: number; readonly storageClass?: string }[];
  readonly prefix?: string;
  readonly filter?: { readonly prefix?: string; readonly and?: { readonly prefix?: string } };
}

/** What a rule must say beside being on. */
interface LifecycleTarget {
  readonly targetTransitionDays?: number | undefined;
  readonly targetExpirationDays?: number | undefined;
  readonly targetTransitionStorageClass?: string | undefined;
  readonly targetPrefix?: string | undefined;
}

/** Whether a rule is on and says what is asked for. */
const isActive =
  (isOn: (rule: Reader<LifecycleRule>) => Outcome, target: LifecycleTarget) =>
  (untyped: Reader<unknown>): Outcome => {
    const rule = untyped as Reader<LifecycleRule>;
    const { targetTransitionDays: days, targetTransitionStorageClass: storageClass } = target;
    const isTransition = days !== undefined || storageClass !== undefined;
    return all(
      isOn(rule),
      given(target.targetExpirationDays, (value) => rule.equals("expiration.days", value)),
      given(target.targetPrefix, (value) =>
        any(
          rule.equals("filter.prefix", value),
          rule.equals("filter.and.prefix", value),
          rule.equals("prefix", value),
        ),
      ),
      isTransition
        ? rule.some(
            "transitions",
            (transition) =>
              all(
                given(days, (value) => transition.equals("days", value)),
                given(storageClass, (value) => transition.equals("storageClass", value)),
              ),
            `add a transition${storageClass === undefined ? "" : ` to ${storageClass}`}`,
          )
        : notApplicable(),
    );
  };

const ACTIVE_RULE = "enable a lifecycle rule that does what is asked for";

/** The bucket has an active lifecycle rule. */
const hasLifecycle = (bucket: BucketReader, target: LifecycleTarget, context: Context): Outcome =>
  facet(bucket, context, {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    split: (part) =>
      part.some(
        "rules",
        isActive((rule) => rule.equals("status", "Enabled"), target),
        ACTIVE_RULE,
      ),
    inline: {
      property: "lifecycleRules",
      check: (inline) =>
        inline.some(
          "lifecycleRules",
          isActive((rule) => rule.isTrue("enabled"), target),
          ACTIVE_RULE,
        ),
    },
    missing: { found: "the bucket has no lifecycle rules", fix: "add a BucketLifecycleConfiguration" },
  });

/** A directory bucket has an active lifecycle rule. */
function directoryHasLifecycle(days: number | undefined, context: Context): Outcome {
  const { parts, uncertain } = facetParts(
    context,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  );
  const missing = { found: "the bucket has no lifecycle rules", fix: "add a BucketLifecycleConfiguration" };
  return any(
    ...parts.map((part) =>
      part.some(
        "rules",
        isActive((rule) => rule.equals("status", "Enabled"), { targetExpirationDays: days }),
        ACTIVE_RULE,
      ),
    ),
    uncertain ? undecided(missing) : violation(missing),
  );
}

const isVersioned = (bucket: BucketReader, context: Context): Outcome =>
  facet(bucket, context, {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    split: (part) => part.equals("versioningConfiguration.status", "Enabled"),
    inline: { property: "versioning", check: (inline) => inline.isTrue("versioning.enabled") },
    missing: versionedByLock(bucket),
  });

/** The control speaks only of the buckets that its parameter names, where it names some. */
const isListed = (bucket: BucketReader, names: readonly string[] | undefined): Outcome =>
  names === undefined ? compliant() : bucket.oneOf("bucket", names);

export const s3Lifecycle: Policies = {
  S3_DIRECTORY_BUCKET_LIFECYCLE_POLICY_RULE_CHECK: stackPolicy(
    "S3 directory buckets have a lifecycle rule.",
    {
      "aws:s3/directoryBucket:DirectoryBucket": (_, __, context) => directoryHasLifecycle(undefined, context),
    },
  ),

  S3EXPRESS_DIR_BUCKET_LIFECYCLE_RULES_CHECK: stackPolicy("S3 directory buckets let objects expire.", {
    "aws:s3/directoryBucket:DirectoryBucket": (_, p, context) =>
      directoryHasLifecycle(p.targetExpirationDays, context),
  }),

  S3_LIFECYCLE_POLICY_CHECK: stackPolicy("S3 buckets have an active lifecycle rule.", {
    [BUCKET]: (bucket, p, context) =>
      when(isListed(bucket, p.bucketNames), () => hasLifecycle(bucket, p, context)),
  }),

  S3_VERSION_LIFECYCLE_POLICY_CHECK: stackPolicy("S3 buckets with versions have an active lifecycle rule.", {
    [BUCKET]: (bucket, p, context) =>
      when(all(isListed(bucket, p.bucketNames), isVersioned(bucket, context)), () =>
        hasLifecycle(bucket, {}, context),
      ),
  }),
};

import { all, any, both, check, either, negate, notApplicable, stackPolicy, undecided } from "../engine";
import type { Context, Outcome, Policies, ResourceNode, Ternary } from "../engine";
import { facet, facetParts, loneFacet } from "../views/bucket";
import type { BucketReader } from "../views/bucket";
import { inOtherRegion } from "../views/region";

const BUCKET = "aws:s3/bucket:Bucket";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

const NO_LOCK = {
  found: "the bucket has no Object Lock",
  fix: 'set "objectLockEnabled" to true',
};

/** Object Lock is on, by the bucket or by a configuration of its own; with a mode also its default retention. */
function isLocked(
  bucket: BucketReader,
  p: { readonly mode?: string | undefined },
  context: Context,
): Outcome {
  const { parts, uncertain } = facetParts(context, LOCK);
  const rest = uncertain ? undecided(NO_LOCK) : notApplicable();
  const { mode } = p;
  if (mode !== undefined) {
    return any(
      ...parts.map((part) => part.equals("rule.defaultRetention.mode", mode.toUpperCase())),
      bucket.equals("objectLockConfiguration.rule.defaultRetention.mode", mode.toUpperCase()),
      rest,
    );
  }
  return any(
    ...parts.map((part) => part.equals("objectLockEnabled", "Enabled")),
    bucket.isTrue("objectLockEnabled"),
    bucket.equals("objectLockConfiguration.objectLockEnabled", "Enabled"),
    rest,
  );
}

const NO_REPLICATION = {
  found: "the bucket has no replication",
  fix: 'add a BucketReplicationConfig with a rule whose "status" is Enabled',
};
const ENABLE = 'set "status" of a replication rule to Enabled';

/** Some rule of the replication is enabled. */
const isReplicated = (bucket: BucketReader, context: Context): Outcome =>
  facet(bucket, context, {
    type: REPLICATION,
    split: (part) => part.some("rules", (rule) => rule.equals("status", "Enabled"), ENABLE),
    inline: {
      property: "replicationConfiguration",
      check: (inline) =>
        inline.some("replicationConfiguration.rules", (rule) => rule.equals("status", "Enabled"), ENABLE),
    },
    missing: NO_REPLICATION,
  });

/** No rule of the replication is disabled. */
const isReplicatedByAll = (bucket: BucketReader, context: Context): Outcome =>
  facet(bucket, context, {
    type: REPLICATION,
    split: (part) =>
      all(
        part.nonEmpty("rules"),
        part.every("rules", (rule) => rule.equals("status", "Enabled")),
      ),
    inline: {
      property: "replicationConfiguration",
      check: (inline) =>
        all(
          inline.nonEmpty("replicationConfiguration.rules"),
          inline.every("replicationConfiguration.rules", (rule) => rule.equals("status", "Enabled")),
        ),
    },
    missing: NO_REPLICATION,
  });

/** For each destination of a replication: whether it is in another region. One outside of the stack may be anywhere. */
function crossings(holder: ResourceNode, path: string, { node, stack }: Context): readonly Ternary[] {
  const { nodes, uncertain } = stack.targets(holder, path, BUCKET);
  if (nodes.length === 0 || uncertain) return ["unknown"];
  return nodes.map((target) => inOtherRegion(node, target, stack));
}

/** A condition on the destinations of a bucket's replication. */
function destinationsAre(
  holds: (crossing: readonly Ternary[]) => Ternary,
  where: string,
  context: Context,
): Outcome {
  const configurations = context.stack.referrers(context.node, REPLICATION, "bucket").nodes;
  const [part] = configurations;
  const fact = holds(
    configurations.length > 0
      ? configurations.flatMap((part) => crossings(part, "rules.destination.bucket", context))
      : crossings(context.node, "replicationConfiguration.rules.destination.bucket", context),
  );
  const reason = {
    ...(part === undefined
      ? { property: "replicationConfiguration.rules.destination.bucket" }
      : part.reader(REPLICATION).place("rules.destination.bucket")),
    found: `the replication does not go to ${where} region`,
    fix: `replicate to a bucket in ${where} region`,
  };
  return fact === "unknown"
    ? undecided({ ...reason, found: "the region of a destination bucket is not known yet" })
    : check(fact, reason);
}

export const s3Durability: Policies = {
  S3_BUCKET_CROSS_REGION_REPLICATION_ENABLED: stackPolicy(
    "S3 buckets replicate their objects to another region.",
    {
      [BUCKET]: (bucket, _, context) =>
        all(
          isReplicated(bucket, context),
          destinationsAre((facts) => either(...facts), "another", context),
        ),
    },
  ),

  S3_BUCKET_DEFAULT_LOCK_ENABLED: stackPolicy("S3 buckets have Object Lock.", { [BUCKET]: isLocked }),

  S3_BUCKET_MFA_DELETE_ENABLED: stackPolicy(
    "S3 buckets ask for a second factor before a version is deleted.",
    {
      [BUCKET]: (bucket, _, context) =>
        facet(bucket, context, {
          type: VERSIONING,
          split: (part) => part.equals("versioningConfiguration.mfaDelete", "Enabled"),
          inline: { property: "versioning", check: (inline) => inline.isTrue("versioning.mfaDelete") },
          missing: {
            found: "the bucket has no versioning",
            fix: 'add a BucketVersioning with "mfaDelete" Enabled',
          },
        }),
      [VERSIONING]: (part, _, context) =>
        loneFacet(context, () => part.equals("versioningConfiguration.mfaDelete", "Enabled")),
    },
  ),

  S3_BUCKET_REPLICATION_ENABLED: stackPolicy("S3 buckets replicate their objects by enabled rules only.", {
    [BUCKET]: (bucket, p, context) => {
      const replicated = isReplicatedByAll(bucket, context);
      const type = p.ReplicationType?.toUpperCase();
      if (type === undefined) return replicated;
      const isSame = type.startsWith("SAME");
      return all(
        replicated,
        destinationsAre(
          (facts) => both(...facts.map((crosses) => (isSame ? negate(crosses) : crosses))),
          isSame ? "its own" : "another",
          context,
        ),
      );
    },
  }),
};

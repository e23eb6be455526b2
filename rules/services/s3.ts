import {
  all,
  both,
  compliant,
  coversAction,
  hasEffect,
  namesEverybody,
  negate,
  notApplicable,
  someItem,
  someStatement,
  stackPolicy,
  undecided,
  violation,
} from "../engine";
import type {
  DocumentCondition,
  Outcome,
  Policies,
  Reader,
  ResourceArgs,
  Statement,
  Ternary,
} from "../engine";
import { facet, loneFacet } from "../views/bucket";
import type { BucketReader } from "../views/bucket";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

/** The condition holds for every request without TLS. */
const isInsecure = ({ operator, key, values }: DocumentCondition): Ternary =>
  both(
    /^bool(ifexists)?$/i.test(operator) && key === "aws:securetransport",
    someItem(values, (value) => value.toLowerCase() === "false"),
  );

/** A statement that denies everybody every request without TLS; any further condition would let some through. */
function deniesInsecureTransport(statement: Statement): Ternary {
  return both(
    hasEffect(statement, "Deny"),
    namesEverybody(statement),
    coversAction(statement, "s3:*"),
    someItem(statement.conditions, isInsecure),
    negate(someItem(statement.conditions, (condition) => negate(isInsecure(condition)))),
  );
}

const tlsOnly = <T>(reader: Reader<T>): Outcome =>
  someStatement(reader, "policy", deniesInsecureTransport, {
    found: "no statement denies requests without TLS",
    fix: 'add a Deny of s3:* for everybody under the condition {"Bool": {"aws:SecureTransport": "false"}}',
  });

interface Versioned {
  readonly isMfaDeleteEnabled?: string | undefined;
}

const asksForMfa = (p: Versioned): boolean => p.isMfaDeleteEnabled?.toLowerCase() === "true";

const isVersioned = (part: Reader<ResourceArgs[typeof VERSIONING]>, p: Versioned): Outcome =>
  all(
    part.equals("versioningConfiguration.status", "Enabled"),
    asksForMfa(p) ? part.equals("versioningConfiguration.mfaDelete", "Enabled") : notApplicable(),
  );

const isVersionedInline = (bucket: BucketReader, p: Versioned): Outcome =>
  all(
    bucket.isTrue("versioning.enabled"),
    asksForMfa(p) ? bucket.isTrue("versioning.mfaDelete") : notApplicable(),
  );

const NOT_VERSIONED = {
  found: "the bucket has no versioning",
  fix: 'add a BucketVersioning with "status" Enabled',
};

/**
 * S3 turns versioning on for a bucket that is made with Object Lock.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
 */
function versionedByLock(bucket: BucketReader, p: Versioned): Outcome {
  const isLocked = bucket.isTrue("objectLockEnabled").verdict;
  if (isLocked === "NON_COMPLIANT" || asksForMfa(p)) return violation(NOT_VERSIONED);
  return isLocked === "UNDECIDED" ? undecided(NOT_VERSIONED) : compliant();
}

export const s3: Policies = {
  S3_BUCKET_SSL_REQUESTS_ONLY: stackPolicy("S3 buckets refuse requests without TLS.", {
    [BUCKET]: (bucket, _, context) =>
      facet(bucket, context, {
        type: POLICY,
        split: tlsOnly,
        inline: { property: "policy", check: tlsOnly },
        missing: {
          found: "the bucket has no policy",
          fix: "add a BucketPolicy that denies requests without TLS",
        },
      }),
    [POLICY]: (policy, _, context) => loneFacet(context, () => tlsOnly(policy)),
  }),

  S3_BUCKET_VERSIONING_ENABLED: stackPolicy("S3 buckets keep versions of their objects.", {
    [BUCKET]: (bucket, p, context) =>
      facet(bucket, context, {
        type: VERSIONING,
        split: (part) => isVersioned(part, p),
        inline: { property: "versioning", check: (inline) => isVersionedInline(inline, p) },
        missing: versionedByLock(bucket, p),
      }),
    [VERSIONING]: (part, p, context) => loneFacet(context, () => isVersioned(part, p)),
  }),
};

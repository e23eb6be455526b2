import {
  all,
  both,
  coversAction,
  hasEffect,
  namesEverybody,
  negate,
  notApplicable,
  someItem,
  someStatement,
  stackPolicy,
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
import { NOT_VERSIONED, facet, loneFacet, versionedByLock } from "../views/bucket";
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

/** The bucket itself and its objects are resources of their own: `arn:aws:s3:::logs` and `arn:aws:s3:::logs/*`. */
const BUCKET_ITSELF = /^[^/]+$/;
const ITS_OBJECTS = /^([^/]*|[^/]+\/)\*+$/;

/** A statement speaks of the bucket, or of all its objects. S3 takes no policy that names another bucket. */
function isAbout({ resources, notResources }: Statement, kind: RegExp): Ternary {
  if (notResources.items.length > 0) return false;
  if (!notResources.complete) return "unknown";
  if (resources.items.some((resource) => kind.test(resource))) return true;
  return resources.complete ? resources.items.length === 0 : "unknown";
}

/** A statement that denies everybody every request without TLS; any further condition would let some through. */
const deniesInsecureTransport =
  (kind: RegExp) =>
  (statement: Statement): Ternary =>
    both(
      hasEffect(statement, "Deny"),
      namesEverybody(statement),
      coversAction(statement, "s3:*"),
      isAbout(statement, kind),
      someItem(statement.conditions, isInsecure),
      negate(someItem(statement.conditions, (condition) => negate(isInsecure(condition)))),
    );

const tlsOnly = <T>(reader: Reader<T>): Outcome => {
  const fix =
    'add a Deny of s3:* on the bucket and on its objects for everybody under the condition {"Bool": {"aws:SecureTransport": "false"}}';
  const denied = (kind: RegExp, what: string): Outcome =>
    someStatement(reader, "policy", deniesInsecureTransport(kind), {
      found: `no statement denies requests to ${what} without TLS`,
      fix,
    });
  return all(denied(BUCKET_ITSELF, "the bucket"), denied(ITS_OBJECTS, "its objects"));
};

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
        missing: asksForMfa(p) ? NOT_VERSIONED : versionedByLock(bucket),
      }),
    [VERSIONING]: (part, p, context) => loneFacet(context, () => isVersioned(part, p)),
  }),
};

import {
  all,
  any,
  both,
  compliant,
  coversSomeAction,
  either,
  isPublic,
  noStatement,
  stackPolicy,
  undecided,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, Reader } from "../engine";
import { facetParts } from "../views/bucket";
import type { BucketReader } from "../views/bucket";

const BUCKET = "aws:s3/bucket:Bucket";

/** What an access lets through, in the words of ACLs and of policies. */
interface Access {
  readonly cannedAcls: readonly string[];
  readonly permissions: readonly string[];
  readonly actions: readonly string[];
  readonly verb: string;
}

const READ: Access = {
  cannedAcls: ["public-read", "public-read-write", "authenticated-read"],
  permissions: ["READ", "READ_ACP", "FULL_CONTROL"],
  actions: ["s3:get*", "s3:list*"],
  verb: "read",
};
const WRITE: Access = {
  cannedAcls: ["public-read-write"],
  permissions: ["WRITE", "WRITE_ACP", "FULL_CONTROL"],
  actions: ["s3:put*", "s3:delete*", "s3:abort*", "s3:restore*", "s3:replicate*", "s3:bypass*"],
  verb: "write",
};

/** The groups of everybody, and of everybody with an AWS account. */
const PUBLIC_GROUPS = [
  "http://acs.amazonaws.com/groups/global/AllUsers",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
];

/**
 * Whether the bucket's own access block has a setting on. New buckets have a block since April 2023, but none of a
 * program that itself makes the bucket public would leave it there, so that only a block in the stack protects.
 */
function isBlocked(context: Context, setting: "ignorePublicAcls" | "restrictPublicBuckets"): Outcome {
  const { parts, uncertain } = facetParts(context, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  const missing = {
    found: "the bucket has no public access block",
    fix: "add a BucketPublicAccessBlock with all four settings true",
  };
  return any(
    ...parts.map((block) => block.isTrue(setting)),
    uncertain ? undecided(missing) : violation(missing),
  );
}

function grantsArePrivate<T>(
  grant: Reader<T>,
  uri: string,
  permissions: readonly string[],
  allowed: readonly string[],
): Outcome {
  const group = grant.at(uri);
  if (
    group.kind === "absent" ||
    (group.kind === "known" && !PUBLIC_GROUPS.some((name) => name === group.value))
  )
    return compliant();
  const reason = grant.reason(uri, "grant nothing to everybody");
  if (group.kind === "unknown" || permissions.length === 0) return undecided(reason);
  return permissions.some((permission) => allowed.includes(permission)) ? violation(reason) : compliant();
}

function aclIsPrivate(bucket: BucketReader, context: Context, access: Access): Outcome {
  const fix = 'set "acl" to "private"';
  const { parts, uncertain } = facetParts(context, "aws:s3/bucketAcl:BucketAcl");
  const split = parts.map((acl) =>
    all(
      acl.noneOf("acl", access.cannedAcls, fix),
      acl.every("accessControlPolicy.grants", (grant) =>
        grantsArePrivate(grant, "grantee.uri", grant.texts("permission").items, access.permissions),
      ),
    ),
  );
  const inline = all(
    bucket.noneOf("acl", access.cannedAcls, fix),
    bucket.every("grants", (grant) =>
      grantsArePrivate(grant, "uri", grant.texts("permissions").items, access.permissions),
    ),
  );
  const unseen = uncertain
    ? undecided({
        found: "it is not known yet whether the bucket has an ACL",
        fix: "give the bucket no public ACL",
      })
    : compliant();
  return all(...split, inline, unseen);
}

function policyIsPrivate(bucket: BucketReader, context: Context, access: Access): Outcome {
  const reason = {
    found: `a statement lets everybody ${access.verb}`,
    fix: "name the principals, or narrow them by a condition such as aws:PrincipalOrgID",
  };
  const judgePolicy = <T>(reader: Reader<T>): Outcome =>
    noStatement(
      reader,
      "policy",
      (statement) =>
        both(
          isPublic(statement),
          either(...access.actions.map((action) => coversSomeAction(statement, action))),
        ),
      reason,
    );
  const { parts, uncertain } = facetParts(context, "aws:s3/bucketPolicy:BucketPolicy");
  const unseen = uncertain
    ? undecided({
        found: "it is not known yet whether the bucket has a policy",
        fix: "give the bucket no public policy",
      })
    : compliant();
  return all(...parts.map(judgePolicy), judgePolicy(bucket), unseen);
}

/** What opens the bucket is the finding; the access block is another way to close it, whatever opens it. */
function privateOrBlocked(isPrivate: Outcome, blocked: Outcome): Outcome {
  const outcome = any(isPrivate, blocked);
  if (outcome.verdict !== "NON_COMPLIANT") return outcome;
  return violation(
    ...isPrivate.reasons.map((reason) => ({ ...reason, otherwise: "block public access to the bucket" })),
  );
}

/** By ACL and by policy the bucket is closed, or its access block closes it. */
const isClosed =
  (access: Access) =>
  (bucket: BucketReader, _: unknown, context: Context): Outcome =>
    all(
      privateOrBlocked(aclIsPrivate(bucket, context, access), isBlocked(context, "ignorePublicAcls")),
      privateOrBlocked(policyIsPrivate(bucket, context, access), isBlocked(context, "restrictPublicBuckets")),
    );

/** Nobody who is not named can read or write the bucket. */
export const isPrivate = (bucket: BucketReader, context: Context): Outcome =>
  all(isClosed(READ)(bucket, undefined, context), isClosed(WRITE)(bucket, undefined, context));

export const s3PublicAccess: Policies = {
  S3_BUCKET_PUBLIC_READ_PROHIBITED: stackPolicy("S3 buckets let nobody read who is not named.", {
    [BUCKET]: isClosed(READ),
  }),
  S3_BUCKET_PUBLIC_WRITE_PROHIBITED: stackPolicy("S3 buckets let nobody write who is not named.", {
    [BUCKET]: isClosed(WRITE),
  }),
};

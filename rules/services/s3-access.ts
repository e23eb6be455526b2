import {
  all,
  any,
  check,
  compliant,
  given,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  unless,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, Reader } from "../engine";
import type { ResourceArgs } from "../catalog/generated/resource-types";
import { facet, facetParts, loneFacet } from "../views/bucket";
import type { BucketReader } from "../views/bucket";
import { hasTags } from "./generators";

const BUCKET = "aws:s3/bucket:Bucket";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** ACLs that grant something to others than the owner. */
const ACLS_FOR_OTHERS = [
  "public-read",
  "public-read-write",
  "authenticated-read",
  "aws-exec-read",
  "log-delivery-write",
];
const REMOVE_GRANT = "grant access by a policy instead of an ACL";

type AclReader = Reader<ResourceArgs["aws:s3/bucketAcl:BucketAcl"]>;

/** The grants of an ACL go to the owner only. */
function grantsAreOwn(acl: AclReader): Outcome {
  const owner = acl.value("accessControlPolicy.owner.id");
  return acl.every("accessControlPolicy.grants", (grant) => {
    const id = grant.read("grantee.id");
    const reason = grant.reason("grantee", REMOVE_GRANT);
    const isGroup = any(
      grant.oneOf("grantee.type", ["Group", "AmazonCustomerByEmail"]),
      grant.present("grantee.uri"),
    );
    if (isGroup.verdict === "COMPLIANT" && grant.read("grantee.uri").kind !== "unknown")
      return violation(reason);
    if (id.kind !== "known" || typeof owner !== "string" || isGroup.verdict === "UNDECIDED")
      return undecided(reason);
    return check(id.value === owner, reason);
  });
}

/**
 * Inline grants go to the owner only. They do not say who the owner is, but whoever writes grants must name the owner
 * with full control.
 */
function inlineGrantsAreOwn(bucket: BucketReader): Outcome {
  return bucket.every("grants", (grant) => {
    const reason = grant.reason("permissions", REMOVE_GRANT);
    const mayBeOwner = all(
      grant.equals("type", "CanonicalUser"),
      any(...grant.texts("permissions").items.map((item) => check(item === "FULL_CONTROL", reason))),
    );
    const isKnown = grant.texts("permissions").complete && mayBeOwner.verdict === "NON_COMPLIANT";
    return isKnown ? violation(reason) : undecided(reason);
  });
}

/** Nobody but the owner has access by an ACL: ownership makes ACLs void, or there is none that grants anything. */
function hasNoAcl(bucket: BucketReader, _: unknown, context: Context): Outcome {
  const ownership = facetParts(context, "aws:s3/bucketOwnershipControls:BucketOwnershipControls");
  const acls = facetParts(context, "aws:s3/bucketAcl:BucketAcl");
  const unseen = undecided({ found: "it is not known yet whether the bucket has an ACL", fix: REMOVE_GRANT });
  const granted = all(
    compliant(),
    bucket.noneOf("acl", ACLS_FOR_OTHERS, REMOVE_GRANT),
    inlineGrantsAreOwn(bucket),
    ...acls.parts.map((acl) => all(acl.noneOf("acl", ACLS_FOR_OTHERS, REMOVE_GRANT), grantsAreOwn(acl))),
    acls.uncertain ? unseen : notApplicable(),
  );
  const isEnforced = any(
    ...ownership.parts.map((part) => part.equals("rule.objectOwnership", "BucketOwnerEnforced")),
    ownership.uncertain ? unseen : notApplicable(),
  );
  if (isEnforced.verdict === "NOT_APPLICABLE") return granted;
  return any(granted, isEnforced);
}

/** The four settings of a public access block are on. */
function isBlocked(block: Reader<ResourceArgs[typeof BLOCK]>): Outcome {
  return all(
    block.isTrue("blockPublicAcls"),
    block.isTrue("blockPublicPolicy"),
    block.isTrue("ignorePublicAcls"),
    block.isTrue("restrictPublicBuckets"),
  );
}

type AccountBlock = Reader<ResourceArgs["aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"]>;

/** The settings that the parameters of both rules about the account give; on where they say nothing. */
function accountIsBlocked(
  block: AccountBlock,
  p: {
    readonly BlockPublicAcls?: string | undefined;
    readonly BlockPublicPolicy?: string | undefined;
    readonly IgnorePublicAcls?: string | undefined;
    readonly RestrictPublicBuckets?: string | undefined;
  },
): Outcome {
  const isOn = (wanted: string | undefined): boolean => (wanted ?? "true").toLowerCase() !== "false";
  return all(
    block.equals("blockPublicAcls", isOn(p.BlockPublicAcls)),
    block.equals("blockPublicPolicy", isOn(p.BlockPublicPolicy)),
    block.equals("ignorePublicAcls", isOn(p.IgnorePublicAcls)),
    block.equals("restrictPublicBuckets", isOn(p.RestrictPublicBuckets)),
  );
}

export const s3Access: Policies = {
  S3_ACCESS_POINT_IN_VPC_ONLY: policy("S3 access points take requests from a VPC only.", {
    "aws:s3/accessPoint:AccessPoint": (point) => point.present("vpcConfiguration.vpcId"),
  }),

  S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS: policy("S3 access points block public access.", {
    "aws:s3/accessPoint:AccessPoint": (point, p) =>
      unless(
        given(p.excludedAccessPoints, (names) => point.oneOf("name", names)),
        () =>
          all(
            point.isTrue("publicAccessBlockConfiguration.blockPublicAcls"),
            point.isTrue("publicAccessBlockConfiguration.blockPublicPolicy"),
            point.isTrue("publicAccessBlockConfiguration.ignorePublicAcls"),
            point.isTrue("publicAccessBlockConfiguration.restrictPublicBuckets"),
          ),
      ),
  }),

  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS: policy("The account blocks public access to S3.", {
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": accountIsBlocked,
  }),

  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC: policy(
    "The account blocks public access to S3 at all times.",
    { "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": accountIsBlocked },
    { partial: true },
  ),

  S3_BUCKET_ACL_PROHIBITED: stackPolicy("S3 buckets grant access by policies and not by ACLs.", {
    [BUCKET]: hasNoAcl,
  }),

  S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED: stackPolicy("S3 buckets block public access.", {
    [BUCKET]: (bucket, p, context) =>
      unless(
        given(p.excludedPublicBuckets, (names) => bucket.oneOf("bucket", names)),
        () =>
          facet(bucket, context, {
            type: BLOCK,
            split: isBlocked,
            missing: context.strict
              ? {
                  found: "the bucket has no public access block",
                  fix: "add a BucketPublicAccessBlock with all four settings true",
                }
              : compliant(),
          }),
      ),
    [BLOCK]: (block, p, context) =>
      loneFacet(context, () =>
        unless(
          given(p.excludedPublicBuckets, (names) => block.oneOf("bucket", names)),
          () => isBlocked(block),
        ),
      ),
  }),

  S3_BUCKET_TAGGED: policy("S3 buckets have tags.", { [BUCKET]: hasTags }),
};

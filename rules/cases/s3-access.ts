import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const bucket = resource("aws:s3/bucket:Bucket");
const acl = resource("aws:s3/bucketAcl:BucketAcl");
const ownership = resource("aws:s3/bucketOwnershipControls:BucketOwnershipControls");
const block = resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
const accountBlock = resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock");
const point = resource("aws:s3/accessPoint:AccessPoint");
const provider = resource("pulumi:providers:aws");

const blocked = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const OWNER = "c4a1f9d2e8b7";
const ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
const granting = (...grantees: object[]): ReturnType<typeof acl> =>
  acl({
    bucket: ref("subject"),
    accessControlPolicy: {
      owner: { id: OWNER },
      grants: grantees.map((grantee) => ({ grantee, permission: "FULL_CONTROL" })),
    },
  });

const accountCases: Cases[keyof Cases] = [
  compliantCase("blocks everything", accountBlock(blocked)),
  compliantCase(
    "leaves policies alone where that is asked for",
    accountBlock({ ...blocked, blockPublicPolicy: false }),
    {
      parameters: { BlockPublicPolicy: "False" },
    },
  ),
  violatingCase("blocks everything but ACLs", accountBlock({ ...blocked, blockPublicAcls: false })),
  violatingCase(
    "leaves a setting out, which means false",
    accountBlock({ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true }),
  ),
  undecidedCase(
    "gets a setting from an unknown value",
    accountBlock({ ...blocked, ignorePublicAcls: unknown }),
  ),
];

export const s3Access: Cases = {
  S3_ACCESS_POINT_IN_VPC_ONLY: [
    compliantCase("is tied to a VPC", point({ bucket: "data", vpcConfiguration: { vpcId: "vpc-1234abcd" } })),
    compliantCase(
      "is tied to a VPC of the stack",
      point({ bucket: "data", vpcConfiguration: { vpcId: unknown } }),
    ),
    violatingCase("takes requests from the internet", point({ bucket: "data" })),
  ],
  S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS: [
    compliantCase("does not say, which means that all is blocked", point({ bucket: "data" })),
    compliantCase("blocks everything", point({ bucket: "data", publicAccessBlockConfiguration: blocked })),
    notApplicableCase(
      "is excluded",
      point({ bucket: "data", name: "open", publicAccessBlockConfiguration: { blockPublicPolicy: false } }),
      { parameters: { excludedAccessPoints: "open" } },
    ),
    violatingCase(
      "leaves policies alone",
      point({ bucket: "data", publicAccessBlockConfiguration: { ...blocked, blockPublicPolicy: false } }),
    ),
    undecidedCase(
      "gets a setting from an unknown value",
      point({ bucket: "data", publicAccessBlockConfiguration: { restrictPublicBuckets: unknown } }),
    ),
  ],
  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS: accountCases,
  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC: accountCases,
  S3_BUCKET_ACL_PROHIBITED: [
    compliantCase("has no ACL", bucket({})),
    compliantCase("has a private ACL", bucket({}), {
      with: { a: acl({ bucket: ref("subject"), acl: "private" }) },
    }),
    compliantCase("grants to its owner only", bucket({}), {
      with: { a: granting({ type: "CanonicalUser", id: OWNER }) },
    }),
    compliantCase("has an ACL that its ownership makes void", bucket({ acl: "log-delivery-write" }), {
      with: { o: ownership({ bucket: ref("subject"), rule: { objectOwnership: "BucketOwnerEnforced" } }) },
    }),
    violatingCase("lets logs be delivered by an ACL", bucket({}), {
      with: {
        o: ownership({ bucket: ref("subject"), rule: { objectOwnership: "BucketOwnerPreferred" } }),
        a: acl({ bucket: ref("subject"), acl: "log-delivery-write" }),
      },
    }),
    violatingCase("has a public ACL inline", bucket({ acl: "public-read" })),
    violatingCase("grants to another user", bucket({}), {
      with: {
        a: granting({ type: "CanonicalUser", id: OWNER }, { type: "CanonicalUser", id: "79a59df900b9" }),
      },
    }),
    violatingCase("grants to a group", bucket({}), {
      with: { a: granting({ type: "Group", uri: ALL_USERS }) },
    }),
    violatingCase(
      "grants to a group inline",
      bucket({ grants: [{ type: "Group", uri: ALL_USERS, permissions: ["READ"] }] }),
    ),
    violatingCase(
      "grants reading to another user inline",
      bucket({ grants: [{ type: "CanonicalUser", id: "79a59df900b9", permissions: ["READ"] }] }),
    ),
    undecidedCase(
      "grants full control inline to a user who may be the owner",
      bucket({ grants: [{ type: "CanonicalUser", id: OWNER, permissions: ["FULL_CONTROL"] }] }),
    ),
    undecidedCase("has an ACL that is not known yet", bucket({ acl: unknown })),
  ],
  S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED: [
    compliantCase("has an access block with all settings", bucket({}), {
      with: { b: block({ bucket: ref("subject"), ...blocked }) },
    }),
    compliantCase("has no access block, so that S3 blocks by default", bucket({}), {
      note: "Every bucket made since April 2023 has all four settings on.",
    }),
    notApplicableCase("is excluded", bucket({ bucket: "site" }), {
      parameters: { excludedPublicBuckets: "site,other" },
      with: { b: block({ bucket: ref("subject"), ...blocked, blockPublicPolicy: false }) },
    }),
    violatingCase("has an access block with a setting off", bucket({}), {
      with: { b: block({ bucket: ref("subject"), ...blocked, restrictPublicBuckets: false }) },
    }),
    violatingCase(
      "has an access block that leaves settings out, which means false",
      bucket({ bucket: "site" }),
      {
        with: { b: block({ bucket: "site", blockPublicAcls: true, blockPublicPolicy: true }) },
      },
    ),
    violatingCase("has no access block of its own", bucket({}), { strict: true }),
    violatingCase("is none of the excluded", bucket({ bucket: "data" }), {
      parameters: { excludedPublicBuckets: "site" },
      with: { b: block({ bucket: ref("subject"), blockPublicAcls: true }) },
    }),
    violatingCase(
      "is the access block of a bucket elsewhere, with a setting off",
      block({ bucket: "elsewhere", ...blocked, blockPublicPolicy: false }),
    ),
    notApplicableCase(
      "is the access block of an excluded bucket elsewhere",
      block({ bucket: "site", ...blocked, blockPublicPolicy: false }),
      { parameters: { excludedPublicBuckets: "site,other" } },
    ),
    undecidedCase("has an access block with an unknown setting", bucket({}), {
      with: { b: block({ bucket: ref("subject"), ...blocked, ignorePublicAcls: unknown }) },
    }),
  ],
  S3_BUCKET_TAGGED: [
    compliantCase("has a tag", bucket({ tags: { team: "data" } })),
    compliantCase("has the tags of its provider", bucket({}, { provider: "aws" }), {
      with: { aws: provider({ defaultTags: JSON.stringify({ tags: { team: "data" } }) }) },
    }),
    compliantCase(
      "has the required tags, one by its provider",
      bucket({ tags: { cost: "1" } }, { provider: "aws" }),
      {
        parameters: { requiredKeyTags: "team,cost" },
        with: { aws: provider({ defaultTags: { tags: { team: "data" } } }) },
      },
    ),
    violatingCase("has no tags", bucket({})),
    violatingCase("has tags of AWS only", bucket({ tags: { "aws:cloudformation:stack-name": "x" } })),
    violatingCase("lacks a required tag", bucket({ tags: { team: "data" } }), {
      parameters: { requiredKeyTags: "team,cost" },
    }),
    violatingCase("writes a required tag in another case", bucket({ tags: { Team: "data" } }), {
      parameters: { requiredKeyTags: "team" },
    }),
    undecidedCase("has tags that are not known yet", bucket({ tags: unknown })),
  ],
};

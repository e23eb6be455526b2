import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const bucket = resource("aws:s3/bucket:Bucket");
const block = resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
const acl = resource("aws:s3/bucketAcl:BucketAcl");
const policy = resource("aws:s3/bucketPolicy:BucketPolicy");

const blocked = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const allow = (action: string, more: object = {}): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "arn:aws:s3:::site/*", ...more }],
});

export const s3PublicAccess: Cases = {
  S3_BUCKET_PUBLIC_READ_PROHIBITED: [
    compliantCase("has neither ACL nor policy", bucket({ bucket: "site" })),
    compliantCase("has a private ACL", bucket({ acl: "private" })),
    compliantCase("has a public ACL and policy that its access block makes void", bucket({}), {
      with: {
        a: acl({ bucket: ref("subject"), acl: "public-read" }),
        b: block({ bucket: ref("subject"), ...blocked }),
        p: policy({ bucket: ref("subject"), policy: allow("s3:GetObject") }),
      },
    }),
    compliantCase("lets everybody of one organisation read", bucket({}), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: allow("s3:GetObject", {
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcd123456" } },
          }),
        }),
      },
    }),
    compliantCase("lets everybody write but not read", bucket({}), {
      with: { p: policy({ bucket: ref("subject"), policy: allow("s3:PutObject") }) },
    }),
    violatingCase("has a public ACL", bucket({}), {
      with: { a: acl({ bucket: ref("subject"), acl: "public-read" }) },
    }),
    violatingCase("has a public ACL inline", bucket({ acl: "public-read-write" })),
    violatingCase("grants reading to everybody", bucket({}), {
      with: {
        a: acl({
          bucket: ref("subject"),
          accessControlPolicy: {
            grants: [
              {
                grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" },
                permission: "READ",
              },
            ],
          },
        }),
      },
    }),
    violatingCase("lets everybody read by its policy", bucket({}), {
      with: { p: policy({ bucket: ref("subject"), policy: JSON.stringify(allow("s3:GetObject")) }) },
    }),
    violatingCase("lets everybody do all but deleting", bucket({}), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: allow("", { Action: undefined, NotAction: "s3:DeleteBucket" }),
        }),
      },
    }),
    violatingCase("has an access block that leaves policies alone", bucket({}), {
      with: {
        b: block({ bucket: ref("subject"), ...blocked, restrictPublicBuckets: false }),
        p: policy({ bucket: ref("subject"), policy: allow("s3:*") }),
      },
    }),
    violatingCase("has a condition that narrows nothing down", bucket({}), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: allow("s3:GetObject", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } }),
        }),
      },
    }),
    undecidedCase("has a policy that is not known yet", bucket({}), {
      with: { p: policy({ bucket: ref("subject"), policy: unknown }) },
    }),
  ],
  S3_BUCKET_PUBLIC_WRITE_PROHIBITED: [
    compliantCase("has a public-read ACL", bucket({ acl: "public-read" })),
    violatingCase("lets everybody write by its ACL", bucket({}), {
      with: { a: acl({ bucket: ref("subject"), acl: "public-read-write" }) },
    }),
    violatingCase("lets everybody write by its policy", bucket({}), {
      with: { p: policy({ bucket: ref("subject"), policy: allow("s3:Put*") }) },
    }),
    undecidedCase("has an ACL that is not known yet", bucket({ acl: unknown })),
  ],
};

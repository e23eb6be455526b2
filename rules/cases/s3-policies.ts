import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const bucket = resource("aws:s3/bucket:Bucket");
const policy = resource("aws:s3/bucketPolicy:BucketPolicy");
const provider = resource("pulumi:providers:aws");

const allow = (principal: unknown, action: unknown, more: object = {}): object => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: principal, Action: action, Resource: "arn:aws:s3:::data/*", ...more },
  ],
});
const having = (document: unknown): { with: { p: ReturnType<typeof policy> } } => ({
  with: { p: policy({ bucket: ref("subject"), policy: document }) },
});
const FORBIDDEN = { blacklistedActionPattern: "s3:PutBucketAcl,s3:Delete*" };
const ROOT = { AWS: "arn:aws:iam::111122223333:root" };
const OTHER = { AWS: ["444455556666"] };
const inNetwork = { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
const control = JSON.stringify(allow(ROOT, "s3:Get*", { Resource: "*" }));

export const s3Policies: Cases = {
  S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED: [
    compliantCase("has no policy", bucket({}), { parameters: FORBIDDEN }),
    compliantCase("allows other actions", bucket({}), {
      ...having(allow(ROOT, "s3:GetObject")),
      parameters: FORBIDDEN,
    }),
    compliantCase("denies the actions", bucket({}), {
      ...having(allow("*", "s3:DeleteObject", { Effect: "Deny" })),
      parameters: FORBIDDEN,
    }),
    compliantCase("allows a service", bucket({}), {
      ...having(allow({ Service: "logging.s3.amazonaws.com" }, "s3:*")),
      parameters: FORBIDDEN,
    }),
    compliantCase("allows its own account", bucket({}, { provider: "aws" }), {
      parameters: FORBIDDEN,
      with: {
        aws: provider({ allowedAccountIds: JSON.stringify(["111122223333"]) }),
        p: policy({ bucket: ref("subject"), policy: allow(ROOT, "s3:DeleteObject") }),
      },
    }),
    violatingCase("allows everybody a forbidden action", bucket({}), {
      ...having(allow("*", "s3:DeleteObject")),
      parameters: FORBIDDEN,
    }),
    violatingCase("allows another account a forbidden action", bucket({}), {
      ...having(JSON.stringify(allow(OTHER, ["s3:GetObject", "s3:putbucketacl"]))),
      parameters: FORBIDDEN,
      note: "A program does not say which account it is deployed to, unless its provider does; every account that a policy names counts as another one.",
    }),
    violatingCase(
      "allows another account all actions",
      bucket({ policy: JSON.stringify(allow(ROOT, "s3:*")) }),
      {
        parameters: FORBIDDEN,
      },
    ),
    violatingCase("allows another account all but some actions", bucket({}), {
      ...having(allow(ROOT, undefined, { NotAction: "s3:DeleteBucket" })),
      parameters: FORBIDDEN,
    }),
    undecidedCase("has a policy that is not known yet", bucket({}), {
      ...having(unknown),
      parameters: FORBIDDEN,
    }),
    undecidedCase("is checked without forbidden actions", bucket({})),
  ],
  S3_BUCKET_POLICY_GRANTEE_CHECK: [
    compliantCase("has no policy", bucket({})),
    compliantCase("lets in an approved account", bucket({}), {
      ...having(allow(ROOT, "s3:GetObject")),
      parameters: { awsPrincipals: "111122223333,arn:aws:iam::444455556666:role/reader" },
    }),
    compliantCase("lets in a role that an approved pattern matches", bucket({}), {
      ...having(allow({ AWS: "arn:aws:iam::111122223333:role/reader" }, "s3:GetObject")),
      parameters: { awsPrincipals: "arn:aws:iam::111122223333:role/*" },
    }),
    compliantCase("lets in an approved service", bucket({}), {
      ...having(allow({ Service: "cloudtrail.amazonaws.com" }, "s3:PutObject")),
      parameters: { servicePrincipals: "cloudtrail.amazonaws.com" },
    }),
    compliantCase("lets in everybody of an approved network", bucket({}), {
      ...having(allow("*", "s3:GetObject", inNetwork)),
      parameters: { ipAddresses: "192.0.2.0/24" },
    }),
    compliantCase("lets in everybody of one approved address, and of a part of a network", bucket({}), {
      ...having(
        allow("*", "s3:GetObject", {
          Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.1/32", "192.168.1.128/25", "2001:DB8::/48"] } },
        }),
      ),
      parameters: { ipAddresses: "10.0.0.1, 192.168.1.0/24, 2001:db8::/32" },
    }),
    compliantCase("lets in everybody of an approved VPC", bucket({}), {
      ...having(
        allow("*", "s3:GetObject", { Condition: { StringEquals: { "aws:SourceVpc": ["vpc-1234abc0"] } } }),
      ),
      parameters: { vpcIds: "vpc-1234abc0,vpc-ab1234c0" },
    }),
    compliantCase("only denies", bucket({}), having(allow("*", "s3:*", { Effect: "Deny" }))),
    violatingCase("lets in another account", bucket({}), {
      ...having(allow(OTHER, "s3:GetObject")),
      parameters: { awsPrincipals: "111122223333" },
    }),
    violatingCase("lets in everybody", bucket({}), {
      ...having(allow("*", "s3:GetObject")),
      parameters: { awsPrincipals: "111122223333" },
    }),
    violatingCase("lets in a role of another account than an approved pattern matches", bucket({}), {
      ...having(allow({ AWS: "arn:aws:iam::444455556666:role/reader" }, "s3:GetObject")),
      parameters: { awsPrincipals: "arn:aws:iam::111122223333:role/*" },
    }),
    violatingCase("lets in a network that an approved one is a part of", bucket({}), {
      ...having(allow("*", "s3:GetObject", inNetwork)),
      parameters: { ipAddresses: "192.0.2.128/25" },
    }),
    violatingCase("lets in another network", bucket({}), {
      ...having(allow("*", "s3:GetObject", inNetwork)),
      parameters: { ipAddresses: "198.51.100.0/24" },
    }),
    undecidedCase("has a policy that is not known yet", bucket({}), having(unknown)),
  ],
  S3_BUCKET_POLICY_NOT_MORE_PERMISSIVE: [
    compliantCase("has no policy", bucket({}), { parameters: { controlPolicy: control } }),
    compliantCase("allows a part of it", bucket({}), {
      ...having(allow(ROOT, ["s3:GetObject", "s3:getobjectacl"])),
      parameters: { controlPolicy: control },
    }),
    violatingCase("allows another action", bucket({}), {
      ...having(allow(ROOT, "s3:PutObject")),
      parameters: { controlPolicy: control },
    }),
    violatingCase("allows another account", bucket({}), {
      ...having(allow(OTHER, "s3:GetObject")),
      parameters: { controlPolicy: control },
    }),
    violatingCase("allows more actions than it", bucket({}), {
      ...having(allow(ROOT, "s3:*")),
      parameters: { controlPolicy: control },
    }),
    undecidedCase("has a policy that is not known yet", bucket({}), {
      ...having(unknown),
      parameters: { controlPolicy: control },
    }),
  ],
};

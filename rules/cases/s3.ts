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
const bucketV2 = resource("aws:s3/bucketV2:BucketV2");
const versioning = resource("aws:s3/bucketVersioning:BucketVersioning");
const policy = resource("aws:s3/bucketPolicy:BucketPolicy");

const denyInsecure = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const document = (...statements: object[]): object => ({ Version: "2012-10-17", Statement: statements });

export const s3: Cases = {
  S3_BUCKET_VERSIONING_ENABLED: [
    compliantCase("is versioned by a resource of its own", bucket({}), {
      with: { v: versioning({ bucket: ref("subject"), versioningConfiguration: { status: "Enabled" } }) },
    }),
    compliantCase("is versioned by a resource that names it by a literal", bucket({ bucket: "logs" }), {
      with: { v: versioning({ bucket: "logs", versioningConfiguration: { status: "Enabled" } }) },
    }),
    compliantCase("is versioned inline", bucket({ versioning: { enabled: true } })),
    compliantCase("is a BucketV2 with inline versioning", bucketV2({ versionings: [{ enabled: true }] })),
    compliantCase("is made with Object Lock, which versions it", bucket({ objectLockEnabled: true })),
    compliantCase(
      "is made with Object Lock by its inline configuration, which versions it",
      bucket({ objectLockConfiguration: { objectLockEnabled: "Enabled" } }),
    ),
    violatingCase("has suspended its versioning", bucket({}), {
      with: { v: versioning({ bucket: ref("subject"), versioningConfiguration: { status: "Suspended" } }) },
    }),
    violatingCase("has no versioning", bucket({ bucket: "logs" })),
    violatingCase("is not the bucket that is versioned", bucket({ bucket: "logs" }), {
      with: { v: versioning({ bucket: "other", versioningConfiguration: { status: "Enabled" } }) },
    }),
    violatingCase("asks for MFA delete, which is off", bucket({}), {
      parameters: { isMfaDeleteEnabled: "true" },
      with: { v: versioning({ bucket: ref("subject"), versioningConfiguration: { status: "Enabled" } }) },
    }),
    violatingCase(
      "asks for MFA delete, which the inline versioning does not turn on",
      bucket({ versioning: { enabled: true } }),
      { parameters: { isMfaDeleteEnabled: "true" } },
    ),
    violatingCase("has MFA delete on a suspended versioning", bucket({}), {
      parameters: { isMfaDeleteEnabled: "true" },
      with: {
        v: versioning({
          bucket: ref("subject"),
          versioningConfiguration: { status: "Suspended", mfaDelete: "Enabled" },
        }),
      },
    }),
    violatingCase(
      "is the suspended versioning of a bucket elsewhere",
      versioning({ bucket: "elsewhere", versioningConfiguration: { status: "Suspended" } }),
    ),
    notApplicableCase(
      "is the versioning of a bucket of the stack, where the bucket is judged",
      versioning({ bucket: ref("b"), versioningConfiguration: { status: "Suspended" } }),
      { with: { b: bucket({}) } },
    ),
    undecidedCase("gets its status from an unknown value", bucket({}), {
      with: { v: versioning({ bucket: ref("subject"), versioningConfiguration: { status: unknown } }) },
    }),
    undecidedCase("may be the bucket of a versioning whose bucket is unknown", bucket({ bucket: "logs" }), {
      with: { v: versioning({ bucket: unknown, versioningConfiguration: { status: "Enabled" } }) },
    }),
  ],
  S3_BUCKET_SSL_REQUESTS_ONLY: [
    compliantCase("denies requests without TLS", bucket({ bucket: "logs" }), {
      with: { p: policy({ bucket: ref("subject"), policy: document(denyInsecure) }) },
    }),
    compliantCase("denies them in JSON text, with scalars and a principal map", bucket({ bucket: "logs" }), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: JSON.stringify({
            Statement: { ...denyInsecure, Principal: { AWS: "*" }, Action: ["s3:*"] },
          }),
        }),
      },
    }),
    compliantCase(
      "denies them in an inline policy",
      bucket({ bucket: "logs", policy: JSON.stringify(document(denyInsecure)) }),
    ),
    compliantCase(
      "denies them on everything whose name begins like the bucket's",
      bucket({ bucket: "logs" }),
      {
        with: {
          p: policy({
            bucket: ref("subject"),
            policy: document({ ...denyInsecure, Resource: "arn:aws:s3:::logs*" }),
          }),
        },
      },
    ),
    compliantCase(
      "denies them on the bucket and on its objects by a statement each",
      bucket({ bucket: "logs" }),
      {
        with: {
          p: policy({
            bucket: ref("subject"),
            policy: document(
              { ...denyInsecure, Resource: "arn:aws:s3:::logs" },
              { ...denyInsecure, Resource: "arn:aws:s3:::logs/*" },
            ),
          }),
        },
      },
    ),
    undecidedCase("denies them on what is made from its ARN, while that is not known", bucket({}), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: document({ ...denyInsecure, Resource: [ref("subject", "arn"), ref("subject", "arn")] }),
        }),
      },
    }),
    violatingCase("denies them on its objects only", bucket({ bucket: "logs" }), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: document({ ...denyInsecure, Resource: "arn:aws:s3:::logs/*" }),
        }),
      },
      note: "The rule asks for no request without TLS at all; its bucket policy that complies names both resources.",
    }),
    violatingCase("denies them on itself but not on its objects", bucket({ bucket: "logs" }), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: document({ ...denyInsecure, Resource: "arn:aws:s3:::logs" }),
        }),
      },
    }),
    violatingCase("denies them on some of its objects only", bucket({ bucket: "logs" }), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: document({
            ...denyInsecure,
            Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/private/*"],
          }),
        }),
      },
    }),
    violatingCase("has a policy that denies something else", bucket({ bucket: "logs" }), {
      with: { p: policy({ bucket: ref("subject"), policy: document({ ...denyInsecure, Condition: {} }) }) },
    }),
    violatingCase("denies requests without TLS from some networks only", bucket({ bucket: "logs" }), {
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: document({
            ...denyInsecure,
            Condition: {
              Bool: { "aws:SecureTransport": "false" },
              NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" },
            },
          }),
        }),
      },
      note: "All conditions of a statement must hold, so that requests from the network pass.",
    }),
    violatingCase("has no policy", bucket({ bucket: "logs" })),
    violatingCase(
      "is the policy of a bucket elsewhere, which denies nothing",
      policy({ bucket: "elsewhere", policy: document({ ...denyInsecure, Condition: {} }) }),
    ),
    undecidedCase("has a policy that is not known yet", bucket({}), {
      with: { p: policy({ bucket: ref("subject"), policy: unknown }) },
    }),
    undecidedCase("has a policy that is no JSON", bucket({}), {
      with: { p: policy({ bucket: ref("subject"), policy: "{" }) },
      note: "AWS refuses such a policy, so that there is no verdict of AWS Config.",
    }),
  ],
};

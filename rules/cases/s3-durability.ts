import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const bucket = resource("aws:s3/bucket:Bucket");
const bucketV2 = resource("aws:s3/bucketV2:BucketV2");
const lock = resource("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
const replication = resource("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
const versioning = resource("aws:s3/bucketVersioning:BucketVersioning");
const provider = resource("pulumi:providers:aws");

const locked = (mode?: unknown): { with: { l: ReturnType<typeof lock> } } => ({
  with: {
    l: lock({
      bucket: ref("subject"),
      ...(mode === undefined ? {} : { rule: { defaultRetention: { mode, days: 5 } } }),
    }),
  },
});
const rule = (target: unknown, status: unknown = "Enabled"): object => ({
  status,
  destination: { bucket: target },
});
const replicated = (...rules: object[]): ReturnType<typeof replication> =>
  replication({ bucket: ref("subject"), role: "arn:aws:iam::111122223333:role/replication", rules });
const there = bucket({ bucket: "copy" }, { provider: "west" });
const west = provider({ region: "us-west-2" });
const mfa = (mfaDelete: unknown): { with: { v: ReturnType<typeof versioning> } } => ({
  with: {
    v: versioning({ bucket: ref("subject"), versioningConfiguration: { status: "Enabled", mfaDelete } }),
  },
});

export const s3Durability: Cases = {
  S3_BUCKET_CROSS_REGION_REPLICATION_ENABLED: [
    compliantCase("goes to a bucket of a provider in another region", bucket({ region: "us-east-1" }), {
      with: { west, there, r: replicated(rule(ref("there", "arn"))) },
    }),
    compliantCase("goes to a bucket that names another region", bucket({ region: "us-east-1" }), {
      with: {
        there: bucket({ bucket: "copy", region: "eu-west-1" }),
        r: replicated(rule("arn:aws:s3:::copy")),
      },
    }),
    compliantCase(
      "goes to another region inline",
      bucket({
        region: "us-east-1",
        replicationConfiguration: { role: "r", rules: [rule("arn:aws:s3:::copy")] },
      }),
      { with: { west, there } },
    ),
    violatingCase("has no replication", bucket({})),
    violatingCase("goes to its own region", bucket({ region: "us-east-1" }), {
      with: {
        there: bucket({ bucket: "copy", region: "us-east-1" }),
        r: replicated(rule(ref("there", "arn"))),
      },
    }),
    violatingCase("goes to a bucket of the same provider", bucket({}), {
      with: { there: bucket({ bucket: "copy" }), r: replicated(rule(ref("there", "arn"))) },
    }),
    violatingCase("has a rule that is disabled", bucket({ region: "us-east-1" }), {
      with: { west, there, r: replicated(rule(ref("there", "arn"), "Disabled")) },
    }),
    undecidedCase("goes to a bucket outside of the stack", bucket({}), {
      with: { r: replicated(rule("arn:aws:s3:::elsewhere")) },
    }),
  ],
  S3_BUCKET_DEFAULT_LOCK_ENABLED: [
    compliantCase("is made with Object Lock", bucket({ objectLockEnabled: true })),
    compliantCase("has Object Lock by a resource of its own", bucket({}), locked()),
    compliantCase(
      "has Object Lock inline",
      bucket({ objectLockConfiguration: { objectLockEnabled: "Enabled" } }),
    ),
    compliantCase("has the mode that is asked for", bucket({ objectLockEnabled: true }), {
      ...locked("COMPLIANCE"),
      parameters: { mode: "COMPLIANCE" },
    }),
    compliantCase(
      "is a BucketV2 with the mode that is asked for",
      bucketV2({
        objectLockConfiguration: {
          objectLockEnabled: "Enabled",
          rules: [{ defaultRetentions: [{ mode: "GOVERNANCE", days: 1 }] }],
        },
      }),
      { parameters: { mode: "GOVERNANCE" } },
    ),
    violatingCase("has no Object Lock", bucket({})),
    violatingCase("says that it has none", bucket({ objectLockEnabled: false })),
    violatingCase("has another mode than is asked for", bucket({}), {
      ...locked("GOVERNANCE"),
      parameters: { mode: "COMPLIANCE" },
    }),
    violatingCase("has Object Lock without the mode that is asked for", bucket({ objectLockEnabled: true }), {
      parameters: { mode: "COMPLIANCE" },
    }),
    undecidedCase("gets its Object Lock from an unknown value", bucket({ objectLockEnabled: unknown })),
  ],
  S3_BUCKET_MFA_DELETE_ENABLED: [
    compliantCase("asks for a second factor", bucket({}), mfa("Enabled")),
    compliantCase(
      "asks for a second factor inline",
      bucket({ versioning: { enabled: true, mfaDelete: true } }),
    ),
    violatingCase("is versioned without it", bucket({}), mfa(undefined)),
    violatingCase("has it disabled", bucket({}), mfa("Disabled")),
    violatingCase("is versioned inline without it", bucket({ versioning: { enabled: true } })),
    violatingCase("is not versioned", bucket({})),
    violatingCase(
      "is the versioning of a bucket elsewhere without it",
      resource("aws:s3/bucketVersioning:BucketVersioning")({
        bucket: "elsewhere",
        versioningConfiguration: { status: "Enabled" },
      }),
    ),
    undecidedCase("gets it from an unknown value", bucket({}), mfa(unknown)),
  ],
  S3_BUCKET_REPLICATION_ENABLED: [
    compliantCase("is replicated", bucket({}), { with: { r: replicated(rule("arn:aws:s3:::copy")) } }),
    compliantCase(
      "is replicated inline",
      bucket({ replicationConfiguration: { role: "r", rules: [rule("arn:aws:s3:::copy")] } }),
    ),
    compliantCase(
      "is a BucketV2 that is replicated inline",
      bucketV2({
        replicationConfigurations: [
          { role: "r", rules: [{ status: "Enabled", destinations: [{ bucket: "arn:aws:s3:::copy" }] }] },
        ],
      }),
    ),
    compliantCase("is replicated within its region where that is asked for", bucket({}), {
      parameters: { ReplicationType: "SAME-REGION" },
      with: { there: bucket({ bucket: "copy" }), r: replicated(rule(ref("there", "arn"))) },
    }),
    violatingCase("is not replicated", bucket({})),
    violatingCase("has a rule that is disabled beside one that is enabled", bucket({}), {
      with: { r: replicated(rule("arn:aws:s3:::copy"), rule("arn:aws:s3:::other", "Disabled")) },
    }),
    violatingCase("is replicated within its region where another is asked for", bucket({}), {
      parameters: { ReplicationType: "CROSS-REGION" },
      with: { there: bucket({ bucket: "copy" }), r: replicated(rule(ref("there", "arn"))) },
    }),
    undecidedCase("gets the status from an unknown value", bucket({}), {
      with: { r: replicated(rule("arn:aws:s3:::copy", unknown)) },
    }),
  ],
};

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
const directory = resource("aws:s3/directoryBucket:DirectoryBucket");
const lifecycle = resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
const versioning = resource("aws:s3/bucketVersioning:BucketVersioning");

const having = (...rules: object[]): { with: { l: ReturnType<typeof lifecycle> } } => ({
  with: { l: lifecycle({ bucket: ref("subject"), rules }) },
});
const rule = (more: object = {}): object => ({ id: "r", status: "Enabled", ...more });
const archive = { transitions: [{ days: 30, storageClass: "STANDARD_IA" }] };
const zone = directory({ bucket: "data--use1-az4--x-s3", location: { name: "use1-az4" } });
const versioned = versioning({ bucket: ref("subject"), versioningConfiguration: { status: "Enabled" } });
const expiring = lifecycle({ bucket: ref("subject"), rules: [rule({ expiration: { days: 90 } })] });

export const s3Lifecycle: Cases = {
  S3_LIFECYCLE_POLICY_CHECK: [
    compliantCase("has an enabled rule", bucket({}), having(rule({ expiration: { days: 90 } }))),
    compliantCase(
      "has an enabled rule inline",
      bucket({ lifecycleRules: [{ enabled: true, expiration: { days: 90 } }] }),
    ),
    compliantCase(
      "is a BucketV2 whose rule expires objects in the time asked for",
      bucketV2({ lifecycleRules: [{ enabled: true, expirations: [{ days: 90 }] }] }),
      { parameters: { targetExpirationDays: "90" } },
    ),
    compliantCase("has a rule for the prefix, class and days asked for", bucket({}), {
      ...having(rule({ ...archive, filter: { prefix: "logs/" } })),
      parameters: {
        targetPrefix: "logs/",
        targetTransitionStorageClass: "STANDARD_IA",
        targetTransitionDays: "30",
      },
    }),
    notApplicableCase("is none of the named buckets", bucket({ bucket: "other" }), {
      parameters: { bucketNames: "logs" },
    }),
    violatingCase("has no rule", bucket({})),
    violatingCase("has a rule that is off", bucket({}), having(rule({ status: "Disabled" }))),
    violatingCase("has a rule inline that is off", bucket({ lifecycleRules: [{ enabled: false }] })),
    violatingCase("expires objects later than asked for", bucket({}), {
      ...having(rule({ expiration: { days: 395 } })),
      parameters: { targetExpirationDays: "90" },
    }),
    violatingCase("has the class in one rule and the prefix in another", bucket({}), {
      ...having(rule(archive), rule({ filter: { prefix: "logs/" } })),
      parameters: { targetPrefix: "logs/", targetTransitionStorageClass: "STANDARD_IA" },
    }),
    undecidedCase("has rules that are not known yet", bucket({}), {
      with: { l: lifecycle({ bucket: ref("subject"), rules: unknown }) },
    }),
  ],
  S3_VERSION_LIFECYCLE_POLICY_CHECK: [
    compliantCase("is versioned and has a rule", bucket({}), { with: { v: versioned, l: expiring } }),
    compliantCase(
      "is versioned and has a rule, both inline",
      bucket({ versioning: { enabled: true }, lifecycleRules: [{ enabled: true }] }),
    ),
    notApplicableCase("is not versioned", bucket({})),
    notApplicableCase("is none of the named buckets", bucket({ bucket: "other" }), {
      parameters: { bucketNames: "logs" },
      with: { v: versioned },
    }),
    violatingCase("is versioned without a rule", bucket({}), { with: { v: versioned } }),
    violatingCase("is versioned and has a rule that is off", bucket({}), {
      with: {
        v: versioned,
        l: lifecycle({ bucket: ref("subject"), rules: [rule({ status: "Disabled" })] }),
      },
    }),
    violatingCase("is versioned by Object Lock, without a rule", bucket({ objectLockEnabled: true })),
    undecidedCase("may be versioned", bucket({ versioning: { enabled: unknown } })),
  ],
  S3_DIRECTORY_BUCKET_LIFECYCLE_POLICY_RULE_CHECK: [
    compliantCase("has a rule", zone, having(rule({ expiration: { days: 7 } }))),
    violatingCase("has no rule", zone),
    violatingCase("has a rule that is off", zone, having(rule({ status: "Disabled" }))),
    undecidedCase("has a rule with an unknown status", zone, having(rule({ status: unknown }))),
  ],
  S3EXPRESS_DIR_BUCKET_LIFECYCLE_RULES_CHECK: [
    compliantCase("has a rule", zone, having(rule({ expiration: { days: 7 } }))),
    compliantCase("expires objects in the time asked for", zone, {
      ...having(rule({ expiration: { days: 7 } })),
      parameters: { targetExpirationDays: "7" },
    }),
    violatingCase("has no rule", zone),
    violatingCase("expires objects in another time", zone, {
      ...having(rule({ expiration: { days: 30 } })),
      parameters: { targetExpirationDays: "7" },
    }),
    undecidedCase("expires objects in an unknown time", zone, {
      ...having(rule({ expiration: { days: unknown } })),
      parameters: { targetExpirationDays: "7" },
    }),
  ],
};

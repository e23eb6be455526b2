import { provider } from "./types";
import type { ServiceDefaults } from "./types";

const BLOCK_OFF = {
  blockPublicAcls: provider(false),
  blockPublicPolicy: provider(false),
  ignorePublicAcls: provider(false),
  restrictPublicBuckets: provider(false),
};

export const s3: ServiceDefaults = {
  "aws:s3/accessPoint:AccessPoint": {
    "publicAccessBlockConfiguration.blockPublicAcls": provider(true),
    "publicAccessBlockConfiguration.blockPublicPolicy": provider(true),
    "publicAccessBlockConfiguration.ignorePublicAcls": provider(true),
    "publicAccessBlockConfiguration.restrictPublicBuckets": provider(true),
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": BLOCK_OFF,
  "aws:s3/bucket:Bucket": {
    objectLockEnabled: provider(false),
    "versioning.enabled": provider(false),
    "versioning.mfaDelete": provider(false),
  },
  "aws:s3/bucketNotification:BucketNotification": { eventbridge: provider(false) },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    objectLockEnabled: provider("Enabled"),
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": BLOCK_OFF,
};

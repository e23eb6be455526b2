import { type ResourceTypes } from "../resource-type";
import { bucket } from "./s3-bucket";
import { bucketLifecycleConfiguration } from "./s3-lifecycle";
import { bucketObject } from "./s3-objects";
import { bucketReplicationConfig } from "./s3-replication";
import {
  bucketAcl,
  bucketLogging,
  bucketNotification,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketServerSideEncryptionConfiguration,
  bucketVersioning,
} from "./s3-settings";
import { bucketWebsiteConfiguration } from "./s3-website";

/** The resource types of S3, with the older names of the same types. */
export const s3: ResourceTypes = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:s3/bucketAcl:BucketAcl": bucketAcl,
  "aws:s3/bucketAclV2:BucketAclV2": bucketAcl,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketLifecycleConfiguration,
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": bucketLifecycleConfiguration,
  "aws:s3/bucketLogging:BucketLogging": bucketLogging,
  "aws:s3/bucketLoggingV2:BucketLoggingV2": bucketLogging,
  "aws:s3/bucketNotification:BucketNotification": bucketNotification,
  "aws:s3/bucketObject:BucketObject": bucketObject,
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketOwnershipControls,
  "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketPublicAccessBlock,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": bucketReplicationConfig,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketServerSideEncryptionConfiguration,
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2":
    bucketServerSideEncryptionConfiguration,
  "aws:s3/bucketVersioning:BucketVersioning": bucketVersioning,
  "aws:s3/bucketVersioningV2:BucketVersioningV2": bucketVersioning,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": bucketWebsiteConfiguration,
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": bucketWebsiteConfiguration,
};

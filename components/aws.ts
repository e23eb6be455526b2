/**
 * The parts of `@pulumi/aws` that this project deploys with, so that call sites still read `aws.cfg.Rule`.
 *
 * Importing the package's root would load 300 modules and make the type checker read every resource of AWS; a lint
 * rule keeps it out of the other files.
 */
export * as cfg from "@pulumi/aws/cfg";
export * as cloudtrail from "@pulumi/aws/cloudtrail";
export * as cloudwatch from "@pulumi/aws/cloudwatch";
export * as iam from "@pulumi/aws/iam";
export * as kms from "@pulumi/aws/kms";
export * as s3 from "@pulumi/aws/s3";
export { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
export { getPartitionOutput } from "@pulumi/aws/getPartition";
export { getRegionOutput } from "@pulumi/aws/getRegion";

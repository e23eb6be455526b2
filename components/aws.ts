/**
 * The parts of `@pulumi/aws` that this project deploys with, so that call sites still read `aws.cfg.Rule`.
 *
 * Importing the package's root would load 300 modules and make the type checker read every resource of AWS; a lint
 * rule keeps it out of the other files.
 */
export * as cfg from "@pulumi/aws/cfg";
export * as chatbot from "@pulumi/aws/chatbot";
export * as cloudtrail from "@pulumi/aws/cloudtrail";
export * as cloudwatch from "@pulumi/aws/cloudwatch";
export * as codebuild from "@pulumi/aws/codebuild";
export * as codeconnections from "@pulumi/aws/codeconnections";
export * as codepipeline from "@pulumi/aws/codepipeline";
export * as iam from "@pulumi/aws/iam";
export * as kms from "@pulumi/aws/kms";
export * as lambda from "@pulumi/aws/lambda";
export * as s3 from "@pulumi/aws/s3";
export * as sns from "@pulumi/aws/sns";
export * as sqs from "@pulumi/aws/sqs";
export { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
export { getPartitionOutput } from "@pulumi/aws/getPartition";
export { getRegionOutput } from "@pulumi/aws/getRegion";

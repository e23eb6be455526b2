import * as pulumi from "@pulumi/pulumi";
import type { BuildPlace } from "./build-project";
import type { CompliancePipelineArgs } from "./compliance-pipeline";
import { CustomerKey } from "./customer-key";
import { logEncryption } from "./documents/logs";
import { type ArtifactStore, logGroupOf, onlyOwnKey } from "./documents/pipeline";
import type { Location } from "./documents/principals";
import { LoggedBucket } from "./logged-bucket";
import { artifactFolder, cacheFolder } from "./pipeline-names";

/** Makes key and bucket, unless they exist, and says what else all projects share. */
export function pipelinePlace(
  name: string,
  args: CompliancePipelineArgs,
  location: pulumi.Output<Location>,
  opts: pulumi.ComponentResourceOptions,
): Omit<BuildPlace, "permissionsBoundary"> {
  const { prefix, region, artifacts = { create: {} }, tags } = args;
  const kmsKeyArn =
    args.kmsKeyArn === undefined
      ? new CustomerKey(
          name,
          {
            description: "Encrypts the artefacts and the logs of the pipeline.",
            region,
            retain: false,
            // The boundary of a target in the same account knows the pipeline's keys by it.
            aliasPrefix: prefix,
            tags,
            allow: (here) => [logEncryption(here, logGroupOf(`${prefix}-*`))],
          },
          opts,
        ).arn
      : pulumi.output(args.kmsKeyArn);
  const { bucketName, bucketArn } =
    "existing" in artifacts
      ? existingBucket(artifacts.existing.bucketName, location)
      : new LoggedBucket(
          name,
          {
            bucketName: artifacts.create.bucketName,
            region,
            tags,
            retain: artifacts.create.retain ?? false,
            kmsKeyArn,
            expireDays: artifacts.create.expireDays ?? 90,
            // Not the delivered source: the scheduled verification needs it however long nothing is delivered.
            expirePrefixes: [artifactFolder(prefix), cacheFolder("")],
            noncurrentDays: 30,
            accessLogDays: 365,
            allow: (ownArn) => pulumi.all([ownArn, kmsKeyArn]).apply(([arn, key]) => [onlyOwnKey(arn, key)]),
          },
          opts,
        );
  return {
    location,
    region,
    bucketName,
    kmsKeyArn,
    store: pulumi
      .all([bucketArn, kmsKeyArn])
      .apply(([arn, key]): ArtifactStore => ({ bucketArn: arn, kmsKeyArn: key })),
    logRetentionDays: args.logRetentionDays ?? 365,
    tags,
  };
}

function existingBucket(bucketName: string, location: pulumi.Output<Location>) {
  return {
    bucketName: pulumi.output(bucketName),
    bucketArn: location.apply(({ partition }) => `arn:${partition}:s3:::${bucketName}`),
  };
}

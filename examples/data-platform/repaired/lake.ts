import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A private, versioned bucket that only takes objects under its key, and the bucket of its access logs. */
export function lake(name: string, key: aws.kms.Key): aws.s3.Bucket {
  // Access logs are delivered only to buckets that S3 encrypts with its own key.
  const logs = secured(`${name}-logs`, { sseAlgorithm: "AES256" }, (arn) => [
    {
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${arn}/${name}/*`,
      Condition: { StringEquals: { "aws:SourceAccount": aws.getCallerIdentityOutput().accountId } },
    },
  ]);
  const { bucket } = secured(name, { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn });
  // S3 checks that it may deliver when logging is turned on.
  new aws.s3.BucketLogging(
    name,
    { bucket: bucket.bucket, targetBucket: logs.bucket.bucket, targetPrefix: `${name}/` },
    { dependsOn: logs.policy },
  );
  return bucket;
}

type Encryption =
  aws.types.input.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault;

interface SecuredBucket {
  readonly bucket: aws.s3.Bucket;
  readonly policy: aws.s3.BucketPolicy;
}

type Statements = readonly pulumi.Input<aws.iam.PolicyStatement>[];

function secured(
  name: string,
  encryption: Encryption,
  statements: (arn: pulumi.Output<string>) => Statements = () => [],
): SecuredBucket {
  const bucket = new aws.s3.Bucket(name);
  const of = { bucket: bucket.bucket };
  const block = new aws.s3.BucketPublicAccessBlock(name, {
    ...of,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } });
  new aws.s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } });
  new aws.s3.BucketServerSideEncryptionConfiguration(name, {
    ...of,
    rules: [{ applyServerSideEncryptionByDefault: encryption, bucketKeyEnabled: true }],
  });
  new aws.s3.BucketLifecycleConfiguration(name, {
    ...of,
    rules: [
      {
        id: "tiers",
        status: "Enabled",
        filter: {},
        transitions: [{ days: 90, storageClass: "INTELLIGENT_TIERING" }],
        noncurrentVersionExpiration: { noncurrentDays: 90 },
      },
    ],
  });
  const policy = new aws.s3.BucketPolicy(
    name,
    {
      ...of,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          ...statements(bucket.arn),
        ],
      },
    },
    { dependsOn: block },
  );
  return { bucket, policy };
}

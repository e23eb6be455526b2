import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface PrivateBucketArgs {
  /** Where its access logs go. */
  readonly logs?: PrivateBucket;
  /** Days after which objects are removed. */
  readonly expireDays?: number;
  /** Days after which replaced versions of objects are removed. */
  readonly expireNoncurrentDays?: number;
}

export interface PrivateBucket {
  readonly bucket: aws.s3.Bucket;
  /** Of a bucket for logs: what lets S3 deliver them. */
  readonly policy?: aws.s3.BucketPolicy;
  /** Lets a CloudFront distribution read the objects, over TLS only like everybody else. */
  readonly allow: (name: string, distributionArn: pulumi.Input<string>) => void;
}

/** A bucket that nobody else can read, versioned and encrypted. */
export function privateBucket(name: string, args: PrivateBucketArgs): PrivateBucket {
  const bucket = new aws.s3.Bucket(name);
  const of = { bucket: bucket.bucket };
  const isLogTarget = args.logs === undefined;

  const block = new aws.s3.BucketPublicAccessBlock(name, {
    ...of,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  // CloudFront delivers its standard logs through an ACL grant.
  new aws.s3.BucketOwnershipControls(name, {
    ...of,
    rule: { objectOwnership: isLogTarget ? "BucketOwnerPreferred" : "BucketOwnerEnforced" },
  });
  new aws.s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } });
  new aws.s3.BucketServerSideEncryptionConfiguration(name, {
    ...of,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  new aws.s3.BucketLifecycleConfiguration(name, {
    ...of,
    rules: [
      {
        id: "expire",
        status: "Enabled",
        filter: {},
        ...(args.expireDays === undefined ? {} : { expiration: { days: args.expireDays } }),
        noncurrentVersionExpiration: { noncurrentDays: args.expireNoncurrentDays ?? 30 },
      },
    ],
  });
  let policy: aws.s3.BucketPolicy | undefined;
  if (args.logs !== undefined) {
    // S3 checks that it may deliver when logging is turned on.
    new aws.s3.BucketLogging(
      name,
      { ...of, targetBucket: args.logs.bucket.bucket, targetPrefix: `${name}/` },
      { dependsOn: args.logs.policy === undefined ? [] : [args.logs.policy] },
    );
  } else {
    policy = policyOf(name, bucket, block, [
      {
        Sid: "AccessLogs",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${bucket.arn}/*`,
        Condition: { StringEquals: { "aws:SourceAccount": aws.getCallerIdentityOutput().accountId } },
      },
    ]);
  }
  return {
    bucket,
    ...(policy === undefined ? {} : { policy }),
    allow: (policyName, distributionArn) => {
      policyOf(policyName, bucket, block, [
        {
          Sid: "ReadByDistribution",
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: pulumi.interpolate`${bucket.arn}/*`,
          Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
        },
      ]);
    },
  };
}

function policyOf(
  name: string,
  bucket: aws.s3.Bucket,
  block: aws.s3.BucketPublicAccessBlock,
  statements: readonly pulumi.Input<aws.iam.PolicyStatement>[],
): aws.s3.BucketPolicy {
  return new aws.s3.BucketPolicy(
    name,
    {
      bucket: bucket.bucket,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OverTlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          ...statements,
        ],
      },
    },
    { dependsOn: block },
  );
}

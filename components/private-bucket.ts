import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { type PolicyStatement, policyText, tlsOnly } from "./documents/statement";
import { bucketPrefix } from "./physical-names";

/** Arguments of {@link PrivateBucket}. */
export interface PrivateBucketArgs {
  /** Physical name. @defaultValue project, stack and logical name with a unique suffix */
  readonly bucketName?: string | undefined;
  /** Region of the bucket. @defaultValue the provider's region */
  readonly region?: string | undefined;
  /** ARN of the KMS key for new objects. @defaultValue none: S3's own keys (SSE-S3) */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
  /** Days until a current object expires. Whole, from 1. */
  readonly expireDays: number;
  /** Beginnings of the keys that expire; the others stay until they are overwritten. @defaultValue all keys */
  readonly expirePrefixes?: readonly string[] | undefined;
  /** Days until an overwritten or deleted version is gone for good. Whole, from 1. */
  readonly noncurrentDays: number;
  /**
   * Statements of the bucket policy beside the refusal of requests without TLS. It gets the ARN as an output and not as
   * text: what the statements are made of must be seen in a preview too, where the text is not known yet, or an update
   * by the plan of that preview is refused for other dependencies. @defaultValue none
   */
  readonly allow?:
    ((bucketArn: pulumi.Output<string>) => pulumi.Output<readonly PolicyStatement[]>) | undefined;
  /** `true`: bucket, settings and objects survive the program. `false`: destroying deletes all of it. */
  readonly retain: boolean;
  /** Tags of the bucket. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Days after which S3 drops the parts of an upload that was never finished: AWS's own recommendation. */
const ABORT_UPLOAD_DAYS = 7;

/**
 * An S3 bucket that nobody reaches by accident: versioned, encrypted, no public access, no ACLs, TLS only, with a
 * lifecycle that also ends non-current versions and unfinished uploads.
 *
 * The settings outlive the program together with the bucket: a bucket that stays must not lose its policy,
 * encryption or public access block.
 *
 * @example
 * ```ts
 * new PrivateBucket("reports", { expireDays: 365, noncurrentDays: 30, retain: true });
 * ```
 */
export class PrivateBucket extends pulumi.ComponentResource {
  /** Physical name of the bucket. */
  public readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket, made of its name so that policies are known before the bucket exists where a name is chosen. */
  public readonly bucketArn: pulumi.Output<string>;

  public constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:PrivateBucket", name, NO_INPUTS, opts);
    const options = { parent: this, retainOnDelete: args.retain };
    const region = args.region === undefined ? {} : { region: args.region };

    const bucket = new aws.s3.Bucket(
      name,
      {
        ...(args.bucketName === undefined
          ? { bucketPrefix: bucketPrefix(name) }
          : { bucket: args.bucketName }),
        ...region,
        forceDestroy: !args.retain,
        ...(args.tags === undefined ? {} : { tags: args.tags }),
      },
      options,
    );
    this.bucketName = bucket.bucket;
    this.bucketArn = pulumi.interpolate`arn:${aws.getPartitionOutput({}, { parent: this }).partition}:s3:::${bucket.bucket}`;

    const of = { bucket: bucket.bucket, ...region };
    new aws.s3.BucketOwnershipControls(
      name,
      { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
      options,
    );
    const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
      name,
      {
        ...of,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      options,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { ...of, rules: [encryptionRule(args.kmsKeyArn)] },
      options,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { ...of, versioningConfiguration: { status: "Enabled" } },
      options,
    );
    // S3 counts non-current days only once versions exist.
    new aws.s3.BucketLifecycleConfiguration(
      name,
      { ...of, rules: lifecycleRules(args) },
      { ...options, dependsOn: [versioning] },
    );
    // S3 refuses a policy and a public access block that arrive at the same moment.
    new aws.s3.BucketPolicy(
      name,
      { ...of, policy: bucketPolicy(this.bucketArn, args.allow) },
      { ...options, dependsOn: [publicAccessBlock] },
    );
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}

function bucketPolicy(
  bucketArn: pulumi.Output<string>,
  allow: PrivateBucketArgs["allow"] = () => pulumi.output([]),
): pulumi.Output<string> {
  return pulumi
    .all([bucketArn, allow(bucketArn)])
    .apply(([arn, allowed]) => policyText([tlsOnly(arn), ...allowed]));
}

function encryptionRule(kmsKeyArn: pulumi.Input<string> | undefined) {
  if (kmsKeyArn === undefined) return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
    // One data key for many objects: the same protection for a hundredth of the KMS requests.
    bucketKeyEnabled: true,
  };
}

function lifecycleRules({ expireDays, expirePrefixes, noncurrentDays }: PrivateBucketArgs) {
  const everything = { status: "Enabled", filter: { prefix: "" } };
  const expiration = { days: expireDays };
  const tidying = {
    noncurrentVersionExpiration: { noncurrentDays },
    abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_UPLOAD_DAYS },
  };
  return [
    ...(expirePrefixes === undefined
      ? [{ ...everything, id: "expire", expiration, ...tidying }]
      : [
          ...expirePrefixes.map((prefix, index) => ({
            status: "Enabled",
            filter: { prefix },
            id: `expire-${index + 1}`,
            expiration,
          })),
          { ...everything, id: "tidy", ...tidying },
        ]),
    // S3 does not accept days and delete markers in one expiration.
    { ...everything, id: "remove-delete-markers", expiration: { expiredObjectDeleteMarker: true } },
  ];
}

import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { accessLogDelivery } from "./documents/evidence";
import { ACCESS_LOGS } from "./bucket-names";
import { PrivateBucket, type PrivateBucketArgs } from "./private-bucket";

/** Arguments of {@link LoggedBucket}. */
export interface LoggedBucketArgs extends PrivateBucketArgs {
  /** Days that access logs are kept. Whole, from 1. */
  readonly accessLogDays: number;
}

/**
 * A private bucket and a second one for its access logs.
 *
 * The second one is encrypted with S3's own keys: S3 does not deliver access logs to a bucket whose default encryption
 * is a KMS key.
 *
 * @example
 * ```ts
 * new LoggedBucket("reports", { expireDays: 365, noncurrentDays: 30, accessLogDays: 365, retain: true });
 * ```
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class LoggedBucket extends pulumi.ComponentResource {
  /** Physical name of the bucket. */
  public readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket, known before the bucket exists. */
  public readonly bucketArn: pulumi.Output<string>;
  /** Physical name of the access-log bucket. */
  public readonly accessLogBucketName: pulumi.Output<string>;

  public constructor(name: string, args: LoggedBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:LoggedBucket", name, NO_INPUTS, opts);
    const { accessLogDays, ...own } = args;
    const { bucketName, region, retain, tags } = args;
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const prefix = `${name}/`;

    const bucket = new PrivateBucket(name, own, { parent: this });
    const accessLogs = new PrivateBucket(
      `${name}-access-logs`,
      {
        region,
        retain,
        tags,
        bucketName: bucketName === undefined ? undefined : `${bucketName}${ACCESS_LOGS}`,
        expireDays: accessLogDays,
        noncurrentDays: accessLogDays,
        allow: (ownArn) =>
          pulumi
            .all([ownArn, accountId, bucket.bucketArn])
            .apply(([logBucketArn, account, sourceBucketArn]) => [
              accessLogDelivery({ logBucketArn, sourceBucketArn, account, prefix }),
            ]),
      },
      { parent: this },
    );
    new aws.s3.BucketLogging(
      name,
      {
        bucket: bucket.bucketName,
        targetBucket: accessLogs.bucketName,
        targetPrefix: prefix,
        ...(region === undefined ? {} : { region }),
      },
      // Without the log bucket's policy, S3 accepts the setting and drops the logs.
      { parent: this, retainOnDelete: retain, dependsOn: [accessLogs] },
    );
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
    this.accessLogBucketName = accessLogs.bucketName;
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      accessLogBucketName: this.accessLogBucketName,
    });
  }
}

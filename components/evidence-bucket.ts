import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { evidenceProblems } from "./evidence-limits";
import { CustomerKey } from "./customer-key";
import { configDelivery, evidenceEncryption } from "./documents/evidence";
import { LoggedBucket } from "./logged-bucket";
import { refuse } from "./problems";

/** A bucket that this program makes and looks after. */
export interface CreatedEvidenceBucket {
  /** Physical name, 3 to 63 characters, unique in all of AWS. @defaultValue the logical name with a random suffix */
  readonly bucketName?: string | undefined;
  /**
   * ARN of an own KMS key in the bucket's region, whose policy admits AWS Config.
   * @defaultValue a new customer-managed key with yearly rotation
   */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
  /**
   * `true`: buckets and key outlive the program, because evidence must; `false`: destroying the program deletes
   * them with everything in them.
   * @defaultValue true
   */
  readonly retain?: boolean | undefined;
  /** Days that evidence is kept, 1 to 36,500. @defaultValue 2557, the seven years that AWS Config itself keeps */
  readonly expireDays?: number | undefined;
  /** Days that an overwritten or deleted version is kept, 1 to 36,500. @defaultValue 365 */
  readonly noncurrentDays?: number | undefined;
  /** Days that access logs are kept, 1 to 36,500. @defaultValue 365 */
  readonly accessLogDays?: number | undefined;
  /** Only `false`: AWS Config does not deliver to a bucket with Object Lock. @defaultValue false */
  readonly objectLock?: boolean | undefined;
}

/** A bucket that exists, for example the organisation's log archive; it is not touched. */
export interface ExistingEvidenceBucket {
  /** Physical name, not an ARN. */
  readonly bucketName: string;
  /** ARN of the KMS key that AWS Config must encrypt with, in the bucket's region. @defaultValue the bucket's own default */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
}

/** Make a bucket, or deliver to one that exists. */
export type EvidenceBucketChoice =
  { readonly create: CreatedEvidenceBucket } | { readonly existing: ExistingEvidenceBucket };

/** Arguments of {@link EvidenceBucket}. */
export interface EvidenceBucketArgs {
  /** Make a bucket, or deliver to one that exists. @defaultValue `{ create: {} }` */
  readonly bucket?: EvidenceBucketChoice | undefined;
  /** Folder that AWS Config delivers below, without leading or trailing slash. @defaultValue the bucket's root */
  readonly prefix?: string | undefined;
  /** Region of bucket and key. @defaultValue the provider's region */
  readonly region?: string | undefined;
  /** Further accounts, 12 digits each, at most 100, whose AWS Config may deliver here. @defaultValue none */
  readonly sourceAccounts?: readonly string[] | undefined;
  /** Tags of buckets and key. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Where AWS Config delivers configuration history and snapshots, with the key that encrypts them and a second bucket
 * for its access logs.
 *
 * @example
 * ```ts
 * const evidence = new EvidenceBucket("evidence", { prefix: "config" });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class EvidenceBucket extends pulumi.ComponentResource {
  /** Physical name of the bucket. */
  public readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  public readonly bucketArn: pulumi.Output<string>;
  /** ARN of the key that AWS Config encrypts with; `undefined` for an existing bucket's own default. */
  public readonly kmsKeyArn: pulumi.Output<string> | undefined;
  /** Folder that AWS Config delivers below. */
  public readonly prefix: string | undefined;
  /** Physical name of the access-log bucket; `undefined` for an existing bucket. */
  public readonly accessLogBucketName: pulumi.Output<string> | undefined;

  public constructor(name: string, args: EvidenceBucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:EvidenceBucket", name, NO_INPUTS, opts);
    refuse(this, `EvidenceBucket "${name}"`, evidenceProblems(args));
    const { bucket = { create: {} }, prefix } = args;
    this.prefix = prefix;

    if ("existing" in bucket) {
      const { partition } = aws.getPartitionOutput({}, { parent: this });
      this.bucketName = pulumi.output(bucket.existing.bucketName);
      this.bucketArn = pulumi.interpolate`arn:${partition}:s3:::${this.bucketName}`;
      this.kmsKeyArn =
        bucket.existing.kmsKeyArn === undefined ? undefined : pulumi.output(bucket.existing.kmsKeyArn);
    } else {
      const created = this.create(name, bucket.create, args);
      this.bucketName = created.bucket.bucketName;
      this.bucketArn = created.bucket.bucketArn;
      this.kmsKeyArn = created.kmsKeyArn;
      this.accessLogBucketName = created.bucket.accessLogBucketName;
    }
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      kmsKeyArn: this.kmsKeyArn,
      prefix: this.prefix,
      accessLogBucketName: this.accessLogBucketName,
    });
  }

  private create(name: string, create: CreatedEvidenceBucket, args: EvidenceBucketArgs) {
    const { retain = true, expireDays = 2557, noncurrentDays = 365, accessLogDays = 365 } = create;
    const { region, tags, sourceAccounts = [] } = args;
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const accounts = accountId.apply((account) => [...new Set([account, ...sourceAccounts])]);
    const place = { region, tags, retain };

    const kmsKeyArn =
      create.kmsKeyArn === undefined
        ? new CustomerKey(
            name,
            {
              ...place,
              description: "Encrypts the configuration history and snapshots that AWS Config delivers.",
              allow: () => accounts.apply((known) => [evidenceEncryption(known)]),
            },
            { parent: this },
          ).arn
        : pulumi.output(create.kmsKeyArn);
    const bucket = new LoggedBucket(
      name,
      {
        ...place,
        bucketName: create.bucketName,
        kmsKeyArn,
        expireDays,
        noncurrentDays,
        accessLogDays,
        allow: (ownArn) =>
          pulumi.all([ownArn, accounts]).apply(([arn, known]) => configDelivery(arn, args.prefix, known)),
      },
      { parent: this },
    );
    return { bucket, kmsKeyArn };
  }
}

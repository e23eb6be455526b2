import type { PolicyStatement } from "./statement";

/** The service principal that AWS Config delivers with; it has the same name in every partition. */
export const CONFIG_SERVICE = "config.amazonaws.com";

/**
 * Lets AWS Config check the bucket and deliver to it, only on behalf of the given accounts and only below each
 * account's own prefix. A service-linked role cannot write to S3, so AWS Config always delivers as its service
 * principal, which is also why conditions on the organisation have no effect here.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
export function configDelivery(
  bucketArn: string,
  prefix: string | undefined,
  accounts: readonly string[],
): readonly PolicyStatement[] {
  const folder = prefix === undefined ? bucketArn : `${bucketArn}/${prefix}`;
  const source = { "aws:SourceAccount": accounts };
  return [
    {
      Sid: "AllowConfigToFindTheBucket",
      Effect: "Allow",
      Principal: { Service: CONFIG_SERVICE },
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: source },
    },
    {
      Sid: "AllowConfigToDeliver",
      Effect: "Allow",
      Principal: { Service: CONFIG_SERVICE },
      Action: "s3:PutObject",
      Resource: accounts.map((account) => `${folder}/AWSLogs/${account}/Config/*`),
      Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/**
 * Lets S3 deliver the access logs of one bucket to another of the same account.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function accessLogDelivery(logs: {
  readonly logBucketArn: string;
  readonly sourceBucketArn: string;
  readonly account: string;
  readonly prefix: string;
}): PolicyStatement {
  return {
    Sid: "AllowAccessLogDelivery",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${logs.logBucketArn}/${logs.prefix}*`,
    Condition: {
      StringEquals: { "aws:SourceAccount": logs.account },
      ArnLike: { "aws:SourceArn": logs.sourceBucketArn },
    },
  };
}

/**
 * Lets AWS Config use the evidence key, only on behalf of the given accounts. In a key policy, the resource "*" means
 * the key itself.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html
 */
export function evidenceEncryption(accounts: readonly string[]): PolicyStatement {
  return {
    Sid: "AllowConfigToEncrypt",
    Effect: "Allow",
    Principal: { Service: CONFIG_SERVICE },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": accounts } },
  };
}

/**
 * What the recorder's own role needs beside the AWS managed policy for reading the account: exactly the evidence
 * bucket's prefix of this account, the notification topics, and their keys.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html
 */
export function deliveryPermissions(facts: {
  readonly bucketArn: string;
  readonly prefix: string | undefined;
  readonly account: string;
  /** Of the bucket and of the topics. */
  readonly kmsKeyArns: readonly string[];
  readonly snsTopicArns: readonly string[];
}): readonly PolicyStatement[] {
  const folder = facts.prefix === undefined ? facts.bucketArn : `${facts.bucketArn}/${facts.prefix}`;
  const statements: PolicyStatement[] = [
    {
      Sid: "FindTheBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: facts.bucketArn,
    },
    {
      Sid: "Deliver",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: `${folder}/AWSLogs/${facts.account}/Config/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
  if (facts.kmsKeyArns.length > 0) {
    const actions = ["kms:Decrypt", "kms:GenerateDataKey"];
    statements.push({ Sid: "Encrypt", Effect: "Allow", Action: actions, Resource: facts.kmsKeyArns });
  }
  if (facts.snsTopicArns.length > 0) {
    statements.push({ Sid: "Notify", Effect: "Allow", Action: "sns:Publish", Resource: facts.snsTopicArns });
  }
  return statements;
}

/** Lets AWS Config, and nobody through it from another account, assume the recorder's own role. */
export function configTrust(account: string): PolicyStatement {
  return {
    Sid: "AllowConfigOfThisAccount",
    Effect: "Allow",
    Principal: { Service: CONFIG_SERVICE },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

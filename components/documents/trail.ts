import type { Location } from "./principals";
import type { PolicyStatement } from "./statement";

const CLOUDTRAIL_SERVICE = "cloudtrail.amazonaws.com";

/** The ARN of a trail, known before it exists: its bucket's policy must be there first. */
export function trailArn({ partition, region, account }: Location, trailName: string): string {
  return `arn:${partition}:cloudtrail:${region}:${account}:trail/${trailName}`;
}

/**
 * Lets one trail check its bucket and deliver below its account's prefix.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function trailDelivery(
  bucketArn: string,
  location: Location,
  trailName: string,
): readonly PolicyStatement[] {
  const source = { "aws:SourceArn": trailArn(location, trailName) };
  return [
    {
      Sid: "AllowTrailToFindTheBucket",
      Effect: "Allow",
      Principal: { Service: CLOUDTRAIL_SERVICE },
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: source },
    },
    {
      Sid: "AllowTrailToDeliver",
      Effect: "Allow",
      Principal: { Service: CLOUDTRAIL_SERVICE },
      Action: "s3:PutObject",
      Resource: `${bucketArn}/AWSLogs/${location.account}/*`,
      Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/**
 * Lets one trail encrypt its files with a key. In a key policy, the resource "*" means the key itself.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function trailEncryption(location: Location, trailName: string): readonly PolicyStatement[] {
  const { partition, account } = location;
  const source = { "aws:SourceArn": trailArn(location, trailName) };
  return [
    {
      Sid: "AllowTrailToEncrypt",
      Effect: "Allow",
      Principal: { Service: CLOUDTRAIL_SERVICE },
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: source,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partition}:cloudtrail:*:${account}:trail/*`,
        },
      },
    },
    {
      Sid: "AllowTrailToFindTheKey",
      Effect: "Allow",
      Principal: { Service: CLOUDTRAIL_SERVICE },
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: source },
    },
  ];
}

/** Lets CloudTrail assume the role with which it writes to CloudWatch Logs. */
export function trailTrust(): PolicyStatement {
  return {
    Sid: "AllowTrail",
    Effect: "Allow",
    Principal: { Service: CLOUDTRAIL_SERVICE },
    Action: "sts:AssumeRole",
  };
}

/**
 * What CloudTrail needs to write its events to one log group: streams are named after account and region.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function trailLogPermissions(location: Location, logGroupName: string): readonly PolicyStatement[] {
  const { partition, region, account } = location;
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`;
  return [
    {
      Sid: "WriteEvents",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${group}:log-stream:${account}_CloudTrail_${region}*`,
    },
  ];
}

import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import { ACCOUNT } from "../engine/environment";
import { type JsonObject, textOf } from "../json";
import { AwsError } from "./aws-error";
import { found, isTrusted, keyPolicyOf, roleAllows } from "./permissions";
import { decide } from "./policy";
import type { JsonCall, JsonHandler, Surroundings } from "./server";

const SERVICE = "cloudtrail.amazonaws.com";

/**
 * Deletes trails by their ARN, which moto does not. Refuses a trail whose bucket, key or role does not let CloudTrail in: CloudTrail tries them when a trail is made or
 * changed.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export function trailOperations(): Record<string, JsonHandler> {
  const checked: JsonHandler = async (call) => {
    const { body } = call;
    const arn = arnOf(call);
    // Without a bucket, moto itself refuses.
    if (textOf(body["S3BucketName"]) !== "") await refuseBucket(call, arn);
    if (textOf(body["KmsKeyId"]) !== "") await refuseKey(call, arn, textOf(body["KmsKeyId"]));
    if (textOf(body["CloudWatchLogsRoleArn"]) !== "") await refuseRole(call);
    return call.forward();
  };
  return {
    CreateTrail: checked,
    UpdateTrail: checked,
    // moto deletes nothing, and says nothing, when it gets an ARN.
    DeleteTrail: ({ body, forward }) =>
      forward({ ...body, Name: textOf(body["Name"]).replace(/^arn:.*:trail\//, "") }),
  };
}

function arnOf({ region, body }: JsonCall): string {
  const name = textOf(body["Name"]);
  return name.startsWith("arn:") ? name : `arn:aws:cloudtrail:${region}:${ACCOUNT}:trail/${name}`;
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
async function refuseBucket({ aws, body }: JsonCall, trail: string): Promise<void> {
  const Bucket = textOf(body["S3BucketName"]);
  const answer = await found(aws.s3.send(new GetBucketPolicyCommand({ Bucket })));
  const prefix = textOf(body["S3KeyPrefix"]);
  const folder = `arn:aws:s3:::${Bucket}/${prefix === "" ? "" : `${prefix}/`}AWSLogs/${ACCOUNT}`;
  const needed: readonly (readonly [string, string])[] = [
    ["s3:GetBucketAcl", `arn:aws:s3:::${Bucket}`],
    ["s3:PutObject", `${folder}/CloudTrail/file`],
  ];
  for (const [action, resource] of needed) {
    const context = {
      ...source(trail),
      "aws:securetransport": "true",
      "s3:x-amz-acl": "bucket-owner-full-control",
    };
    const request = { principal: { service: SERVICE }, action, resource, context };
    if (decide(answer?.Policy ?? "", request) === "allow") continue;
    const message = `Incorrect S3 bucket policy is detected for bucket: ${Bucket} (${action} on ${resource}).`;
    throw new AwsError("InsufficientS3BucketPolicyException", message);
  }
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
async function refuseKey(call: Surroundings, trail: string, key: string): Promise<void> {
  const policy = await keyPolicyOf(call, key);
  if (policy === undefined)
    throw new AwsError("KmsKeyNotFoundException", `The KMS key ${key} does not exist.`);
  for (const action of ["kms:GenerateDataKey", "kms:DescribeKey"]) {
    const context = { ...source(trail), "kms:encryptioncontext:aws:cloudtrail:arn": trail };
    const request = { principal: { service: SERVICE }, action, resource: key, context };
    if (decide(policy, request) === "allow") continue;
    const message = `Insufficient permissions to access S3 bucket or KMS key ${key} (${action}).`;
    throw new AwsError("InsufficientEncryptionPolicyException", message);
  }
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html */
async function refuseRole(call: JsonCall): Promise<void> {
  const { body, region } = call;
  const role = textOf(body["CloudWatchLogsRoleArn"]);
  const group = textOf(body["CloudWatchLogsLogGroupArn"]).replace(/:\*$/, "");
  if (!(await isTrusted(call, role, SERVICE, source(arnOf(call))))) {
    throw new AwsError(
      "InvalidCloudWatchLogsRoleArnException",
      "Access denied. Check the trust relationships for your role.",
    );
  }
  const resource = `${group}:log-stream:${ACCOUNT}_CloudTrail_${region}`;
  for (const action of ["logs:CreateLogStream", "logs:PutLogEvents"]) {
    const request = { principal: { arn: role }, action, resource, context: {} };
    if (await roleAllows(call, role, request)) continue;
    const message = `Access denied. Check the permissions for your role (${action} on ${resource}).`;
    throw new AwsError("InvalidCloudWatchLogsLogGroupArnException", message);
  }
}

function source(trail: string): JsonObject & Readonly<Record<string, string>> {
  return { "aws:sourcearn": trail, "aws:sourceaccount": ACCOUNT };
}

import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { ACCOUNT } from "../engine/environment";
import { AwsError } from "./aws-error";
import { found, keyPolicyOf, regionOfKey, roleAllows } from "./permissions";
import { decide } from "./policy";
import type { Surroundings } from "./server";

/** Who delivers, and through what it is looked at. */
export interface Recipient extends Surroundings {
  /** The recorder's role. */
  readonly role: string;
}

const SERVICE = "config.amazonaws.com";
const SERVICE_ROLE = "/aws-service-role/config.amazonaws.com/";

/**
 * Refuses a bucket that does not exist, has Object Lock, or does not let AWS Config in.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-deliverychannel.html
 */
export async function refuseBucket(
  by: Recipient,
  bucket: string,
  prefix: string,
  keyArn: string,
): Promise<void> {
  const { s3 } = by.aws;
  const Bucket = bucket;
  if (!(await found(s3.send(new HeadBucketCommand({ Bucket }))))) {
    throw new AwsError("NoSuchBucketException", `Cannot find a S3 bucket with name ${bucket}.`);
  }
  const lock = await found(s3.send(new GetObjectLockConfigurationCommand({ Bucket })));
  if (lock?.ObjectLockConfiguration?.ObjectLockEnabled === "Enabled") {
    throw refused(`The bucket ${bucket} has Object Lock, to which AWS Config cannot deliver.`);
  }
  const policy = (await found(s3.send(new GetBucketPolicyCommand({ Bucket }))))?.Policy ?? "";
  const arn = `arn:aws:s3:::${bucket}`;
  const folder = `${arn}/${prefix === "" ? "" : `${prefix}/`}AWSLogs/${ACCOUNT}/Config`;
  const put = {
    "s3:x-amz-acl": "bucket-owner-full-control",
    ...(keyArn === ""
      ? {}
      : {
          "s3:x-amz-server-side-encryption": "aws:kms",
          "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn,
        }),
  };
  await demand(by, policy, "s3:GetBucketAcl", arn);
  await demand(by, policy, "s3:ListBucket", arn);
  await demand(by, policy, "s3:PutObject", `${folder}/ConfigWritabilityCheckFile`, put);
  const encryption = await found(s3.send(new GetBucketEncryptionCommand({ Bucket })));
  const used = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  if (keyArn === "" && used?.SSEAlgorithm === "aws:kms" && used.KMSMasterKeyID !== undefined) {
    await refuseKey(by, used.KMSMasterKeyID);
  }
}

/**
 * Refuses a key that does not exist, or whose policy does not let AWS Config encrypt with it.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html
 */
export async function refuseKey(by: Recipient, keyArn: string): Promise<void> {
  const policy = await keyPolicyOf(by, keyArn);
  if (policy === undefined) {
    throw new AwsError("InvalidS3KmsKeyArnException", `The KMS key ${keyArn} cannot be found.`);
  }
  // A key is in the region of its bucket, wherever the recorder is.
  const service = `s3.${regionOfKey(keyArn, by.region)}.amazonaws.com`;
  const context = { "kms:viaservice": service, "kms:calleraccount": ACCOUNT };
  for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
    await demand(by, policy, action, keyArn, context);
  }
}

/**
 * Refuses a topic that does not exist, or that does not let AWS Config publish.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-policy.html
 */
export async function refuseTopic(by: Recipient, topic: string): Promise<void> {
  const answer = await found(by.aws.sns.send(new GetTopicAttributesCommand({ TopicArn: topic })));
  const policy = answer?.Attributes?.["Policy"];
  if (policy === undefined)
    throw new AwsError("InvalidSNSTopicARNException", `The SNS topic ${topic} does not exist.`);
  await demand(by, policy, "sns:Publish", topic);
}

/** Refuses unless the resource's policy, or the role's own policies, allow the action and nothing denies it. */
async function demand(
  by: Recipient,
  policy: string,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): Promise<void> {
  const common = {
    action,
    resource,
    context: {
      "aws:sourceaccount": ACCOUNT,
      "aws:sourcearn": `arn:aws:config:${by.region}:${ACCOUNT}:configuration-recorder`,
      "aws:securetransport": "true",
      ...context,
    },
  };
  const service = decide(policy, { ...common, principal: { service: SERVICE } });
  if (service === "allow") return;
  // The service-linked role cannot write to S3, KMS and SNS: there AWS Config comes as itself.
  if (service !== "deny" && !by.role.includes(SERVICE_ROLE)) {
    const asRole = { ...common, principal: { arn: by.role } };
    const said = decide(policy, asRole);
    if (said === "allow" || (said === "none" && (await roleAllows(by, by.role, asRole)))) return;
  }
  throw refused(`${action} on ${resource} is not allowed to ${SERVICE}, nor to ${by.role}.`);
}

function refused(why: string): AwsError {
  const message = `Insufficient delivery policy to s3 bucket, unable to write to bucket or key: ${why}`;
  return new AwsError("InsufficientDeliveryPolicyException", message);
}

/** A permission of a service that sends no source condition with a request. */
export interface Unconditioned {
  /** The service principal. */
  readonly principal: string;
  readonly action: string;
  /** Why a condition would refuse what it is meant to allow. */
  readonly reason: string;
  /** The page of AWS that says so. */
  readonly page: string;
}

const TO_ENCRYPTED_TOPIC = {
  principal: "events.amazonaws.com",
  reason:
    "EventBridge uses the key of an encrypted topic without saying for which account or rule: with a condition, every message to the topic is lost.",
  page: "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services",
};

const TO_TOPIC = {
  principal: "events.amazonaws.com",
  action: "sns:Publish",
  reason:
    "EventBridge does not support conditions in the policy of a topic: with one, every message is refused.",
  page: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions",
};

/**
 * Every permission of a service principal that this project grants without a source condition, because the service
 * sends none. All other permissions of services carry `aws:SourceAccount` or `aws:SourceArn`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const WITHOUT_SOURCE_CONDITION: readonly Unconditioned[] = [
  TO_TOPIC,
  { ...TO_ENCRYPTED_TOPIC, action: "kms:Decrypt" },
  { ...TO_ENCRYPTED_TOPIC, action: "kms:GenerateDataKey" },
  {
    principal: "cloudtrail.amazonaws.com",
    action: "sts:AssumeRole",
    reason:
      "CloudTrail is documented to send its source to S3, KMS and SNS, and not when it assumes the role for CloudWatch Logs.",
    page: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html",
  },
  {
    principal: "lambda.amazonaws.com",
    action: "sts:AssumeRole",
    reason:
      "Lambda is documented with a trust policy without conditions; iam:PassRole says who may give the role to a function.",
    page: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
  },
];

import { type Location, logsService } from "./principals";
import type { PolicyStatement } from "./statement";

/**
 * Lets CloudWatch Logs use a key for exactly one log group. CloudWatch Logs names the group in the encryption context,
 * which binds the key closer than a source condition would. In a key policy, the resource "*" means the key itself.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logEncryption(location: Location, logGroupName: string): PolicyStatement {
  const { partition, region, account } = location;
  return {
    Sid: "AllowLogGroup",
    Effect: "Allow",
    Principal: { Service: logsService(location) },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`,
      },
    },
  };
}

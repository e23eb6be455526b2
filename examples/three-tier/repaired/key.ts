import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const account = aws.getCallerIdentityOutput();
const partition = aws.getPartitionOutput().partition;

/** A customer managed key that rotates, usable by the account and by the given services. */
export function key(name: string, description: string, services: readonly string[] = []): aws.kms.Key {
  const created = new aws.kms.Key(name, {
    description,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Administration",
          Effect: "Allow",
          Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${account.accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        ...services.map((service) => ({
          Effect: "Allow",
          Principal: { Service: service },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
        })),
      ],
    }),
  });
  new aws.kms.Alias(name, { targetKeyId: created.id });
  return created;
}

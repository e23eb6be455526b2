import { isProperties, mark } from "../../engine/values";
import { customControl } from "../control";
import type { ConfigurationItem } from "../items";
import { ControlFailure } from "../judge";
import {
  judgeSharing,
  recordedSharing,
  SHARING_PARAMETERS,
  SHARING_REQUIREMENTS,
  sharingPolicy,
} from "../sharing";
import type { Sharing } from "../sharing";

const BUCKET = "aws:s3/bucket:Bucket";
const PLACES = { inline: "policy", type: "aws:s3/bucketPolicy:BucketPolicy", link: "bucket" } as const;

/**
 * Who may read and write is written in the bucket's policy. The managed rules take any fixed condition for private; this
 * control asks whose accounts it names. Grants by access control lists are not looked at: `s3-bucket-acl-prohibited` does.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 */
export const control = customControl({
  name: "s3-bucket-shared-in-organization",
  title: "S3 buckets are shared by their policies within the organisation or with trusted accounts only.",
  severity: "high",
  resourceTypes: ["AWS::S3::Bucket"],
  triggerTypes: ["ConfigurationChange"],
  parameters: SHARING_PARAMETERS,
  requirements: SHARING_REQUIREMENTS,
  sources: {
    policy: { from: "item", path: "supplementaryConfiguration.BucketPolicy.policyText" },
    ownAccount: { from: "item", path: "awsAccountId" },
  },
  listing: [],
  judge: judgeSharing,
});

/**
 * After the deployment: the item of every bucket has a place for the policy, which is `null` where there is none.
 * @throws ControlFailure when the item has no such place.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_components.html
 */
export function fromItem(item: ConfigurationItem<"AWS::S3::Bucket">): Sharing {
  const policy = mark(item.supplementaryConfiguration["BucketPolicy"]);
  const text = isProperties(policy) ? policy["policyText"] : undefined;
  if (text !== null && typeof text !== "string") {
    throw new ControlFailure(
      'The configuration item of AWS::S3::Bucket has neither a text nor null at "supplementaryConfiguration.BucketPolicy.policyText".',
    );
  }
  return recordedSharing(item, text ?? undefined);
}

export const preventivePolicy = sharingPolicy(control, BUCKET, PLACES);

import {
  check,
  customControl,
  isUnknown,
  policy,
  preventive,
  undecided,
  UNKNOWN,
} from "continuous-compliance/kit";
import type { ConfigurationItem, Policy, Reader, ResourceArgs, Unknown } from "continuous-compliance/kit";

const BUCKET = "aws:s3/bucket:Bucket";

/** What decides. */
interface BucketName {
  /** How the name begins, as far as it is given; all of it where it is. */
  readonly beginning: string | Unknown;
}

/**
 * Bucket names are global: a prefix of our own tells ours from those of strangers, in logs and in policies.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const control = customControl({
  name: "s3-bucket-name-prefixed",
  title: "Names of S3 buckets begin with the prefix of the organisation.",
  severity: "medium",
  resourceTypes: ["AWS::S3::Bucket"],
  triggerTypes: ["ConfigurationChange"],
  parameters: {
    prefix: {
      type: "String",
      pattern: /[a-z0-9][a-z0-9.-]*/,
      default: "acme-",
      description: "How names begin.",
    },
  },
  sources: { beginning: { from: "item", path: "resourceName" } },
  listing: [],
  judge: ({ beginning }: BucketName, { prefix }) => {
    const reason = (found: string) => ({
      property: "bucket",
      found,
      fix: `set "bucket" to a name that begins with "${prefix}"`,
    });
    return isUnknown(beginning)
      ? undecided(reason('"bucket" is not known yet'))
      : check(
          beginning.startsWith(prefix),
          reason(`the name begins with "${beginning.slice(0, prefix.length)}"`),
        );
  },
});

/** Before the deployment: the name, or else the prefix to which the provider adds at random. */
export function fromInputs(bucket: Reader<ResourceArgs[typeof BUCKET]>): BucketName {
  const name = bucket.value("bucket") ?? bucket.value("bucketPrefix");
  return { beginning: typeof name === "string" ? name : UNKNOWN };
}

/** After the deployment: the item has the name. */
export const fromItem = ({ resourceName, resourceId }: ConfigurationItem): BucketName => ({
  beginning: resourceName ?? resourceId,
});

export const preventivePolicy: Policy<{ readonly prefix: string }> = policy(control.title, {
  [BUCKET]: preventive(control, fromInputs),
});

import type { CreatedEvidenceBucket, EvidenceBucketArgs } from "./evidence-bucket";
import { parseArn, rangeProblems, regionProblems, show, tagProblems } from "./limits";
import { type Problem, under } from "./problems";

const BUCKET_NAME = /^[a-z0-9](?:[a-z0-9]|[.-](?=[a-z0-9])){1,61}[a-z0-9]$/;
/** Characters that S3 calls safe in object keys, in folders that are not empty. */
const PREFIX = /^[A-Za-z0-9!_.*'()-]+(?:\/[A-Za-z0-9!_.*'()-]+)*$/;
const DAYS = { min: 1, max: 36_500, unit: "days" };
/** `-access-logs` is appended for the second bucket. */
const OWN_BUCKET_NAME_LENGTH = 63 - "-access-logs".length;

/**
 * Everything that is wrong with the arguments of an evidence bucket, with paths from their root.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function evidenceProblems(args: EvidenceBucketArgs): readonly Problem[] {
  const { bucket = { create: {} }, prefix, region, sourceAccounts = [], tags = {} } = args;
  const problems: Problem[] = [];
  if ("existing" in bucket) {
    problems.push(...bucketNameProblems("bucket.existing.bucketName", bucket.existing.bucketName, 63));
    problems.push(...keyProblems("bucket.existing.kmsKeyArn", bucket.existing.kmsKeyArn, region));
  } else {
    problems.push(...under("bucket.create", createdProblems(bucket.create, region)));
  }
  if (prefix !== undefined && (!PREFIX.test(prefix) || prefix.length > 512)) {
    const rule =
      '1 to 512 letters, digits or !_.*\'()- in folders joined by single slashes, as in "config/production"';
    problems.push({
      path: "prefix",
      message: `${show(prefix)} is not a key prefix; write ${rule}, or leave it out.`,
    });
  }
  if (region !== undefined) problems.push(...regionProblems("region", region));
  problems.push(...accountProblems(sourceAccounts), ...tagProblems("tags", tags));
  return problems;
}

function createdProblems(create: CreatedEvidenceBucket, region: string | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  if (create.bucketName !== undefined) {
    problems.push(...bucketNameProblems("bucketName", create.bucketName, OWN_BUCKET_NAME_LENGTH));
  }
  problems.push(...keyProblems("kmsKeyArn", create.kmsKeyArn, region));
  for (const path of ["expireDays", "noncurrentDays", "accessLogDays"] as const) {
    const days = create[path];
    if (days !== undefined) problems.push(...rangeProblems(path, days, DAYS));
  }
  if (create.objectLock === true) {
    const reason = "AWS Config does not deliver to a bucket with Object Lock";
    const fix = "Leave it out; for an immutable copy, replicate this bucket to one with Object Lock";
    problems.push({ path: "objectLock", message: `Object Lock is refused: ${reason}. ${fix}.` });
  }
  return problems;
}

function bucketNameProblems(path: string, name: string, longest: number): readonly Problem[] {
  if (parseArn(name)?.service === "s3") {
    return [
      {
        path,
        message: `${show(name)} is an ARN; write only the bucket's name, ${show(parseArn(name)?.resource)}.`,
      },
    ];
  }
  if (BUCKET_NAME.test(name) && name.length <= longest) return [];
  const rule = `3 to ${longest} lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit`;
  return [{ path, message: `${show(name)} is not a bucket name; it needs ${rule}.` }];
}

function keyProblems(path: string, arn: unknown, bucketRegion: string | undefined): readonly Problem[] {
  if (typeof arn !== "string") return [];
  const parts = parseArn(arn);
  if (parts?.service !== "kms" || !parts.resource.startsWith("key/")) {
    const example = '"arn:aws:kms:us-east-1:111122223333:key/KEY-ID"';
    return [
      { path, message: `${show(arn)} is not the ARN of a KMS key; write the key's ARN, such as ${example}.` },
    ];
  }
  if (bucketRegion === undefined || parts.region === bucketRegion) return [];
  const message = `The key is in ${show(parts.region)}, but the bucket is in ${show(bucketRegion)}; use a key of the bucket's region.`;
  return [{ path, message }];
}

function accountProblems(accounts: readonly string[]): readonly Problem[] {
  const path = "sourceAccounts";
  const problems: Problem[] = [];
  if (accounts.length > 100) {
    const reason = "more do not fit into a bucket policy";
    problems.push({
      path,
      message: `${accounts.length} accounts are given; at most 100 are allowed, ${reason}.`,
    });
  }
  accounts.forEach((account, index) => {
    const here = `${path}[${index}]`;
    if (!/^\d{12}$/.test(account)) {
      problems.push({
        path: here,
        message: `${show(account)} is not an AWS account id; write 12 digits, in quotes.`,
      });
    } else if (accounts.indexOf(account) !== index) {
      problems.push({ path: here, message: `${show(account)} is listed twice; remove one.` });
    }
  });
  return problems;
}

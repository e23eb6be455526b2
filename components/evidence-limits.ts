import { keyProblems } from "./arns";
import { bucketNameProblems, LONGEST_LOGGED_BUCKET_NAME } from "./bucket-names";
import type { CreatedEvidenceBucket, EvidenceBucketArgs } from "./evidence-bucket";
import { accountIdProblems, rangeProblems, regionProblems, show, tagProblems } from "./limits";
import { type Problem, under } from "./problems";

/** Characters that S3 calls safe in object keys, in folders that are not empty. */
const PREFIX = /^[A-Za-z0-9!_.*'()-]+(?:\/[A-Za-z0-9!_.*'()-]+)*$/;
const DAYS = { min: 1, max: 36_500, unit: "days" };

/**
 * Everything that is wrong with the arguments of an evidence bucket, with paths from their root.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function evidenceProblems(args: EvidenceBucketArgs): readonly Problem[] {
  const { bucket = { create: {} }, prefix, region, sourceAccounts = [], tags = {} } = args;
  const problems: Problem[] = [];
  if ("existing" in bucket) {
    problems.push(...bucketNameProblems("bucket.existing.bucketName", bucket.existing.bucketName));
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
    problems.push(...bucketNameProblems("bucketName", create.bucketName, LONGEST_LOGGED_BUCKET_NAME));
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
    problems.push(...accountIdProblems(here, account));
    if (accounts.indexOf(account) !== index) {
      problems.push({ path: here, message: `${show(account)} is listed twice; remove one.` });
    }
  });
  return problems;
}

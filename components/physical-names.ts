import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** What functions and roles have room for. */
const LONGEST_NAME = 64;
const DIGEST = 8;
/** S3's provider appends 26 characters to a prefix. */
const LONGEST_BUCKET_PREFIX = 37;
/** Leaves a bucket's own name nine characters. */
const LONGEST_BUCKET_STEM = 26;

/** What the physical names of a stack of this project begin with, before a hyphen. */
export const nameStem = (stack: string): string => `${pulumi.getProject()}-${stack}`;

/** What the roles of functions of custom rules begin with, after the stem: nothing else may be given to Lambda. */
export const RULE_ROLE = "rule-";

/**
 * The longest {@link nameStem} of a stack that a pipeline delivers: with a longer one, names would be cut before they
 * say what they are of, and no pattern could tell them apart.
 */
export const LONGEST_STEM = LONGEST_NAME - DIGEST - 1 - `-${RULE_ROLE}`.length;

/**
 * The same for keys and functions, whose names must hold no dot. A name that had to be changed ends in a digest of it, so
 * that no two stacks share one.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export function plainStem(stack: string): string {
  const full = nameStem(stack);
  const plain = full.replaceAll(/[^\w-]/g, "-");
  return plain === full ? full : `${plain.slice(0, LONGEST_STEM - DIGEST - 1)}-${digestOf(full)}`;
}

/** A name of 64 characters at most that says project and stack; a long one ends in a digest of all of it. */
export const physicalName = (suffix: string, stack = pulumi.getStack()): string =>
  shortened(`${nameStem(stack)}-${suffix}`);

/** The same without dots. */
export const plainName = (suffix: string): string => shortened(`${plainStem(pulumi.getStack())}-${suffix}`);

function shortened(full: string): string {
  if (full.length <= LONGEST_NAME) return full;
  return `${full.slice(0, LONGEST_NAME - DIGEST - 1)}-${digestOf(full)}`;
}

/**
 * What the names of a stack's buckets begin with, before a hyphen: project and stack in the characters that S3 allows.
 * A text that had to be changed or cut ends in a digest of it, so that no two stacks share one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketStem(stack: string): string {
  const full = nameStem(stack);
  const plain = plainOf(full);
  if (plain === full && full.length <= LONGEST_BUCKET_STEM) return full;
  return `${plain.slice(0, LONGEST_BUCKET_STEM - DIGEST - 1)}-${digestOf(full)}`;
}

/** The beginning of the name of a bucket, to which S3's provider appends what makes it unique in all of AWS. */
export const bucketPrefix = (name: string): string =>
  `${`${bucketStem(pulumi.getStack())}-${plainOf(name)}`.slice(0, LONGEST_BUCKET_PREFIX - 1)}-`;

const plainOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, DIGEST);

import { parseArn } from "./arns";
import { list, show } from "./limits";
import type { Problem } from "./problems";

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/;
const IP_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;
/** What S3 keeps for itself at the beginning and at the end of a name. */
const RESERVED_STARTS = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_ENDS = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** What a bucket's chosen name gets for the second one with its access logs. */
export const ACCESS_LOGS = "-access-logs";
/** The longest name of a bucket that has an access-log bucket. */
export const LONGEST_LOGGED_BUCKET_NAME = 63 - ACCESS_LOGS.length;

/**
 * Checks the name of an S3 bucket.
 *
 * @param longest - characters; less than S3's own limit where something is appended
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketNameProblems(path: string, name: string, longest = 63): readonly Problem[] {
  const arn = parseArn(name);
  if (arn?.service === "s3") {
    const message = `${show(name)} is an ARN; write only the bucket's name, ${show(arn.resource)}.`;
    return [{ path, message }];
  }
  const rule = brokenRule(name, longest);
  if (rule === undefined) return [];
  return [{ path, message: `${show(name)} is not a bucket name; it needs ${rule}.` }];
}

function brokenRule(name: string, longest: number): string | undefined {
  if (name.length < 3 || name.length > longest || !BUCKET_NAME.test(name) || name.includes("..")) {
    return `3 to ${longest} lower-case letters, digits, hyphens and single dots, beginning and ending with a letter or digit`;
  }
  if (IP_ADDRESS.test(name)) return "another form than that of an IP address";
  if (RESERVED_STARTS.some((start) => name.startsWith(start))) {
    return `another beginning, because S3 keeps ${list(RESERVED_STARTS)} for itself`;
  }
  if (RESERVED_ENDS.some((end) => name.endsWith(end))) {
    return `another end, because S3 keeps ${list(RESERVED_ENDS)} for itself`;
  }
  return undefined;
}

/** A bucket that a part of the stack makes or uses, where its name is chosen. */
export interface NamedBucket {
  /** Where the settings name it. */
  readonly path: string;
  /** What it holds, as messages name it. */
  readonly purpose: string;
  /** `undefined`: the name is made up, and nobody else's. */
  readonly name: string | undefined;
  /** `true`: the program makes it, and a second one for its access logs. */
  readonly isLogged?: boolean;
}

/**
 * Checks that buckets of different purposes are different ones: in us-east-1, S3 answers the making of a bucket that the
 * account has already as if it were new, and two policies, encryptions and lifecycles would overwrite one another.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export function sharedBucketProblems(buckets: readonly NamedBucket[]): readonly Problem[] {
  // Several parts may speak of one bucket, in one place.
  const each = new Map(buckets.map((bucket) => [bucket.path, bucket]));
  const all = [...each.values()].flatMap((bucket) =>
    namesOf(bucket).map((known) => ({ ...known, path: bucket.path })),
  );
  return all.flatMap(({ path, purpose, name }, index) =>
    all
      .slice(0, index)
      .filter((other) => other.name === name)
      .map((other) => {
        const what = purpose.startsWith(LOGS_OF) ? `The bucket of the ${purpose}` : "It";
        const fix = "Choose another name: two purposes in one bucket would overwrite each other's policy";
        return {
          path,
          message: `${what} would be ${show(name)}, the bucket of the ${other.purpose}. ${fix}.`,
        };
      }),
  );
}

const LOGS_OF = "access logs of the ";

function namesOf({ purpose, name, isLogged = false }: NamedBucket) {
  // An empty name is reported where it is read.
  if (name === undefined || name === "") return [];
  const logs = { name: `${name}${ACCESS_LOGS}`, purpose: `${LOGS_OF}${purpose}` };
  return [{ name, purpose }, ...(isLogged ? [logs] : [])];
}

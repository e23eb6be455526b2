import type { Asked } from "./requests";
import type { AwsRequest } from "./server";
import { ACCOUNT } from "../engine/environment";
import { textOf } from "../json";

/** What is done to a bucket, by the method and by the part of its address that says what of it is meant. */
const OF_BUCKETS: Readonly<Record<string, string>> = {
  "GET accelerate": "GetAccelerateConfiguration",
  "GET acl": "GetBucketAcl",
  "GET cors": "GetBucketCORS",
  "GET encryption": "GetEncryptionConfiguration",
  "GET lifecycle": "GetLifecycleConfiguration",
  "GET location": "GetBucketLocation",
  "GET logging": "GetBucketLogging",
  "GET object-lock": "GetBucketObjectLockConfiguration",
  "GET ownershipControls": "GetBucketOwnershipControls",
  "GET policy": "GetBucketPolicy",
  "GET publicAccessBlock": "GetBucketPublicAccessBlock",
  "GET replication": "GetReplicationConfiguration",
  "GET requestPayment": "GetBucketRequestPayment",
  "GET tagging": "GetBucketTagging",
  "GET versioning": "GetBucketVersioning",
  "GET versions": "ListBucketVersions",
  "GET website": "GetBucketWebsite",
  "PUT encryption": "PutEncryptionConfiguration",
  "PUT lifecycle": "PutLifecycleConfiguration",
  "PUT logging": "PutBucketLogging",
  "PUT object-lock": "PutBucketObjectLockConfiguration",
  "PUT ownershipControls": "PutBucketOwnershipControls",
  "PUT policy": "PutBucketPolicy",
  "PUT publicAccessBlock": "PutBucketPublicAccessBlock",
  "PUT tagging": "PutBucketTagging",
  "PUT versioning": "PutBucketVersioning",
  "DELETE encryption": "PutEncryptionConfiguration",
  "DELETE lifecycle": "PutLifecycleConfiguration",
  "DELETE ownershipControls": "PutBucketOwnershipControls",
  "DELETE policy": "DeleteBucketPolicy",
  "DELETE publicAccessBlock": "PutBucketPublicAccessBlock",
  "DELETE tagging": "PutBucketTagging",
};
const PLAIN: Readonly<Record<string, string>> = {
  "GET ": "ListBucket",
  "HEAD ": "ListBucket",
  "PUT ": "CreateBucket",
  "DELETE ": "DeleteBucket",
  "POST ": "DeleteObject",
};
const OF_OBJECTS: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "GetObject",
  PUT: "PutObject",
  POST: "PutObject",
  DELETE: "DeleteObject",
};

/**
 * What a request of S3 asks of IAM: the action has to be read from method and address.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function s3Request({ method, url, headers }: AwsRequest): Asked | undefined {
  const [bucket = "", ...rest] = url.pathname.slice(1).split("/");
  const key = rest.map(decodeURIComponent).join("/");
  if (bucket === "") return asked("ListAllMyBuckets", "*", {});
  const arn = `arn:aws:s3:::${bucket}`;
  const kmsKey = textOf(headers["x-amz-server-side-encryption-aws-kms-key-id"]);
  const context = {
    "aws:resourceaccount": ACCOUNT,
    "aws:securetransport": "true",
    ...(kmsKey === "" ? {} : { "s3:x-amz-server-side-encryption-aws-kms-key-id": kmsKey }),
  };
  if (key !== "") {
    const version = url.searchParams.has("versionId") && method !== "PUT" ? "Version" : "";
    return asked(`${OF_OBJECTS[method] ?? method}${version}`, `${arn}/${key}`, context);
  }
  const part = [...url.searchParams.keys()].find((name) => `${method} ${name}` in OF_BUCKETS);
  if (part !== undefined) return asked(OF_BUCKETS[`${method} ${part}`] ?? "", arn, context);
  const name = PLAIN[`${method} `] ?? method;
  // Several objects are deleted by one request of the bucket.
  return asked(name, name === "DeleteObject" ? `${arn}/*` : arn, name === "CreateBucket" ? {} : context);
}

function asked(name: string, resource: string, context: Asked["context"]): Asked {
  return { action: `s3:${name}`, resources: [[resource]], context };
}

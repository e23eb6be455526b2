import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ObjectCannedACL,
  ObjectLockLegalHoldStatus,
  ObjectLockMode,
  PutObjectCommand,
  ServerSideEncryption,
  StorageClass,
} from "@aws-sdk/client-s3";
import { type BucketObjectv2Args } from "@pulumi/aws/s3";

import { contentOf } from "../archive";
import { resourceType, type Args } from "../resource-type";
import { s3Client } from "./s3-setting";
import { optionalMember } from "./shapes";

/** An object in a bucket. Its id is its key. */
export const bucketObject = resourceType<BucketObjectv2Args>({
  replaceOn: ["bucket", "key"],
  async create(session, args) {
    const Key = keyOf(args);
    await s3Client(session).send(
      new PutObjectCommand({
        Bucket: args.bucket,
        Key,
        Body: body(args),
        ACL: optionalMember(ObjectCannedACL, args.acl, "acl"),
        BucketKeyEnabled: args.bucketKeyEnabled,
        CacheControl: args.cacheControl,
        ContentDisposition: args.contentDisposition,
        ContentEncoding: args.contentEncoding,
        ContentLanguage: args.contentLanguage,
        ContentType: args.contentType,
        Metadata: args.metadata && { ...args.metadata },
        ObjectLockLegalHoldStatus: optionalMember(
          ObjectLockLegalHoldStatus,
          args.objectLockLegalHoldStatus,
          "objectLockLegalHoldStatus",
        ),
        ObjectLockMode: optionalMember(ObjectLockMode, args.objectLockMode, "objectLockMode"),
        ObjectLockRetainUntilDate:
          args.objectLockRetainUntilDate === undefined ? undefined : new Date(args.objectLockRetainUntilDate),
        SSEKMSKeyId: args.kmsKeyId,
        ServerSideEncryption: optionalMember(
          ServerSideEncryption,
          args.serverSideEncryption ?? (args.kmsKeyId === undefined ? undefined : "aws:kms"),
          "serverSideEncryption",
        ),
        StorageClass: optionalMember(StorageClass, args.storageClass, "storageClass"),
        Tagging: new URLSearchParams(args.tagsAll ?? {}).toString(),
        WebsiteRedirectLocation: args.websiteRedirect,
      }),
    );
    return Key;
  },
  async read(session, Key, args) {
    if (args.bucket === undefined) return undefined;
    const found = await s3Client(session).send(new HeadObjectCommand({ Bucket: args.bucket, Key }));
    return {
      arn: `arn:${session.partition}:s3:::${args.bucket}/${Key}`,
      key: Key,
      contentType: found.ContentType,
      etag: found.ETag?.replaceAll('"', ""),
      storageClass: found.StorageClass ?? "STANDARD",
      serverSideEncryption: found.ServerSideEncryption,
      versionId: found.VersionId,
    };
  },
  async delete(session, Key, { bucket: Bucket }) {
    const client = s3Client(session);
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: Key }),
    );
    const all = [...Versions, ...DeleteMarkers].filter((version) => version.Key === Key);
    for (const { VersionId } of all) await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  },
});

function keyOf({ key, source }: Args<BucketObjectv2Args>): string {
  const name = key ?? (typeof source?.["path"] === "string" ? source["path"] : undefined);
  if (name === undefined) throw new Error('The object has no name; set "key".');
  return name;
}

function body({ content, contentBase64, source }: Args<BucketObjectv2Args>): Buffer | string {
  if (contentBase64 !== undefined) return Buffer.from(contentBase64, "base64");
  return source ? contentOf(source) : (content ?? "");
}

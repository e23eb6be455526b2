/* eslint-disable @typescript-eslint/no-deprecated -- programs may still use what the provider still takes */
import {
  BucketCannedACL,
  BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type BucketArgs } from "@pulumi/aws/s3";
import { isDeepStrictEqual } from "node:util";

import { unlessGone } from "../failures";
import { resourceType } from "../resource-type";
import { generatedName } from "./iam-roles";
import { INLINE_SETTINGS } from "./s3-inline";
import { s3Client } from "./s3-setting";
import { optionalMember } from "./shapes";
import { tagList, tagMap } from "./tags";

/** The region whose name S3 does not take as a location. */
const DEFAULT_LOCATION = "us-east-1";

/** The hosted zone that S3's web sites of us-east-1 have; only its presence matters here. */
const HOSTED_ZONE = "Z3AQBSTGFYJSTF";

/** A bucket, with the settings that may still be given on the bucket itself. */
export const bucket = resourceType<BucketArgs>({
  replaceOn: ["bucketPrefix", "objectLockEnabled"],
  check: ({ bucket: name }) =>
    name === undefined || /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
      ? []
      : [["bucket", `"bucket" is "${name}"; a name has 3 to 63 small letters, digits, dots and hyphens.`]],
  async create(session, args) {
    const Bucket = args.bucket ?? generatedName(args.bucketPrefix).toLowerCase();
    await s3Client(session).send(
      new CreateBucketCommand({
        Bucket,
        ACL: optionalMember(BucketCannedACL, args.acl, "acl"),
        ObjectLockEnabledForBucket: args.objectLockEnabled,
        ...(session.region === DEFAULT_LOCATION
          ? {}
          : {
              CreateBucketConfiguration: {
                LocationConstraint: optionalMember(BucketLocationConstraint, session.region, "region"),
              },
            }),
      }),
    );
    return Bucket;
  },
  async configure(session, Bucket, args, old) {
    const client = s3Client(session);
    if (!isDeepStrictEqual(args.tagsAll, old?.tagsAll)) await putTags(client, Bucket, args.tagsAll ?? {});
    for (const { property, apply } of INLINE_SETTINGS) {
      if (!isDeepStrictEqual(args[property], old?.[property])) await apply(client, Bucket, args);
    }
  },
  async read(session, Bucket, asked) {
    const client = s3Client(session);
    await client.send(new HeadBucketCommand({ Bucket }));
    const tagging = await unlessGone(client.send(new GetBucketTaggingCommand({ Bucket })));
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
    const domain = session.domain;
    return {
      arn: `arn:${session.partition}:s3:::${Bucket}`,
      bucket: Bucket,
      bucketDomainName: `${Bucket}.s3.${domain}`,
      bucketRegion: session.region,
      bucketRegionalDomainName: `${Bucket}.s3.${session.region}.${domain}`,
      hostedZoneId: HOSTED_ZONE,
      // Versioning may belong to a resource of its own, of which the bucket knows nothing.
      ...(asked.versioning === undefined
        ? {}
        : { versioning: { enabled: Status === "Enabled", mfaDelete: false } }),
      tagsAll: tagMap(tagging?.TagSet),
    };
  },
  async delete(session, Bucket, { forceDestroy }) {
    const client = s3Client(session);
    if (forceDestroy === true) await empty(client, Bucket);
    await client.send(new DeleteBucketCommand({ Bucket }));
  },
});

async function putTags(
  client: S3Client,
  Bucket: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  if (Object.keys(tags).length === 0) await client.send(new DeleteBucketTaggingCommand({ Bucket }));
  else await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(tags) } }));
}

async function empty(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    const Objects = [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
      Key === undefined ? [] : [{ Key, VersionId }],
    );
    if (Objects.length === 0) return;
    const { Errors: [error] = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects }, BypassGovernanceRetention: true }),
    );
    if (error)
      throw new Error(
        `"${error.Key ?? ""}" in ${Bucket} cannot be deleted: ${error.Message ?? error.Code ?? ""}.`,
      );
  }
}

/* eslint-disable @typescript-eslint/no-deprecated -- programs may still use what the provider still takes */
import {
  BucketCannedACL,
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketWebsiteCommand,
  ObjectLockMode,
  Payer,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
  type CORSRule,
  type RoutingRule,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type BucketArgs } from "@pulumi/aws/s3";

import { type Args } from "../resource-type";
import { putInlineLifecycle } from "./s3-lifecycle";
import { putEncryption, putLogging } from "./s3-settings";
import { member, optionalMember, toApi } from "./shapes";

/** A setting that the bucket type still takes although a type of its own exists. */
interface InlineSetting {
  readonly property: keyof BucketArgs;
  /** Brings the bucket to what the arguments say; called when the property differs from before. */
  readonly apply: (client: S3Client, bucket: string, args: Args<BucketArgs>) => Promise<unknown>;
}

/** The deprecated settings of the bucket type, in the order in which they are applied. */
export const INLINE_SETTINGS: readonly InlineSetting[] = [
  {
    property: "versioning",
    async apply(client, Bucket, { versioning }) {
      const Status = versioning?.enabled === true ? "Enabled" : "Suspended";
      await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    },
  },
  {
    property: "acl",
    apply: (client, Bucket, { acl }) =>
      client.send(new PutBucketAclCommand({ Bucket, ACL: member(BucketCannedACL, acl ?? "private", "acl") })),
  },
  {
    property: "policy",
    apply: (client, Bucket, { policy }) =>
      policy === undefined
        ? client.send(new DeleteBucketPolicyCommand({ Bucket }))
        : client.send(new PutBucketPolicyCommand({ Bucket, Policy: policy })),
  },
  {
    property: "serverSideEncryptionConfiguration",
    apply: (client, Bucket, { serverSideEncryptionConfiguration: encryption }) =>
      encryption
        ? putEncryption(client, Bucket, [encryption.rule])
        : client.send(new DeleteBucketEncryptionCommand({ Bucket })),
  },
  {
    property: "logging",
    apply: (client, Bucket, { logging }) =>
      logging
        ? putLogging(client, Bucket, logging.targetBucket, logging.targetPrefix ?? "")
        : client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
  },
  {
    property: "lifecycleRules",
    apply: (client, Bucket, { lifecycleRules = [] }) =>
      lifecycleRules.length > 0
        ? putInlineLifecycle(client, Bucket, lifecycleRules)
        : client.send(new DeleteBucketLifecycleCommand({ Bucket })),
  },
  {
    property: "corsRules",
    apply: (client, Bucket, { corsRules = [] }) =>
      corsRules.length > 0
        ? client.send(
            new PutBucketCorsCommand({
              Bucket,
              CORSConfiguration: { CORSRules: toApi<CORSRule[]>(corsRules) },
            }),
          )
        : client.send(new DeleteBucketCorsCommand({ Bucket })),
  },
  {
    property: "website",
    apply: (client, Bucket, { website }) =>
      website ? putWebsite(client, Bucket, website) : client.send(new DeleteBucketWebsiteCommand({ Bucket })),
  },
  {
    property: "requestPayer",
    apply: (client, Bucket, { requestPayer }) =>
      client.send(
        new PutBucketRequestPaymentCommand({
          Bucket,
          RequestPaymentConfiguration: {
            Payer: member(Payer, requestPayer ?? "BucketOwner", "requestPayer"),
          },
        }),
      ),
  },
  {
    property: "objectLockConfiguration",
    async apply(client, Bucket, { objectLockConfiguration: lock }) {
      const retention = lock?.rule?.defaultRetention;
      if (!retention) return;
      const DefaultRetention = {
        Mode: optionalMember(ObjectLockMode, retention.mode, "mode"),
        Days: retention.days,
        Years: retention.years,
      };
      const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" as const, Rule: { DefaultRetention } };
      await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    },
  },
  {
    property: "replicationConfiguration",
    apply: () =>
      Promise.reject(new Error(unsupported("replicationConfiguration", "BucketReplicationConfig"))),
  },
  {
    property: "grants",
    apply: () => Promise.reject(new Error(unsupported("grants", "BucketAcl"))),
  },
  {
    property: "accelerationStatus",
    apply: () =>
      Promise.reject(new Error(unsupported("accelerationStatus", "BucketAccelerateConfiguration"))),
  },
];

async function putWebsite(
  client: S3Client,
  Bucket: string,
  website: NonNullable<Args<BucketArgs>["website"]>,
): Promise<void> {
  const { redirectAllRequestsTo: redirect, routingRules } = website;
  const rules: unknown = routingRules === undefined ? undefined : JSON.parse(routingRules);
  await client.send(
    new PutBucketWebsiteCommand({
      Bucket,
      WebsiteConfiguration: {
        IndexDocument: website.indexDocument === undefined ? undefined : { Suffix: website.indexDocument },
        ErrorDocument: website.errorDocument === undefined ? undefined : { Key: website.errorDocument },
        RedirectAllRequestsTo: redirect === undefined ? undefined : { HostName: redirect },
        RoutingRules: toApi<RoutingRule[] | undefined>(rules),
      },
    }),
  );
}

function unsupported(property: string, type: string): string {
  return `The sandbox provider does not apply "${property}" of a bucket; use the resource type aws.s3.${type}.`;
}

import {
  BucketCannedACL,
  BucketVersioningStatus,
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  MFADelete,
  ObjectOwnership,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  ServerSideEncryption,
  type Event,
  type NotificationConfigurationFilter,
  type S3Client,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import {
  type BucketAclArgs,
  type BucketLoggingArgs,
  type BucketNotificationArgs,
  type BucketOwnershipControlsArgs,
  type BucketPolicyArgs,
  type BucketPublicAccessBlockArgs,
  type BucketServerSideEncryptionConfigurationArgs,
  type BucketVersioningArgs,
} from "@pulumi/aws/s3";

import { type Args } from "../resource-type";
import { bucketSetting } from "./s3-setting";
import { fromApi, member, optionalMember, toApi, type Names } from "./shapes";

type EncryptionRules = Args<BucketServerSideEncryptionConfigurationArgs>["rules"];

/** Names of S3's encryption rules that do not follow the common form. */
const ENCRYPTION_NAMES: Names = { kmsMasterKeyId: "KMSMasterKeyID", sseAlgorithm: "SSEAlgorithm" };

/** Whether versions are kept. AWS cannot turn versioning off again, so that removing it suspends it. */
export const bucketVersioning = bucketSetting<BucketVersioningArgs>(
  {
    async put(client, Bucket, { versioningConfiguration: { status, mfaDelete }, mfa }) {
      if (status === "Disabled") return;
      const VersioningConfiguration = {
        Status: member(BucketVersioningStatus, status, "status"),
        MFADelete: optionalMember(MFADelete, mfaDelete, "mfaDelete"),
      };
      await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration, MFA: mfa }));
    },
    async read(client, Bucket) {
      const { Status, MFADelete: mfaDelete } = await client.send(new GetBucketVersioningCommand({ Bucket }));
      return {
        versioningConfiguration: { status: Status ?? "Disabled", ...(mfaDelete ? { mfaDelete } : {}) },
      };
    },
    async remove(client, Bucket, { versioningConfiguration: { status } }) {
      if (status !== "Enabled") return;
      await client.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
      );
    },
  },
  ({ bucket }) => bucket,
);

/** Encryption of new objects. */
export const bucketServerSideEncryptionConfiguration =
  bucketSetting<BucketServerSideEncryptionConfigurationArgs>(
    {
      put: (client, bucket, { rules }) => putEncryption(client, bucket, rules),
      async read(client, Bucket) {
        const { ServerSideEncryptionConfiguration: found } = await client.send(
          new GetBucketEncryptionCommand({ Bucket }),
        );
        return found && { rules: fromApi(found.Rules, ENCRYPTION_NAMES) };
      },
      remove: (client, Bucket) => client.send(new DeleteBucketEncryptionCommand({ Bucket })),
    },
    ({ bucket }) => bucket,
  );

/** Sets the encryption rules of a bucket. */
export async function putEncryption(client: S3Client, Bucket: string, rules: EncryptionRules): Promise<void> {
  for (const { applyServerSideEncryptionByDefault: byDefault } of rules) {
    if (byDefault) member(ServerSideEncryption, byDefault.sseAlgorithm, "sseAlgorithm");
  }
  const Rules = toApi<ServerSideEncryptionRule[]>(rules, ENCRYPTION_NAMES);
  await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
}

/** The four switches against public access. */
export const bucketPublicAccessBlock = bucketSetting<BucketPublicAccessBlockArgs>(
  {
    put: (client, Bucket, args) =>
      client.send(
        new PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: args.blockPublicAcls ?? false,
            BlockPublicPolicy: args.blockPublicPolicy ?? false,
            IgnorePublicAcls: args.ignorePublicAcls ?? false,
            RestrictPublicBuckets: args.restrictPublicBuckets ?? false,
          },
        }),
      ),
    async read(client, Bucket) {
      const { PublicAccessBlockConfiguration: found } = await client.send(
        new GetPublicAccessBlockCommand({ Bucket }),
      );
      return (
        found && {
          blockPublicAcls: found.BlockPublicAcls,
          blockPublicPolicy: found.BlockPublicPolicy,
          ignorePublicAcls: found.IgnorePublicAcls,
          restrictPublicBuckets: found.RestrictPublicBuckets,
        }
      );
    },
    async remove(client, Bucket, { skipDestroy }) {
      if (skipDestroy !== true) await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
    },
  },
  ({ bucket }) => bucket,
);

/** Who owns objects that others write. */
export const bucketOwnershipControls = bucketSetting<BucketOwnershipControlsArgs>(
  {
    put(client, Bucket, { rule }) {
      const ownership = member(ObjectOwnership, rule.objectOwnership, "rule.objectOwnership");
      const OwnershipControls = { Rules: [{ ObjectOwnership: ownership }] };
      return client.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    },
    async read(client, Bucket) {
      const { OwnershipControls: found } = await client.send(
        new GetBucketOwnershipControlsCommand({ Bucket }),
      );
      const [rule] = found?.Rules ?? [];
      return rule && { rule: { objectOwnership: rule.ObjectOwnership } };
    },
    remove: (client, Bucket) => client.send(new DeleteBucketOwnershipControlsCommand({ Bucket })),
  },
  ({ bucket }) => bucket,
);

/** The bucket's policy. */
export const bucketPolicy = bucketSetting<BucketPolicyArgs>(
  {
    put: (client, Bucket, { policy }) => client.send(new PutBucketPolicyCommand({ Bucket, Policy: policy })),
    async read(client, Bucket) {
      const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket }));
      return Policy === undefined ? undefined : { policy: Policy };
    },
    remove: (client, Bucket) => client.send(new DeleteBucketPolicyCommand({ Bucket })),
  },
  ({ bucket }) => bucket,
);

/** Where access is logged to. */
export const bucketLogging = bucketSetting<BucketLoggingArgs>(
  {
    put: (client, bucket, { targetBucket, targetPrefix }) =>
      putLogging(client, bucket, targetBucket, targetPrefix),
    async read(client, Bucket) {
      const { LoggingEnabled: found } = await client.send(new GetBucketLoggingCommand({ Bucket }));
      return found && { targetBucket: found.TargetBucket, targetPrefix: found.TargetPrefix };
    },
    remove: (client, Bucket) => client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
  },
  ({ bucket }) => bucket,
);

/** Sets where access to a bucket is logged. */
export async function putLogging(
  client: S3Client,
  Bucket: string,
  target: string,
  prefix: string,
): Promise<void> {
  const LoggingEnabled = { TargetBucket: target, TargetPrefix: prefix };
  await client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
}

/** The bucket's access control list. AWS has no bucket without one, so that removing it changes nothing. */
export const bucketAcl = bucketSetting<BucketAclArgs>(
  {
    put(client, Bucket, { acl, accessControlPolicy: policy }) {
      const names: Names = { emailAddress: "EmailAddress", id: "ID", uri: "URI" };
      const AccessControlPolicy = policy && toApi<object>(policy, names);
      return client.send(
        new PutBucketAclCommand({
          Bucket,
          ACL: optionalMember(BucketCannedACL, acl, "acl"),
          AccessControlPolicy,
        }),
      );
    },
    async read(client, Bucket) {
      // AWS keeps grants, not the name of the canned list that they came from.
      await client.send(new GetBucketAclCommand({ Bucket }));
      return {};
    },
    remove: () => Promise.resolve(),
  },
  ({ bucket }) => bucket,
);

/** What the bucket tells others of. */
export const bucketNotification = bucketSetting<BucketNotificationArgs>(
  {
    put: (client, Bucket, args) =>
      client.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: {
            TopicConfigurations: args.topics?.map((topic) => ({
              ...subscription(topic),
              TopicArn: topic.topicArn,
            })),
            QueueConfigurations: args.queues?.map((queue) => ({
              ...subscription(queue),
              QueueArn: queue.queueArn,
            })),
            LambdaFunctionConfigurations: args.lambdaFunctions?.map((target) => ({
              ...subscription(target),
              LambdaFunctionArn: target.lambdaFunctionArn,
            })),
            EventBridgeConfiguration: args.eventbridge === true ? {} : undefined,
          },
        }),
      ),
    async read(client, Bucket) {
      const found = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
      return { eventbridge: found.EventBridgeConfiguration !== undefined };
    },
    remove: (client, Bucket) =>
      client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} })),
  },
  ({ bucket }) => bucket,
);

interface Subscription {
  readonly id?: string | undefined;
  readonly events: readonly string[];
  readonly filterPrefix?: string | undefined;
  readonly filterSuffix?: string | undefined;
}

function subscription({ id, events, filterPrefix, filterSuffix }: Subscription): {
  Id: string | undefined;
  Events: Event[];
  Filter: NotificationConfigurationFilter | undefined;
} {
  const rules = [
    { Name: "prefix" as const, Value: filterPrefix },
    { Name: "suffix" as const, Value: filterSuffix },
  ].filter(({ Value }) => Value !== undefined);
  return {
    Id: id,
    // The SDK's list of events is shorter than what S3 takes.
    Events: toApi<Event[]>(events),
    Filter: rules.length === 0 ? undefined : { Key: { FilterRules: rules } },
  };
}

import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KeySpec,
  KeyUsageType,
  KMSClient,
  ListAliasesCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { type AliasArgs, type KeyArgs } from "@pulumi/aws/kms";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { given, optionalMember } from "./shapes";
import { syncTags } from "./tags";

const kmsClient = (session: Session): KMSClient => session.client(KMSClient, "kms");

const kmsTags = (
  tags: Readonly<Record<string, string>> | undefined,
): { TagKey: string; TagValue: string }[] =>
  Object.entries(tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

const key = resourceType<KeyArgs>({
  replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId"],
  defaults: { customerMasterKeySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT", isEnabled: true },
  check: ({ deletionWindowInDays: days }) =>
    days !== undefined && (days < 7 || days > 30)
      ? [["deletionWindowInDays", `"deletionWindowInDays" is ${days}; it takes 7 to 30 days.`]]
      : [],
  async create(session, args) {
    const { KeyMetadata: created } = await kmsClient(session).send(
      new CreateKeyCommand({
        Description: args.description,
        Policy: args.policy,
        MultiRegion: args.multiRegion,
        KeyUsage: optionalMember(KeyUsageType, args.keyUsage, "keyUsage"),
        KeySpec: optionalMember(KeySpec, args.customerMasterKeySpec, "customerMasterKeySpec"),
        BypassPolicyLockoutSafetyCheck: args.bypassPolicyLockoutSafetyCheck,
        Tags: kmsTags(args.tagsAll),
      }),
    );
    return given(created?.KeyId, "the id of the new key");
  },
  async update(session, KeyId, args, old) {
    const client = kmsClient(session);
    await client.send(new UpdateKeyDescriptionCommand({ KeyId, Description: args.description ?? "" }));
    if (args.policy !== undefined && args.policy !== old.policy) {
      await client.send(new PutKeyPolicyCommand({ KeyId, Policy: args.policy, PolicyName: "default" }));
    }
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ KeyId, Tags: kmsTags(tags) })),
      (TagKeys) => client.send(new UntagResourceCommand({ KeyId, TagKeys })),
    );
  },
  async configure(session, KeyId, args, old) {
    await setRotation(session, KeyId, args, old);
    const [isEnabled, wasEnabled] = [args.isEnabled ?? true, old?.isEnabled ?? true];
    if (isEnabled && !wasEnabled) await kmsClient(session).send(new EnableKeyCommand({ KeyId }));
    if (!isEnabled && wasEnabled) await kmsClient(session).send(new DisableKeyCommand({ KeyId }));
  },
  async read(session, KeyId) {
    const client = kmsClient(session);
    const { KeyMetadata: found } = await client.send(new DescribeKeyCommand({ KeyId }));
    if (!found || found.KeyState === "PendingDeletion") return undefined;
    const { Policy } = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
    const rotation = await client.send(new GetKeyRotationStatusCommand({ KeyId }));
    const { Tags = [] } = await client.send(new ListResourceTagsCommand({ KeyId }));
    return {
      arn: found.Arn,
      keyId: found.KeyId,
      description: found.Description,
      keyUsage: found.KeyUsage,
      customerMasterKeySpec: found.KeySpec,
      multiRegion: found.MultiRegion ?? false,
      isEnabled: found.Enabled,
      policy: Policy,
      enableKeyRotation: rotation.KeyRotationEnabled,
      ...(rotation.RotationPeriodInDays === undefined
        ? {}
        : { rotationPeriodInDays: rotation.RotationPeriodInDays }),
      tagsAll: Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
    };
  },
  async delete(session, KeyId, args) {
    const days = args.deletionWindowInDays;
    await kmsClient(session).send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: days }));
  },
});

async function setRotation(
  session: Session,
  KeyId: string,
  args: Args<KeyArgs>,
  old: Args<KeyArgs> | undefined,
): Promise<void> {
  const isSame =
    (old?.enableKeyRotation ?? false) === (args.enableKeyRotation ?? false) &&
    old?.rotationPeriodInDays === args.rotationPeriodInDays;
  if (isSame) return;
  if (args.enableKeyRotation === true) {
    const RotationPeriodInDays = args.rotationPeriodInDays;
    await kmsClient(session).send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays }));
  } else {
    await kmsClient(session).send(new DisableKeyRotationCommand({ KeyId }));
  }
}

const alias = resourceType<AliasArgs>({
  check: ({ name }) =>
    name === undefined || /^alias\/[\w/-]+$/.test(name)
      ? []
      : [
          [
            "name",
            `"name" is "${name}"; an alias begins with "alias/", then letters, digits, "_", "/" and "-".`,
          ],
        ],
  async create(session, { name, targetKeyId }) {
    const AliasName = given(name, "a name");
    await kmsClient(session).send(new CreateAliasCommand({ AliasName, TargetKeyId: targetKeyId }));
    return AliasName;
  },
  async update(session, AliasName, { targetKeyId }) {
    await kmsClient(session).send(new UpdateAliasCommand({ AliasName, TargetKeyId: targetKeyId }));
  },
  async read(session, id) {
    const { Aliases = [] } = await kmsClient(session).send(new ListAliasesCommand({}));
    const found = Aliases.find(({ AliasName }) => AliasName === id);
    if (found?.TargetKeyId === undefined) return undefined;
    const { TargetKeyId, AliasArn, AliasName } = found;
    return {
      arn: AliasArn,
      name: AliasName,
      targetKeyArn: await session.arn("kms", `key/${TargetKeyId}`),
      // The key may be named by its ARN, which AWS does not give back.
      targetKeyId: TargetKeyId,
    };
  },
  async delete(session, AliasName) {
    await kmsClient(session).send(new DeleteAliasCommand({ AliasName }));
  },
});

/** The resource types of KMS. */
export const kms: ResourceTypes = { "aws:kms/key:Key": key, "aws:kms/alias:Alias": alias };

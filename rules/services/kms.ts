import { all, isPublic, policy, stackPolicy, when } from "../engine";
import type { Context, Outcome, Policies, Reader } from "../engine";
import { everyPolicy } from "../views/attached-policy";
import { lonePart, policyIsFree } from "../views/parts";
import type { Forbidden } from "../views/parts";
import { hasTags } from "./generators";

const KEY_POLICY = { inline: "policy", type: "aws:kms/keyPolicy:KeyPolicy", link: "keyId" } as const;

const PUBLIC: Forbidden = {
  statement: isPublic,
  reason: {
    found: "a statement lets everybody use the key",
    fix: "name the principals, or narrow them by a condition such as kms:CallerAccount",
  },
};

const isPrivate = (key: Reader<unknown>, _: unknown, context: Context): Outcome =>
  everyPolicy(key, context, KEY_POLICY, (document) => policyIsFree(document, PUBLIC));

export const kms: Policies = {
  // Only symmetric keys whose material KMS itself has made can be rotated by it.
  CMK_BACKING_KEY_ROTATION_ENABLED: policy("KMS rotates its symmetric keys.", {
    "aws:kms/key:Key": (key) =>
      when(
        all(
          key.equals("customerMasterKeySpec", "SYMMETRIC_DEFAULT"),
          key.equals("keyUsage", "ENCRYPT_DECRYPT"),
          key.absent("customKeyStoreId"),
          key.absent("xksKeyId"),
        ),
        () => key.isTrue("enableKeyRotation"),
      ),
  }),

  KMS_KEY_POLICY_NO_PUBLIC_ACCESS: stackPolicy("KMS keys are used by named principals only.", {
    "aws:kms/key:Key": isPrivate,
    "aws:kms/replicaKey:ReplicaKey": isPrivate,
    "aws:kms/externalKey:ExternalKey": isPrivate,
    [KEY_POLICY.type]: (part, _, context) =>
      lonePart(
        context,
        KEY_POLICY.link,
        ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"],
        () => policyIsFree(part, PUBLIC),
      ),
  }),

  KMS_KEY_TAGGED: policy("KMS keys have tags.", {
    "aws:kms/key:Key": hasTags,
    "aws:kms/replicaKey:ReplicaKey": hasTags,
    "aws:kms/externalKey:ExternalKey": hasTags,
  }),
};

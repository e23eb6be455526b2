import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const key = resource("aws:kms/key:Key");
const replica = resource("aws:kms/replicaKey:ReplicaKey");
const keyPolicy = resource("aws:kms/keyPolicy:KeyPolicy");
const provider = resource("pulumi:providers:aws");

const allow = (principal: unknown, more: object = {}): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*", ...more }],
});
const ROOT = { AWS: "arn:aws:iam::111122223333:root" };
const fromAccount = { Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } } };

export const kms: Cases = {
  CMK_BACKING_KEY_ROTATION_ENABLED: [
    compliantCase("is rotated", key({ enableKeyRotation: true })),
    compliantCase(
      "names its kind and is rotated",
      key({
        customerMasterKeySpec: "SYMMETRIC_DEFAULT",
        keyUsage: "ENCRYPT_DECRYPT",
        enableKeyRotation: true,
      }),
    ),
    notApplicableCase("is asymmetric", key({ customerMasterKeySpec: "RSA_4096", keyUsage: "SIGN_VERIFY" })),
    notApplicableCase(
      "makes authentication codes",
      key({ customerMasterKeySpec: "HMAC_256", keyUsage: "GENERATE_VERIFY_MAC" }),
    ),
    notApplicableCase(
      "is kept in a key store of the customer",
      key({ customKeyStoreId: "cks-1234567890abcdef0" }),
    ),
    violatingCase("is not rotated", key({ enableKeyRotation: false })),
    violatingCase("does not say", key({ description: "data" })),
    undecidedCase("gets its rotation from an unknown value", key({ enableKeyRotation: unknown })),
    undecidedCase("is of an unknown kind", key({ customerMasterKeySpec: unknown })),
  ],
  KMS_KEY_POLICY_NO_PUBLIC_ACCESS: [
    compliantCase("has the default policy", key({})),
    compliantCase("lets in its account", key({ policy: JSON.stringify(allow(ROOT)) })),
    compliantCase("lets in everybody of one account", key({ policy: allow("*", fromAccount) })),
    compliantCase("denies everybody", key({ policy: allow("*", { Effect: "Deny" }) })),
    violatingCase("lets in everybody", key({ policy: JSON.stringify(allow("*")) })),
    violatingCase("lets in every AWS principal", key({ policy: allow({ AWS: ["*"] }) })),
    violatingCase("lets in everybody by a service that anybody may use", {
      ...key({
        policy: allow("*", { Condition: { StringEquals: { "kms:ViaService": "s3.amazonaws.com" } } }),
      }),
    }),
    violatingCase(
      "is a replica that lets in everybody",
      replica({ primaryKeyArn: unknown, policy: allow("*") }),
    ),
    violatingCase("lets in everybody by a policy of its own", key({}), {
      with: { p: keyPolicy({ keyId: ref("subject"), policy: allow("*") }) },
    }),
    violatingCase(
      "is a policy of a key outside of the stack",
      keyPolicy({ keyId: "1234abcd", policy: allow("*") }),
    ),
    notApplicableCase(
      "is the policy of a key of the stack, where the key is judged",
      keyPolicy({ keyId: ref("k"), policy: allow("*") }),
      { with: { k: key({}) } },
    ),
    undecidedCase("has a policy that is not known yet", key({ policy: unknown })),
    undecidedCase("narrows everybody down by an unknown value", {
      ...key({ policy: allow("*", { Condition: { StringEquals: { "kms:CallerAccount": unknown } } }) }),
    }),
  ],
  KMS_KEY_TAGGED: [
    compliantCase("has a tag", key({ tags: { team: "data" } })),
    compliantCase("has the required tag by its provider", key({}, { provider: "aws" }), {
      parameters: { requiredKeyTags: "team" },
      with: { aws: provider({ defaultTags: JSON.stringify({ tags: { team: "data" } }) }) },
    }),
    violatingCase("has no tags", key({})),
    violatingCase("lacks a required tag", key({ tags: { owner: "me" } }), {
      parameters: { requiredKeyTags: "team" },
    }),
    undecidedCase("has tags that are not known yet", key({ tags: unknown })),
  ],
};

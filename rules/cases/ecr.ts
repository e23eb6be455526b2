import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const repository = resource("aws:ecr/repository:Repository");
const lifecycle = resource("aws:ecr/lifecyclePolicy:LifecyclePolicy");
const registry = (
  filter: unknown,
  scanFrequency = "SCAN_ON_PUSH",
): { with: { r: ReturnType<typeof repository> } } => ({
  with: {
    r: resource("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")({
      scanType: "BASIC",
      rules: [{ scanFrequency, repositoryFilters: [{ filter, filterType: "WILDCARD" }] }],
    }),
  },
});
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const encrypted = (encryptionType: unknown, kmsKey?: unknown): Record<string, unknown> => ({
  encryptionConfigurations: [{ encryptionType, ...(kmsKey === undefined ? {} : { kmsKey }) }],
});

export const ecr: Cases = {
  ECR_PRIVATE_IMAGE_SCANNING_ENABLED: [
    compliantCase("scans on push", repository({ imageScanningConfiguration: { scanOnPush: true } })),
    compliantCase("is scanned by a rule of the registry for all", repository({}), registry("*")),
    compliantCase(
      "is scanned all the time by a rule for its name",
      repository({ name: "prod/app" }),
      registry("prod", "CONTINUOUS_SCAN"),
    ),
    violatingCase("does not say", repository({})),
    violatingCase("does not scan on push", repository({ imageScanningConfiguration: { scanOnPush: false } })),
    violatingCase(
      "is not meant by the rule of the registry",
      repository({ name: "dev/app" }),
      registry("prod/*"),
    ),
    violatingCase("is scanned by hand only", repository({ name: "app" }), registry("*", "MANUAL")),
    undecidedCase("does not know yet", repository({ imageScanningConfiguration: { scanOnPush: unknown } })),
    undecidedCase("may be meant by a rule of the registry", repository({}), registry("prod")),
  ],
  ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED: [
    compliantCase("has one", repository({ name: "app" }), {
      with: { l: lifecycle({ repository: ref("subject", "name"), policy: '{"rules":[]}' }) },
    }),
    compliantCase("has one that names it by text", repository({ name: "app" }), {
      with: { l: lifecycle({ repository: "app", policy: { rules: [] } }) },
    }),
    violatingCase("has none", repository({ name: "app" })),
    violatingCase("is beside the policy of another repository", repository({ name: "app" }), {
      with: { l: lifecycle({ repository: "other", policy: '{"rules":[]}' }) },
    }),
    undecidedCase("may be what a policy names", repository({ name: "app" }), {
      with: { l: lifecycle({ repository: unknown, policy: '{"rules":[]}' }) },
    }),
  ],
  ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED: [
    compliantCase("does not let them change", repository({ imageTagMutability: "IMMUTABLE" })),
    violatingCase("does not say", repository({})),
    violatingCase("lets them change", repository({ imageTagMutability: "MUTABLE" })),
    violatingCase("lets some of them change", repository({ imageTagMutability: "MUTABLE_WITH_EXCLUSION" })),
    undecidedCase("does not know yet", repository({ imageTagMutability: unknown })),
  ],
  ECR_REPOSITORY_CMK_ENCRYPTION_ENABLED: [
    compliantCase("names a key", repository(encrypted("KMS", KEY))),
    compliantCase("names a key of the stack", repository(encrypted("KMS", ref("k", "arn"))), {
      with: { k: resource("aws:kms/key:Key")({}) },
    }),
    compliantCase("names a listed key", repository(encrypted("KMS", KEY)), {
      parameters: { kmsKeyArns: KEY },
    }),
    violatingCase("does not say", repository({})),
    violatingCase("has keys of S3", repository(encrypted("AES256"))),
    violatingCase("has the key of AWS", repository(encrypted("KMS"))),
    violatingCase(
      "names the key of AWS",
      repository(encrypted("KMS", "arn:aws:kms:eu-west-1:111122223333:alias/aws/ecr")),
    ),
    violatingCase("names another key than the listed", repository(encrypted("KMS", KEY)), {
      parameters: { kmsKeyArns: "arn:aws:kms:eu-west-1:111122223333:key/other" },
    }),
    undecidedCase("does not know its key yet", repository(encrypted("KMS", unknown))),
  ],
};

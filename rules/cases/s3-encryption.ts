import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const bucket = resource("aws:s3/bucket:Bucket");
const bucketV2 = resource("aws:s3/bucketV2:BucketV2");
const policy = resource("aws:s3/bucketPolicy:BucketPolicy");
const encryption = resource(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
);
const encryptionV2 = resource(
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
);

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const by = (sseAlgorithm: unknown, kmsMasterKeyId?: unknown): object => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId },
});
const split = (...rules: object[]): { with: { e: ReturnType<typeof encryption> } } => ({
  with: { e: encryption({ bucket: ref("subject"), rules }) },
});
const denyPut = (condition: object): object => ({
  Version: "2012-10-17",
  Statement: {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::logs/*",
    Condition: condition,
  },
});

export const s3Encryption: Cases = {
  S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED: [
    compliantCase("does not say, so that S3 encrypts it", bucket({})),
    compliantCase("is encrypted by a resource of its own", bucket({}), {
      ...split(by("AES256")),
      strict: true,
    }),
    compliantCase(
      "is encrypted inline",
      bucket({ serverSideEncryptionConfiguration: { rule: by("aws:kms") } }),
      { strict: true },
    ),
    compliantCase("refuses uploads without encryption", bucket({}), {
      strict: true,
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: denyPut({ StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } }),
        }),
      },
    }),
    compliantCase("refuses uploads that do not name their encryption", bucket({}), {
      strict: true,
      with: {
        p: policy({
          bucket: ref("subject"),
          policy: JSON.stringify(denyPut({ Null: { "s3:x-amz-server-side-encryption": "true" } })),
        }),
      },
    }),
    violatingCase("leaves its encryption to the default of S3", bucket({}), { strict: true }),
    undecidedCase("may refuse uploads by a policy that is not known yet", bucket({}), {
      strict: true,
      with: { p: policy({ bucket: ref("subject"), policy: unknown }) },
    }),
  ],
  S3_DEFAULT_ENCRYPTION_KMS: [
    violatingCase(
      "is the encryption of a bucket elsewhere with keys of S3",
      resource("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2")({
        bucket: "elsewhere",
        rules: [by("AES256")],
      }),
    ),
    compliantCase("is encrypted with a KMS key", bucket({}), split(by("aws:kms"))),
    compliantCase("is encrypted twice with KMS keys", bucket({}), split(by("aws:kms:dsse"))),
    compliantCase(
      "is encrypted inline with a KMS key",
      bucket({ serverSideEncryptionConfiguration: { rule: by("aws:kms") } }),
    ),
    compliantCase(
      "is a BucketV2 that is encrypted inline",
      bucketV2({
        serverSideEncryptionConfigurations: [
          { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms" }] }] },
        ],
      }),
    ),
    compliantCase("is encrypted by the V2 twin of the resource", bucket({ bucket: "logs" }), {
      with: { e: encryptionV2({ bucket: "logs", rules: [by("aws:kms")] }) },
    }),
    compliantCase("is encrypted with a key that is listed", bucket({}), {
      ...split(by("aws:kms", KEY)),
      parameters: { kmsKeyArns: KEY },
    }),
    compliantCase("names a listed key by its id", bucket({}), {
      ...split(by("aws:kms", "0d5f1c5c-0000-4000-8000-000000000001")),
      parameters: { kmsKeyArns: KEY },
    }),
    violatingCase("is encrypted with the keys of S3", bucket({}), split(by("AES256"))),
    violatingCase(
      "is encrypted inline with the keys of S3",
      bucket({ serverSideEncryptionConfiguration: { rule: by("AES256") } }),
    ),
    violatingCase("does not say", bucket({})),
    violatingCase("is encrypted with a key that is not listed", bucket({}), {
      ...split(by("aws:kms", "arn:aws:kms:eu-west-1:111122223333:key/other")),
      parameters: { kmsKeyArns: KEY },
    }),
    violatingCase("is encrypted with AWS's key where keys are listed", bucket({}), {
      ...split(by("aws:kms")),
      parameters: { kmsKeyArns: KEY },
    }),
    undecidedCase("gets its algorithm from an unknown value", bucket({}), split(by(unknown))),
    undecidedCase("is encrypted with an unknown key where keys are listed", bucket({}), {
      ...split(by("aws:kms", unknown)),
      parameters: { kmsKeyArns: KEY },
    }),
  ],
};

import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const firehose = resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
const stream = resource("aws:kinesis/stream:Stream");
const video = resource("aws:kinesis/videoStream:VideoStream");

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d5f1c5c-0000-4000-8000-000000000001";
const to = (more: object = {}): ReturnType<typeof firehose> =>
  firehose({ destination: "extended_s3", ...more });

export const kinesis: Cases = {
  KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTED: [
    compliantCase("is encrypted", to({ serverSideEncryption: { enabled: true } })),
    compliantCase(
      "is encrypted with a key that is listed",
      {
        ...to({ serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: KEY } }),
      },
      { parameters: { kmsKeyArns: KEY } },
    ),
    notApplicableCase(
      "reads a Kinesis stream, whose encryption counts",
      to({ kinesisSourceConfiguration: { kinesisStreamArn: unknown, roleArn: "arn:role" } }),
    ),
    violatingCase("is not encrypted", to({ serverSideEncryption: { enabled: false } })),
    violatingCase("does not say", to()),
    violatingCase(
      "has the key of AWS where keys are listed",
      to({ serverSideEncryption: { enabled: true } }),
      {
        parameters: { kmsKeyArns: KEY },
      },
    ),
    undecidedCase("gets it from an unknown value", to({ serverSideEncryption: { enabled: unknown } })),
  ],
  KINESIS_STREAM_BACKUP_RETENTION_CHECK: [
    compliantCase("keeps records for a week", stream({ retentionPeriod: 168 })),
    compliantCase("keeps records as long as is asked for", stream({ retentionPeriod: 48 }), {
      parameters: { minimumBackupRetentionPeriod: "48" },
    }),
    violatingCase("keeps records for a day", stream({ retentionPeriod: 24 })),
    violatingCase("does not say, which means a day", stream({})),
    undecidedCase("gets it from an unknown value", stream({ retentionPeriod: unknown })),
  ],
  KINESIS_STREAM_ENCRYPTED: [
    compliantCase("is encrypted", stream({ encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" })),
    violatingCase("says that it is not", stream({ encryptionType: "NONE" })),
    violatingCase("does not say", stream({})),
    violatingCase("names a key without the type", stream({ kmsKeyId: KEY })),
    undecidedCase("gets it from an unknown value", stream({ encryptionType: unknown })),
  ],
  KINESIS_VIDEO_STREAM_MINIMUM_DATA_RETENTION: [
    compliantCase("keeps data for a day", video({ dataRetentionInHours: 24 }), {
      parameters: { minDataRetentionInHours: "24" },
    }),
    violatingCase("keeps data for an hour", video({ dataRetentionInHours: 1 }), {
      parameters: { minDataRetentionInHours: "24" },
    }),
    violatingCase("keeps no data", video({}), { parameters: { minDataRetentionInHours: "24" } }),
    undecidedCase("gets it from an unknown value", video({ dataRetentionInHours: unknown }), {
      parameters: { minDataRetentionInHours: "24" },
    }),
  ],
};

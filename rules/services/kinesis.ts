import { all, given, policy, toNumber, unless } from "../engine";
import type { Policies } from "../engine";
import { keyAmong } from "../views/kms";

const FIREHOSE = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const WEEK_HOURS = 168;

export const kinesis: Policies = {
  // Firehose does not encrypt what a Kinesis stream already holds: the stream's own encryption counts there.
  KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTED: policy("Firehose streams are encrypted at rest.", {
    [FIREHOSE]: (stream, p) =>
      unless(
        stream.read("kinesisSourceConfiguration").kind === "unknown"
          ? stream.nonEmpty("kinesisSourceConfiguration")
          : stream.present("kinesisSourceConfiguration.kinesisStreamArn"),
        () =>
          all(
            stream.isTrue("serverSideEncryption.enabled"),
            given(p.kmsKeyArns, (keys) => keyAmong(stream, "serverSideEncryption.keyArn", keys)),
          ),
      ),
  }),

  KINESIS_STREAM_BACKUP_RETENTION_CHECK: policy("Kinesis streams keep their records long enough.", {
    "aws:kinesis/stream:Stream": (stream, p) =>
      stream.atLeast("retentionPeriod", toNumber(p.minimumBackupRetentionPeriod ?? String(WEEK_HOURS))),
  }),

  KINESIS_STREAM_ENCRYPTED: policy("Kinesis streams are encrypted at rest.", {
    "aws:kinesis/stream:Stream": (stream) => stream.equals("encryptionType", "KMS"),
  }),

  KINESIS_VIDEO_STREAM_MINIMUM_DATA_RETENTION: policy("Kinesis video streams keep their data long enough.", {
    "aws:kinesis/videoStream:VideoStream": (stream, p) =>
      stream.atLeast("dataRetentionInHours", p.minDataRetentionInHours),
  }),
};

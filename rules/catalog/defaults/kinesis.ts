import { provider } from "./types";
import type { ServiceDefaults } from "./types";

export const kinesis: ServiceDefaults = {
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    "serverSideEncryption.enabled": provider(false),
  },
  "aws:kinesis/stream:Stream": { encryptionType: provider("NONE"), retentionPeriod: provider(24) },
  "aws:kinesis/videoStream:VideoStream": { dataRetentionInHours: provider(0) },
};

import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeDeliveryChannelsCommand,
} from "@aws-sdk/client-config-service";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { ACCOUNT } from "../engine/environment";
import { listOf, objectOf, textOf, type JsonObject } from "../json";
import { AwsError } from "./aws-error";
import { type Recipient, refuseBucket, refuseKey, refuseTopic } from "./delivery-checks";
import type { JsonHandler, Surroundings } from "./server";

/**
 * Checks a delivery channel as AWS does before it takes one, writes the file with which AWS tries the bucket, and
 * delivers snapshots.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutDeliveryChannel.html
 */
export function deliveryOperations(): Record<string, JsonHandler> {
  return {
    PutDeliveryChannel: async (call) => {
      const channel = objectOf(call.body["DeliveryChannel"]);
      const recipient = await recipientOf(call);
      // Without a recorder, and with blank names, moto itself refuses.
      if (recipient && textOf(channel["s3BucketName"]) !== "") await refuseChannel(channel, recipient);
      const answer = await call.forward();
      await deliver(call, channel, "ConfigWritabilityCheckFile", Buffer.alloc(0));
      return answer;
    },
    DescribeDeliveryChannelStatus: async ({ aws }) => {
      const { DeliveryChannels = [] } = await aws.config.send(new DescribeDeliveryChannelsCommand({}));
      return { DeliveryChannelsStatus: DeliveryChannels.map(({ name }) => ({ name })) };
    },
    DeliverConfigSnapshot: async (call) => {
      const name = textOf(call.body["deliveryChannelName"]);
      const channel = await channelNamed(call, name);
      await refuseStopped(call);
      const id = randomUUID();
      const snapshot = { fileVersion: "1.0", configSnapshotId: id, configurationItems: [] };
      await deliver(call, channel, snapshotPath(call.region, id), gzipSync(JSON.stringify(snapshot)));
      return { configSnapshotId: id };
    },
  };
}

/** Who writes: the recorder's role, or AWS Config itself where that is the service-linked role. */
async function recipientOf(by: Surroundings): Promise<Recipient | undefined> {
  const { ConfigurationRecorders = [] } = await by.aws.config.send(
    new DescribeConfigurationRecordersCommand({}),
  );
  const role = ConfigurationRecorders[0]?.roleARN;
  return role === undefined ? undefined : { ...by, role };
}

async function refuseChannel(channel: JsonObject, recipient: Recipient): Promise<void> {
  const bucket = textOf(channel["s3BucketName"]);
  const prefix = textOf(channel["s3KeyPrefix"]);
  const keyArn = textOf(channel["s3KmsKeyArn"]);
  const topic = textOf(channel["snsTopicARN"]);
  await refuseBucket(recipient, bucket, prefix, keyArn);
  if (keyArn !== "") await refuseKey(recipient, keyArn);
  if (topic !== "") await refuseTopic(recipient, topic);
}

async function deliver(
  call: Surroundings,
  channel: JsonObject,
  file: string,
  content: Buffer,
): Promise<void> {
  const prefix = textOf(channel["s3KeyPrefix"]);
  const key = textOf(channel["s3KmsKeyArn"]);
  await call.aws.s3.send(
    new PutObjectCommand({
      Bucket: textOf(channel["s3BucketName"]),
      Key: `${prefix === "" ? "" : `${prefix}/`}AWSLogs/${ACCOUNT}/Config/${file}`,
      Body: content,
      ...(key === "" ? {} : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: key }),
    }),
  );
}

/** https://docs.aws.amazon.com/config/latest/developerguide/deliver-snapshot-cli.html names the parts. */
function snapshotPath(region: string, id: string): string {
  const now = new Date();
  const day = `${now.getUTCFullYear()}/${now.getUTCMonth() + 1}/${now.getUTCDate()}`;
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${region}/${day}/ConfigSnapshot/${ACCOUNT}_Config_${region}_ConfigSnapshot_${stamp}_${id}.json.gz`;
}

async function channelNamed({ aws }: Surroundings, name: string): Promise<JsonObject> {
  const answer = await aws.config.send(new DescribeDeliveryChannelsCommand({}));
  const found = listOf(answer.DeliveryChannels)
    .map(objectOf)
    .find((channel) => channel["name"] === name);
  if (!found) throw new AwsError("NoSuchDeliveryChannelException", `Cannot find delivery channel '${name}'.`);
  return found;
}

async function refuseStopped({ aws }: Surroundings): Promise<void> {
  const answer = await aws.config.send(new DescribeConfigurationRecorderStatusCommand({}));
  if (answer.ConfigurationRecordersStatus?.some(({ recording }) => recording)) return;
  throw new AwsError(
    "NoRunningConfigurationRecorderException",
    "There is no configuration recorder running.",
  );
}

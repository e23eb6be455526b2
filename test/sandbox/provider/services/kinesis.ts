import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListTagsForStreamCommand,
  RemoveTagsFromStreamCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  StreamMode,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import { type StreamArgs } from "@pulumi/aws/kinesis";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { given, member } from "./shapes";
import { syncTags, tagMap } from "./tags";

/** How long a new stream keeps records, in hours. */
const DEFAULT_RETENTION_HOURS = 24;

const kinesisClient = (session: Session): KinesisClient => session.client(KinesisClient, "kinesis");

const stream = resourceType<StreamArgs>({
  defaults: { encryptionType: "NONE", retentionPeriod: DEFAULT_RETENTION_HOURS },
  async create(session, args) {
    const StreamName = given(args.name, "a name");
    await kinesisClient(session).send(
      new CreateStreamCommand({
        StreamName,
        ShardCount: args.shardCount,
        StreamModeDetails: args.streamModeDetails && {
          StreamMode: member(StreamMode, args.streamModeDetails.streamMode, "streamModeDetails.streamMode"),
        },
      }),
    );
    return session.arn("kinesis", `stream/${StreamName}`);
  },
  async update(session, StreamARN, args, old) {
    const client = kinesisClient(session);
    if (args.shardCount !== undefined && args.shardCount !== old.shardCount) {
      const count = { StreamARN, TargetShardCount: args.shardCount, ScalingType: "UNIFORM_SCALING" as const };
      await client.send(new UpdateShardCountCommand(count));
    }
  },
  async configure(session, StreamARN, args, old) {
    const client = kinesisClient(session);
    const [hours, before] = [args.retentionPeriod, old?.retentionPeriod].map(
      (value) => value ?? DEFAULT_RETENTION_HOURS,
    );
    const retention = { StreamARN, RetentionPeriodHours: hours };
    if (Number(hours) > Number(before))
      await client.send(new IncreaseStreamRetentionPeriodCommand(retention));
    if (Number(hours) < Number(before))
      await client.send(new DecreaseStreamRetentionPeriodCommand(retention));
    await encrypt(client, StreamARN, args, old);
    await syncTags(
      old?.tagsAll,
      args.tagsAll,
      (tags) => client.send(new AddTagsToStreamCommand({ StreamARN, Tags: { ...tags } })),
      (TagKeys) => client.send(new RemoveTagsFromStreamCommand({ StreamARN, TagKeys })),
    );
  },
  async read(session, StreamARN) {
    const client = kinesisClient(session);
    const { StreamDescriptionSummary: found } = await client.send(
      new DescribeStreamSummaryCommand({ StreamARN }),
    );
    const { Tags } = await client.send(new ListTagsForStreamCommand({ StreamARN }));
    return (
      found && {
        arn: found.StreamARN,
        name: found.StreamName,
        encryptionType: found.EncryptionType ?? "NONE",
        kmsKeyId: found.KeyId,
        retentionPeriod: found.RetentionPeriodHours,
        streamModeDetails: { streamMode: found.StreamModeDetails?.StreamMode },
        tagsAll: tagMap(Tags),
      }
    );
  },
  async delete(session, StreamARN, { enforceConsumerDeletion }) {
    await kinesisClient(session).send(
      new DeleteStreamCommand({ StreamARN, EnforceConsumerDeletion: enforceConsumerDeletion }),
    );
  },
});

async function encrypt(
  client: KinesisClient,
  StreamARN: string,
  args: Args<StreamArgs>,
  old: Args<StreamArgs> | undefined,
): Promise<void> {
  const isSame =
    (old?.encryptionType ?? "NONE") === (args.encryptionType ?? "NONE") && old?.kmsKeyId === args.kmsKeyId;
  if (isSame) return;
  const type = { StreamARN, EncryptionType: "KMS" as const };
  if (args.encryptionType === "KMS") {
    await client.send(new StartStreamEncryptionCommand({ ...type, KeyId: args.kmsKeyId }));
  } else if (old?.kmsKeyId !== undefined) {
    await client.send(new StopStreamEncryptionCommand({ ...type, KeyId: old.kmsKeyId }));
  }
}

/** The resource types of Kinesis. */
export const kinesis: ResourceTypes = { "aws:kinesis/stream:Stream": stream };

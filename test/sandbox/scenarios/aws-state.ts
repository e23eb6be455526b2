import {
  type ConfigRule,
  type ConfigurationRecorder,
  type DeliveryChannel,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeDeliveryChannelsCommand,
  DescribeRetentionConfigurationsCommand,
  paginateDescribeConfigRules,
} from "@aws-sdk/client-config-service";
import { DescribeKeyCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { ListBucketsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { AwsClients } from "../local-aws";

/** The recorder of the region; `undefined` where there is none. */
export async function recorderOf({ config }: AwsClients): Promise<ConfigurationRecorder | undefined> {
  const { ConfigurationRecorders } = await config.send(new DescribeConfigurationRecordersCommand({}));
  return ConfigurationRecorders?.[0];
}

/** Whether the region's recorder is started. */
export async function isRecording({ config }: AwsClients): Promise<boolean> {
  const answer = await config.send(new DescribeConfigurationRecorderStatusCommand({}));
  return answer.ConfigurationRecordersStatus?.[0]?.recording ?? false;
}

/** The delivery channel of the region; `undefined` where there is none. */
export async function channelOf({ config }: AwsClients): Promise<DeliveryChannel | undefined> {
  const { DeliveryChannels } = await config.send(new DescribeDeliveryChannelsCommand({}));
  return DeliveryChannels?.[0];
}

/** For how many days configuration items are kept; `undefined` where nothing is set. */
export async function retentionOf({ config }: AwsClients): Promise<number | undefined> {
  const { RetentionConfigurations } = await config.send(new DescribeRetentionConfigurationsCommand({}));
  return RetentionConfigurations?.[0]?.RetentionPeriodInDays;
}

/** The rules of the region, by name. */
export async function rulesOf({ config }: AwsClients): Promise<ReadonlyMap<string, ConfigRule>> {
  const rules = new Map<string, ConfigRule>();
  for await (const page of paginateDescribeConfigRules({ client: config }, {})) {
    for (const rule of page.ConfigRules ?? []) rules.set(rule.ConfigRuleName ?? "", rule);
  }
  return rules;
}

/** The names of all buckets, sorted. */
export async function bucketsOf({ s3 }: AwsClients): Promise<readonly string[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => Name ?? "").sort();
}

/** The keys of all objects of a bucket. */
export async function objectsOf({ s3 }: AwsClients, Bucket: string): Promise<readonly string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key ?? "");
}

/** The ARNs of the keys that can be used: those of AWS, and those that wait for their deletion, are left out. */
export async function keysOf({ kms }: AwsClients): Promise<readonly string[]> {
  const { Keys = [] } = await kms.send(new ListKeysCommand({}));
  const found: string[] = [];
  for (const { KeyId } of Keys) {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    if (KeyMetadata?.KeyManager === "CUSTOMER" && KeyMetadata.Enabled) found.push(KeyMetadata.Arn ?? "");
  }
  return found;
}

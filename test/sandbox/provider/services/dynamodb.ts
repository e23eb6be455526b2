/* eslint-disable @typescript-eslint/no-deprecated -- programs may still use what the provider still takes */
import {
  BillingMode,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  ProjectionType,
  ScalarAttributeType,
  StreamViewType,
  TableClass,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type KeySchemaElement,
  type Projection,
  type ProvisionedThroughput,
  type SSESpecification,
} from "@aws-sdk/client-dynamodb";
import { type TableArgs } from "@pulumi/aws/dynamodb";
import { isDeepStrictEqual } from "node:util";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { given, member, optionalMember } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

const dynamodbClient = (session: Session): DynamoDBClient => session.client(DynamoDBClient, "dynamodb");

const table = resourceType<TableArgs>({
  replaceOn: ["hashKey", "rangeKey", "localSecondaryIndexes", "globalSecondaryIndexes"],
  defaults: { billingMode: "PROVISIONED" },
  async create(session, args) {
    await dynamodbClient(session).send(
      new CreateTableCommand({
        ...throughput(args),
        TableName: args.name,
        AttributeDefinitions: args.attributes?.map(({ name, type }) => ({
          AttributeName: name,
          AttributeType: member(ScalarAttributeType, type, "attributes.type"),
        })),
        KeySchema: keySchema(args.hashKey, args.rangeKey),
        GlobalSecondaryIndexes: args.globalSecondaryIndexes?.map((index) => ({
          IndexName: index.name,
          KeySchema: index.keySchemas
            ? index.keySchemas.map(({ attributeName, keyType }) => ({
                AttributeName: attributeName,
                KeyType: keyType === "HASH" ? ("HASH" as const) : ("RANGE" as const),
              }))
            : keySchema(index.hashKey, index.rangeKey),
          Projection: projection(index),
          ProvisionedThroughput: args.billingMode === "PAY_PER_REQUEST" ? undefined : capacity(index),
        })),
        LocalSecondaryIndexes: args.localSecondaryIndexes?.map((index) => ({
          IndexName: index.name,
          KeySchema: keySchema(args.hashKey, index.rangeKey),
          Projection: projection(index),
        })),
        StreamSpecification: stream(args),
        SSESpecification: encryption(args),
        TableClass: optionalMember(TableClass, args.tableClass, "tableClass"),
        DeletionProtectionEnabled: args.deletionProtectionEnabled,
        Tags: tagList(args.tagsAll),
      }),
    );
    return given(args.name, "a name");
  },
  async update(session, TableName, args, old) {
    const client = dynamodbClient(session);
    const [now, before] = [settings(args), settings(old)];
    // AWS refuses to turn on what is on already, so that only what differs is sent.
    const changed = Object.entries(now).filter(([name, value]) => !isDeepStrictEqual(value, before[name]));
    if (changed.length > 0) {
      await client.send(new UpdateTableCommand({ TableName, ...Object.fromEntries(changed) }));
    }
    const ResourceArn = await session.arn("dynamodb", `table/${TableName}`);
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ ResourceArn, Tags: tagList(tags) })),
      (TagKeys) => client.send(new UntagResourceCommand({ ResourceArn, TagKeys })),
    );
  },
  async configure(session, TableName, args, old) {
    const client = dynamodbClient(session);
    const { pointInTimeRecovery: recovery, ttl } = args;
    if (!isDeepStrictEqual(recovery, old?.pointInTimeRecovery)) {
      const PointInTimeRecoverySpecification = {
        PointInTimeRecoveryEnabled: recovery?.enabled ?? false,
        RecoveryPeriodInDays: recovery?.recoveryPeriodInDays,
      };
      await client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
    }
    if (!isDeepStrictEqual(ttl, old?.ttl)) {
      const AttributeName = ttl?.attributeName ?? old?.ttl?.attributeName;
      const TimeToLiveSpecification = { AttributeName, Enabled: ttl?.enabled ?? false };
      await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    }
  },
  async read(session, TableName) {
    const client = dynamodbClient(session);
    const { Table: found } = await client.send(new DescribeTableCommand({ TableName }));
    if (!found) return undefined;
    const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
    const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: found.TableArn }));
    const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    return {
      arn: found.TableArn,
      name: found.TableName,
      billingMode: found.BillingModeSummary?.BillingMode ?? "PROVISIONED",
      deletionProtectionEnabled: found.DeletionProtectionEnabled,
      pointInTimeRecovery: { enabled: recovery?.PointInTimeRecoveryStatus === "ENABLED" },
      streamArn: found.LatestStreamArn ?? "",
      streamLabel: found.LatestStreamLabel ?? "",
      ttl: { attributeName: ttl?.AttributeName, enabled: ttl?.TimeToLiveStatus === "ENABLED" },
      tagsAll: tagMap(Tags),
    };
  },
  async delete(session, TableName) {
    await dynamodbClient(session).send(new DeleteTableCommand({ TableName }));
  },
});

// What one call can change.
function settings(args: Args<TableArgs>): Readonly<Record<string, unknown>> {
  return {
    ...throughput(args),
    DeletionProtectionEnabled: args.deletionProtectionEnabled ?? false,
    SSESpecification: encryption(args) ?? { Enabled: false },
    StreamSpecification: stream(args) ?? { StreamEnabled: false },
    TableClass: optionalMember(TableClass, args.tableClass ?? "STANDARD", "tableClass"),
  };
}

function throughput(args: Args<TableArgs>): {
  BillingMode: BillingMode;
  ProvisionedThroughput: ProvisionedThroughput | undefined;
} {
  const mode = member(BillingMode, args.billingMode ?? "PROVISIONED", "billingMode");
  return { BillingMode: mode, ProvisionedThroughput: mode === "PROVISIONED" ? capacity(args) : undefined };
}

interface Capacity {
  readonly readCapacity?: number | undefined;
  readonly writeCapacity?: number | undefined;
}

function capacity({ readCapacity = 1, writeCapacity = 1 }: Capacity): ProvisionedThroughput {
  return { ReadCapacityUnits: readCapacity, WriteCapacityUnits: writeCapacity };
}

function keySchema(hash: string | undefined, range: string | undefined): KeySchemaElement[] {
  return [
    { AttributeName: given(hash, "a hash key"), KeyType: "HASH" },
    ...(range === undefined ? [] : [{ AttributeName: range, KeyType: "RANGE" as const }]),
  ];
}

interface Projected {
  readonly projectionType: string;
  readonly nonKeyAttributes?: readonly string[] | undefined;
}

function projection({ projectionType, nonKeyAttributes }: Projected): Projection {
  return {
    ProjectionType: member(ProjectionType, projectionType, "projectionType"),
    NonKeyAttributes: nonKeyAttributes && [...nonKeyAttributes],
  };
}

function stream(
  args: Args<TableArgs>,
): { StreamEnabled: boolean; StreamViewType: StreamViewType | undefined } | undefined {
  if (args.streamEnabled !== true) return undefined;
  return {
    StreamEnabled: true,
    StreamViewType: optionalMember(StreamViewType, args.streamViewType, "streamViewType"),
  };
}

function encryption({ serverSideEncryption: sse }: Args<TableArgs>): SSESpecification | undefined {
  if (!sse) return undefined;
  return { Enabled: sse.enabled, SSEType: sse.enabled ? "KMS" : undefined, KMSMasterKeyId: sse.kmsKeyArn };
}

/** The resource types of DynamoDB. */
export const dynamodb: ResourceTypes = { "aws:dynamodb/table:Table": table };

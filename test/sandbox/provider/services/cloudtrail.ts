import {
  AddTagsCommand,
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
  type AdvancedEventSelector,
  type EventSelector,
  type InsightSelector,
} from "@aws-sdk/client-cloudtrail";
import { type TrailArgs } from "@pulumi/aws/cloudtrail";
import { isDeepStrictEqual } from "node:util";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { given, toApi } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

const cloudtrailClient = (session: Session): CloudTrailClient =>
  session.client(CloudTrailClient, "cloudtrail");

const trail = resourceType<TrailArgs>({
  defaults: { enableLogging: true, includeGlobalServiceEvents: true },
  async create(session, args) {
    const { TrailARN } = await cloudtrailClient(session).send(
      new CreateTrailCommand({ ...settings(args), TagsList: tagList(args.tagsAll) }),
    );
    return given(TrailARN, "the ARN of the new trail");
  },
  async update(session, arn, args, old) {
    const client = cloudtrailClient(session);
    if (!isDeepStrictEqual(settings(args), settings(old)))
      await client.send(new UpdateTrailCommand(settings(args)));
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new AddTagsCommand({ ResourceId: arn, TagsList: tagList(tags) })),
      (names) =>
        client.send(new RemoveTagsCommand({ ResourceId: arn, TagsList: names.map((Key) => ({ Key })) })),
    );
  },
  async configure(session, arn, args, old) {
    const client = cloudtrailClient(session);
    const [isLogging, wasLogging] = [args.enableLogging ?? true, old?.enableLogging ?? false];
    if (isLogging && !wasLogging) await client.send(new StartLoggingCommand({ Name: arn }));
    if (!isLogging && wasLogging) await client.send(new StopLoggingCommand({ Name: arn }));
    await putSelectors(client, arn, args, old);
  },
  async read(session, arn) {
    const client = cloudtrailClient(session);
    const { trailList: [found] = [] } = await client.send(
      new DescribeTrailsCommand({ trailNameList: [arn] }),
    );
    if (!found) return undefined;
    const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: arn }));
    const { ResourceTagList: [tags] = [] } = await client.send(
      new ListTagsCommand({ ResourceIdList: [arn] }),
    );
    return {
      arn: found.TrailARN,
      name: found.Name,
      cloudWatchLogsGroupArn: found.CloudWatchLogsLogGroupArn,
      cloudWatchLogsRoleArn: found.CloudWatchLogsRoleArn,
      enableLogFileValidation: found.LogFileValidationEnabled,
      enableLogging: IsLogging,
      homeRegion: found.HomeRegion,
      includeGlobalServiceEvents: found.IncludeGlobalServiceEvents,
      isMultiRegionTrail: found.IsMultiRegionTrail,
      isOrganizationTrail: found.IsOrganizationTrail,
      kmsKeyId: found.KmsKeyId,
      s3BucketName: found.S3BucketName,
      s3KeyPrefix: found.S3KeyPrefix,
      snsTopicArn: found.SnsTopicARN ?? "",
      snsTopicName: found.SnsTopicARN?.split(":").at(-1),
      tagsAll: tagMap(tags?.TagsList),
    };
  },
  async delete(session, arn) {
    await cloudtrailClient(session).send(new DeleteTrailCommand({ Name: arn }));
  },
});

function settings(args: Args<TrailArgs>): {
  Name: string;
  S3BucketName: string;
} & Readonly<Record<string, string | boolean | undefined>> {
  return {
    Name: given(args.name, "a name"),
    S3BucketName: args.s3BucketName,
    S3KeyPrefix: args.s3KeyPrefix,
    CloudWatchLogsLogGroupArn: args.cloudWatchLogsGroupArn,
    CloudWatchLogsRoleArn: args.cloudWatchLogsRoleArn,
    EnableLogFileValidation: args.enableLogFileValidation,
    IncludeGlobalServiceEvents: args.includeGlobalServiceEvents,
    IsMultiRegionTrail: args.isMultiRegionTrail,
    IsOrganizationTrail: args.isOrganizationTrail,
    KmsKeyId: args.kmsKeyId,
    SnsTopicName: args.snsTopicName,
  };
}

async function putSelectors(
  client: CloudTrailClient,
  TrailName: string,
  args: Args<TrailArgs>,
  old: Args<TrailArgs> | undefined,
): Promise<void> {
  const { eventSelectors, advancedEventSelectors, insightSelectors } = args;
  const isChanged =
    !isDeepStrictEqual(eventSelectors, old?.eventSelectors) ||
    !isDeepStrictEqual(advancedEventSelectors, old?.advancedEventSelectors);
  if (isChanged) {
    const EventSelectors = toApi<EventSelector[] | undefined>(eventSelectors);
    const AdvancedEventSelectors = toApi<AdvancedEventSelector[] | undefined>(advancedEventSelectors, {
      endsWiths: "EndsWith",
      notEndsWiths: "NotEndsWith",
      notStartsWiths: "NotStartsWith",
      startsWiths: "StartsWith",
    });
    await client.send(new PutEventSelectorsCommand({ TrailName, EventSelectors, AdvancedEventSelectors }));
  }
  if (!isDeepStrictEqual(insightSelectors, old?.insightSelectors)) {
    const InsightSelectors = toApi<InsightSelector[]>(insightSelectors ?? []);
    await client.send(new PutInsightSelectorsCommand({ TrailName, InsightSelectors }));
  }
}

/** The resource types of CloudTrail. */
export const cloudtrail: ResourceTypes = { "aws:cloudtrail/trail:Trail": trail };

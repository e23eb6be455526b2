import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  LogGroupClass,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type LogGroupArgs } from "@pulumi/aws/cloudwatch";

import { resourceType } from "../resource-type";
import { type Session } from "../session";
import { generatedName } from "./iam-roles";
import { optionalMember } from "./shapes";
import { syncTags } from "./tags";

const logsClient = (session: Session): CloudWatchLogsClient => session.client(CloudWatchLogsClient, "logs");

/** A log group. Its key is given when it is created: the local AWS has no call to change it, so that a change replaces. */
export const logGroup = resourceType<LogGroupArgs>({
  replaceOn: ["namePrefix", "logGroupClass", "kmsKeyId"],
  async create(session, args) {
    const logGroupName = args.name ?? generatedName(args.namePrefix);
    await logsClient(session).send(
      new CreateLogGroupCommand({
        logGroupName,
        kmsKeyId: args.kmsKeyId,
        logGroupClass: optionalMember(LogGroupClass, args.logGroupClass, "logGroupClass"),
        tags: { ...args.tagsAll },
      }),
    );
    return logGroupName;
  },
  async update(session, name, args, old) {
    const client = logsClient(session);
    const resourceArn = await session.arn("logs", `log-group:${name}`);
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ resourceArn, tags: { ...tags } })),
      (tagKeys) => client.send(new UntagResourceCommand({ resourceArn, tagKeys })),
    );
  },
  async configure(session, logGroupName, { retentionInDays = 0 }, old) {
    if (retentionInDays === (old?.retentionInDays ?? 0)) return;
    const client = logsClient(session);
    if (retentionInDays === 0) await client.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    else await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  },
  async read(session, name) {
    const client = logsClient(session);
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (!found) return undefined;
    const arn = await session.arn("logs", `log-group:${name}`);
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return {
      arn,
      name,
      kmsKeyId: found.kmsKeyId,
      logGroupClass: found.logGroupClass ?? "STANDARD",
      deletionProtectionEnabled: false,
      retentionInDays: found.retentionInDays ?? 0,
      tagsAll: tags ?? {},
    };
  },
  async delete(session, logGroupName, { skipDestroy }) {
    if (skipDestroy !== true) await logsClient(session).send(new DeleteLogGroupCommand({ logGroupName }));
  },
});

import { type SlackChannelConfigurationArgs, type TeamsChannelConfigurationArgs } from "@pulumi/aws/chatbot";

import { listOf, objectOf, textOf, type JsonObject } from "../../json";
import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { callService } from "./json-service";
import { given } from "./shapes";
import { syncTags, type TagMap } from "./tags";

const call = (session: Session, path: string, body: JsonObject): Promise<JsonObject> =>
  callService(session, "chatbot", { path }, body);

const chatTags = (tags: TagMap | undefined): readonly JsonObject[] =>
  Object.entries(tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

/** What channels of Slack and of Teams have in common. */
function sharedSettings(args: Args<SlackChannelConfigurationArgs> | Args<TeamsChannelConfigurationArgs>) {
  return {
    GuardrailPolicyArns: args.guardrailPolicyArns,
    IamRoleArn: args.iamRoleArn,
    LoggingLevel: args.loggingLevel,
    SnsTopicArns: args.snsTopicArns,
    UserAuthorizationRequired: args.userAuthorizationRequired,
  };
}

async function syncChatTags(
  session: Session,
  ResourceARN: string,
  old: TagMap | undefined,
  now: TagMap | undefined,
) {
  await syncTags(
    old,
    now,
    (tags) => call(session, "/tag-resource", { ResourceARN, Tags: chatTags(tags) }),
    (TagKeys) => call(session, "/untag-resource", { ResourceARN, TagKeys }),
  );
}

async function sharedState(session: Session, found: JsonObject): Promise<JsonObject> {
  const { Tags } = await call(session, "/list-tags-for-resource", {
    ResourceARN: found["ChatConfigurationArn"],
  });
  return {
    chatConfigurationArn: found["ChatConfigurationArn"],
    configurationName: found["ConfigurationName"],
    guardrailPolicyArns: found["GuardrailPolicyArns"],
    iamRoleArn: found["IamRoleArn"],
    loggingLevel: found["LoggingLevel"],
    snsTopicArns: found["SnsTopicArns"],
    userAuthorizationRequired: found["UserAuthorizationRequired"],
    tagsAll: Object.fromEntries(
      listOf(Tags)
        .map(objectOf)
        .map(({ TagKey, TagValue }) => [textOf(TagKey), textOf(TagValue)]),
    ),
  };
}

const slackChannel = resourceType<SlackChannelConfigurationArgs>({
  replaceOn: ["configurationName", "slackTeamId"],
  async create(session, args) {
    const { ChannelConfiguration } = await call(session, "/create-slack-channel-configuration", {
      ...sharedSettings(args),
      ConfigurationName: args.configurationName,
      SlackTeamId: args.slackTeamId,
      SlackChannelId: args.slackChannelId,
      Tags: chatTags(args.tagsAll),
    });
    return arnOf(ChannelConfiguration);
  },
  async update(session, ChatConfigurationArn, args, old) {
    const settings = { ...sharedSettings(args), SlackChannelId: args.slackChannelId };
    await call(session, "/update-slack-channel-configuration", { ChatConfigurationArn, ...settings });
    await syncChatTags(session, ChatConfigurationArn, old.tagsAll, args.tagsAll);
  },
  async read(session, ChatConfigurationArn) {
    const path = "/describe-slack-channel-configurations";
    const { SlackChannelConfigurations } = await call(session, path, { ChatConfigurationArn });
    const [found] = listOf(SlackChannelConfigurations).map(objectOf);
    return (
      found && {
        ...(await sharedState(session, found)),
        slackTeamId: found["SlackTeamId"],
        slackTeamName: found["SlackTeamName"],
        slackChannelId: found["SlackChannelId"],
        slackChannelName: found["SlackChannelName"],
      }
    );
  },
  async delete(session, ChatConfigurationArn) {
    await call(session, "/delete-slack-channel-configuration", { ChatConfigurationArn });
  },
});

const teamsChannel = resourceType<TeamsChannelConfigurationArgs>({
  replaceOn: ["configurationName", "teamId", "tenantId"],
  async create(session, args) {
    const { ChannelConfiguration } = await call(session, "/create-ms-teams-channel-configuration", {
      ...sharedSettings(args),
      ConfigurationName: args.configurationName,
      ChannelId: args.channelId,
      ChannelName: args.channelName,
      TeamId: args.teamId,
      TeamName: args.teamName,
      TenantId: args.tenantId,
      Tags: chatTags(args.tagsAll),
    });
    return arnOf(ChannelConfiguration);
  },
  async update(session, ChatConfigurationArn, args, old) {
    const settings = { ...sharedSettings(args), ChannelId: args.channelId, ChannelName: args.channelName };
    await call(session, "/update-ms-teams-channel-configuration", { ChatConfigurationArn, ...settings });
    await syncChatTags(session, ChatConfigurationArn, old.tagsAll, args.tagsAll);
  },
  async read(session, ChatConfigurationArn) {
    const path = "/get-ms-teams-channel-configuration";
    const { ChannelConfiguration } = await call(session, path, { ChatConfigurationArn });
    const found = objectOf(ChannelConfiguration);
    return {
      ...(await sharedState(session, found)),
      channelId: found["ChannelId"],
      channelName: found["ChannelName"],
      teamId: found["TeamId"],
      teamName: found["TeamName"],
      tenantId: found["TenantId"],
    };
  },
  async delete(session, ChatConfigurationArn) {
    await call(session, "/delete-ms-teams-channel-configuration", { ChatConfigurationArn });
  },
});

function arnOf(configuration: unknown): string {
  const arn = textOf(objectOf(configuration)["ChatConfigurationArn"]);
  return given(arn === "" ? undefined : arn, "the ARN of the new configuration");
}

/** The resource types of the chat applications. */
export const chatbot: ResourceTypes = {
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": slackChannel,
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": teamsChannel,
};

import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { chatTrust } from "./documents/notifications";
import { policyText } from "./documents/statement";
import { type ChatChoices, chatProblems } from "./notification-chat-limits";
import { physicalName } from "./physical-names";
import { refuse } from "./problems";

/** Arguments of {@link NotificationChat}. */
export interface NotificationChatArgs extends ChatChoices {
  /** The home region, or any other of the account: it tells whether the service exists in the partition. */
  readonly region: string;
  /** What the names of the configurations begin with. */
  readonly namePrefix: string;
  /** ARNs of the topics for chat channels. */
  readonly topicArns: readonly pulumi.Input<string>[];
  /** Tags of what is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Where the channels are configured. The service is global, and one configuration serves the topics of all regions, but
 * its API answers in four regions only. It is the same one for everybody, so that a new home region replaces nothing.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/chatbot.html
 */
const API_REGION = "us-east-2";

/**
 * Channels of Slack and Microsoft Teams that get the alerts, through Amazon Q Developer in chat applications (formerly
 * AWS Chatbot). Nobody can do anything in AWS from them: their role has no permissions, and the guardrail denies all.
 * The workspace or team must be authorised once by hand.
 *
 * @example
 * ```ts
 * new NotificationChat("notifications-chat", {
 *   region: "us-east-1",
 *   namePrefix: "acme",
 *   topicArns: [chatTopicArn],
 *   slack: [{ workspaceId: "T0123ABCD", channelId: "C0123ABCD" }],
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/what-is.html
 */
export class NotificationChat extends pulumi.ComponentResource {
  public constructor(name: string, args: NotificationChatArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:NotificationChat", name, NO_INPUTS, opts);
    const { region, namePrefix, topicArns, slack = [], teams = [] } = args;
    refuse(this, `NotificationChat "${name}"`, chatProblems(args, region));
    const tags = args.tags === undefined ? {} : { tags: args.tags };
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const { partition } = aws.getPartitionOutput({}, { parent: this });

    const role = new aws.iam.Role(
      name,
      {
        name: physicalName(name),
        description: "The channels that hear of alerts have this role, which permits nothing.",
        assumeRolePolicy: accountId.apply((account) => policyText([chatTrust(account)])),
        ...tags,
      },
      { parent: this },
    );
    const shared = {
      region: API_REGION,
      iamRoleArn: role.arn,
      // Without a guardrail of its own a channel has AdministratorAccess for one.
      guardrailPolicyArns: [pulumi.interpolate`arn:${partition}:iam::aws:policy/AWSDenyAll`],
      loggingLevel: "ERROR",
      snsTopicArns: [...topicArns],
      userAuthorizationRequired: true,
      ...tags,
    };
    for (const { workspaceId, channelId } of slack) {
      new aws.chatbot.SlackChannelConfiguration(
        `${name}-slack-${channelId}`,
        {
          ...shared,
          configurationName: `${namePrefix}-slack-${channelId}`,
          slackTeamId: workspaceId,
          slackChannelId: channelId,
        },
        { parent: this },
      );
    }
    for (const { tenantId, teamId, channelId } of teams) {
      // The id holds characters that a name must not.
      const short = createHash("sha256").update(channelId).digest("hex").slice(0, 8);
      new aws.chatbot.TeamsChannelConfiguration(
        `${name}-teams-${short}`,
        { ...shared, configurationName: `${namePrefix}-teams-${short}`, tenantId, teamId, channelId },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

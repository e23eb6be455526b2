import { ACCOUNT } from "../engine/environment";
import { type JsonObject, listOf, objectOf, textOf, textsOf } from "../json";
import { AwsError } from "./aws-error";
import { isTrusted } from "./permissions";
import type { RestHandler, Surroundings } from "./server";

/** What is checked of each member of a request. */
type Shapes = Readonly<Record<string, RegExp>>;

/** @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html */
const SLACK: Shapes = {
  ConfigurationName: /^[A-Za-z0-9-_]{1,128}$/,
  SlackTeamId: /^[0-9A-Z]{1,255}$/,
  SlackChannelId: /^[A-Za-z0-9]{1,255}$/,
};
/** @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateMicrosoftTeamsChannelConfiguration.html */
const UUID = /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const TEAMS: Shapes = {
  ConfigurationName: /^[A-Za-z0-9-_]{1,128}$/,
  ChannelId: /^(?=.{1,255}$)[a-zA-Z0-9-_=+/.,]*%3[aA][a-zA-Z0-9-_=+/.,]*%40[a-zA-Z0-9-_=+/.,]*$/,
  TeamId: UUID,
  TenantId: UUID,
};
const LOGGING = ["ERROR", "INFO", "NONE"];

/**
 * Serves the channels of Slack and Microsoft Teams, which moto does not have. The service is global, its resources are in
 * one list whatever region is asked.
 */
export class ChatChannels {
  private readonly all = new Map<string, JsonObject>();
  private readonly authorized = new Set<string>();

  /** What a person does in the console: lets AWS into a workspace of Slack or a team of Microsoft Teams. */
  authorize(id: string): void {
    this.authorized.add(id);
  }

  /** The operations of the service, by path. */
  operations(): Record<string, RestHandler> {
    return {
      "/create-slack-channel-configuration": (body, call) =>
        this.create("slack-channel", body, SLACK, textOf(body["SlackTeamId"]), call),
      "/create-ms-teams-channel-configuration": (body, call) =>
        this.create("microsoft-teams-channel", body, TEAMS, textOf(body["TeamId"]), call),
      "/update-slack-channel-configuration": (body, call) => this.update(body, SLACK, call),
      "/update-ms-teams-channel-configuration": (body, call) => this.update(body, TEAMS, call),
      "/delete-slack-channel-configuration": (body) => this.delete(body),
      "/delete-ms-teams-channel-configuration": (body) => this.delete(body),
      "/describe-slack-channel-configurations": (body) => {
        const wanted = body["ChatConfigurationArn"];
        const channels = [...this.all.values()].filter(
          (channel) =>
            "SlackTeamId" in channel && (wanted === undefined || channel["ChatConfigurationArn"] === wanted),
        );
        return Promise.resolve({ SlackChannelConfigurations: channels });
      },
      "/get-ms-teams-channel-configuration": (body) =>
        Promise.resolve({ ChannelConfiguration: this.found(textOf(body["ChatConfigurationArn"])) }),
      "/list-ms-teams-channel-configurations": () =>
        Promise.resolve({
          TeamChannelConfigurations: [...this.all.values()].filter((channel) => "TeamId" in channel),
        }),
      "/list-tags-for-resource": (body) =>
        Promise.resolve({ Tags: this.found(textOf(body["ResourceARN"]))["Tags"] ?? [] }),
      "/tag-resource": (body) => {
        const given = listOf(body["Tags"]).map(objectOf);
        return this.setTags(
          textOf(body["ResourceARN"]),
          given.map(({ TagKey }) => textOf(TagKey)),
          given,
        );
      },
      "/untag-resource": (body) => this.setTags(textOf(body["ResourceARN"]), textsOf(body["TagKeys"]), []),
    };
  }

  private async create(
    kind: string,
    body: JsonObject,
    shapes: Shapes,
    place: string,
    call: Surroundings,
  ): Promise<JsonObject> {
    await refuse(body, shapes, call);
    if (!this.authorized.has(place)) {
      throw new AwsError(
        "InvalidRequestException",
        `${place} is not authorized: it must be configured in the console first.`,
      );
    }
    const arn = `arn:aws:chatbot::${ACCOUNT}:chat-configuration/${kind}/${textOf(body["ConfigurationName"])}`;
    if (this.all.has(arn)) throw new AwsError("ConflictException", `${arn} already exists.`, 409);
    const channel = {
      LoggingLevel: "NONE",
      UserAuthorizationRequired: false,
      ...body,
      ChatConfigurationArn: arn,
    };
    this.all.set(arn, channel);
    return { ChannelConfiguration: channel };
  }

  private async update(body: JsonObject, shapes: Shapes, call: Surroundings): Promise<JsonObject> {
    const arn = textOf(body["ChatConfigurationArn"]);
    const channel = { ...this.found(arn), ...body };
    await refuse(channel, shapes, call);
    this.all.set(arn, channel);
    return { ChannelConfiguration: channel };
  }

  private delete(body: JsonObject): Promise<JsonObject> {
    const arn = textOf(body["ChatConfigurationArn"]);
    this.found(arn);
    this.all.delete(arn);
    return Promise.resolve({});
  }

  private found(arn: string): JsonObject {
    const channel = this.all.get(arn);
    if (channel) return channel;
    throw new AwsError("ResourceNotFoundException", `${arn} is not found.`, 404);
  }

  private setTags(arn: string, gone: readonly string[], set: readonly JsonObject[]): Promise<JsonObject> {
    const channel = this.found(arn);
    const kept = listOf(channel["Tags"])
      .map(objectOf)
      .filter(({ TagKey }) => !gone.includes(textOf(TagKey)));
    this.all.set(arn, { ...channel, Tags: [...kept, ...set] });
    return Promise.resolve({});
  }
}

async function refuse(body: JsonObject, shapes: Shapes, call: Surroundings): Promise<void> {
  for (const [name, shape] of Object.entries(shapes)) {
    if (!shape.test(textOf(body[name])))
      throw invalid(`Value '${textOf(body[name])}' at '${name}' has the wrong form.`);
  }
  const logging = body["LoggingLevel"];
  if (logging !== undefined && !LOGGING.includes(textOf(logging)))
    throw invalid(`LoggingLevel takes ${LOGGING.join(", ")}.`);
  // Topics and policies are refused by their form; whether there is such a topic nobody asks.
  const topics = textsOf(body["SnsTopicArns"]);
  const wrong = topics.find((arn) => !/^arn:aws:sns:[\w-]+:\d{12}:[\w-]+$/.test(arn));
  if (wrong !== undefined) throw invalid(`'${wrong}' is no topic.`);
  const policies = textsOf(body["GuardrailPolicyArns"]);
  const policy = policies.find((arn) => !/^arn:aws:iam::(\d{12}|aws):policy\/\S+$/.test(arn));
  if (policy !== undefined) throw invalid(`'${policy}' is no policy.`);
  // https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
  const role = textOf(body["IamRoleArn"]);
  const context = { "aws:sourceaccount": ACCOUNT, "aws:sourcearn": `arn:aws:chatbot::${ACCOUNT}:*` };
  if (!(await isTrusted(call, role, "chatbot.amazonaws.com", context)))
    throw invalid(`AWS Chatbot cannot assume the role ${role}.`);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

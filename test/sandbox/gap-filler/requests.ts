import { ACCOUNT } from "../engine/environment";
import { isObject, type JsonObject, listOf, objectOf, textOf, textsOf } from "../json";
import { s3Request } from "./s3-requests";
import type { AwsRequest } from "./server";

/** What a request asks of IAM. */
export interface Asked {
  /** For example `iam:CreateRole`. */
  readonly action: string;
  /**
   * What is acted on: of each list one ARN must be allowed. `undefined` where the request does not tell, so that any
   * permission of the action will do.
   */
  readonly resources: readonly (readonly string[])[] | undefined;
  /** Condition keys that are in the request itself, in lower case. */
  readonly context: Readonly<Record<string, string>>;
  /** What the request asks for as well. */
  readonly also?: readonly { readonly action: string; readonly resource: string }[];
  /** A role that is handed to a service, which asks for `iam:PassRole`. */
  readonly passes?: { readonly role: string; readonly service: string } | undefined;
}

type Groups = Asked["resources"];
/** Finds what a request acts on, from the name of the operation and its parameters. */
type Finder = (operation: string, params: JsonObject, arn: (resource: string) => string) => Groups;

/** The names of services in IAM where signatures have others. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };
/** Resources of these services have no region in their ARN. */
const GLOBAL = ["iam", "chatbot"];
const one = (...arns: readonly string[]): Groups => [arns];
/** An ARN as it is; a name with the type of the resource in front. */
const named = (arn: (resource: string) => string, type: string, value: unknown): string =>
  textOf(value).startsWith("arn:") ? textOf(value) : arn(`${type}${textOf(value)}`);
const everything: Groups = [["*"]];

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const FINDERS: Readonly<Record<string, Finder>> = {
  iam: (operation, params, arn) => {
    if (operation === "CreateServiceLinkedRole")
      return one(arn(`role/aws-service-role/${textOf(params["AWSServiceName"])}/AWSServiceRoleForService`));
    if (operation === "DeleteServiceLinkedRole") return undefined;
    if (params["RoleName"] !== undefined) return one(arn(`role/${textOf(params["RoleName"])}`));
    if (params["PolicyArn"] !== undefined) return one(textOf(params["PolicyArn"]));
    return params["PolicyName"] === undefined
      ? undefined
      : one(arn(`policy/${textOf(params["PolicyName"])}`));
  },
  sts: (_operation, { RoleArn }) => one(textOf(RoleArn)),
  sns: (operation, { TopicArn, ResourceArn, SubscriptionArn, Name }, arn) => {
    if (operation === "CreateTopic") return one(arn(textOf(Name)));
    if (SubscriptionArn !== undefined) return one(textOf(SubscriptionArn).split(":").slice(0, 6).join(":"));
    const found = TopicArn ?? ResourceArn;
    return found === undefined ? undefined : one(textOf(found));
  },
  sqs: (_operation, { QueueName, QueueUrl }, arn) =>
    one(arn(textOf(QueueName) || (textOf(QueueUrl).split("/").at(-1) ?? ""))),
  events: (_operation, { Name, Rule, ResourceARN }, arn) =>
    one(named(arn, "rule/", Name ?? Rule ?? ResourceARN)),
  logs: (operation, { logGroupName, resourceArn }, arn) => {
    if (operation === "DescribeLogGroups") return everything;
    const group = named(arn, "log-group:", logGroupName ?? resourceArn).replace(/:\*$/, "");
    return one(group, `${group}:*`);
  },
  cloudtrail: (operation, { Name, TrailName, ResourceId }, arn) =>
    ["DescribeTrails", "ListTags"].includes(operation)
      ? undefined
      : one(named(arn, "trail/", Name ?? TrailName ?? ResourceId)),
  kms: (operation, { KeyId, AliasName, TargetKeyId }, arn) => {
    if (operation === "CreateKey" || operation === "ListAliases" || operation === "ListKeys")
      return everything;
    const keys = [KeyId, TargetKeyId].filter((key) => key !== undefined);
    const aliases = AliasName === undefined ? [] : [[arn(textOf(AliasName))]];
    return [...keys.map((key) => [named(arn, "key/", key)]), ...aliases];
  },
  config: (operation, params, arn) => {
    if (
      /DeliveryChannel|Retention|DescribeConfigRules|Compliance|EvaluationStatus|Discovered/.test(operation)
    )
      return undefined;
    // The last part of these ARNs is an id that AWS makes.
    if (operation.includes("ConfigRule")) return one(arn("config-rule/config-rule-abcdef"));
    if (operation.includes("Recorder")) return one(arn("configuration-recorder/name/abcdef"));
    return params["ResourceArn"] === undefined ? undefined : one(textOf(params["ResourceArn"]));
  },
  cloudwatch: (operation, params, arn) => {
    if (operation === "PutMetricData") return everything;
    const alarms = [...textsOf(params["AlarmNames"]), ...textsOf([params["AlarmName"]])];
    if (alarms.length > 0) return alarms.map((name) => [arn(`alarm:${name}`)]);
    const dashboards = [...textsOf(params["DashboardNames"]), ...textsOf([params["DashboardName"]])];
    if (dashboards.length > 0)
      return dashboards.map((name) => [`arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}`]);
    return params["ResourceARN"] === undefined ? undefined : one(textOf(params["ResourceARN"]));
  },
  codebuild: (_operation, { name, projectName, names }, arn) => {
    const found = name ?? projectName;
    const all = found === undefined ? textsOf(names) : [textOf(found)];
    return all.length === 0 ? undefined : all.map((entry) => [named(arn, "project/", entry)]);
  },
  codepipeline: (_operation, { name, pipelineName, pipeline, resourceArn }, arn) =>
    one(named(arn, "", name ?? pipelineName ?? objectOf(pipeline)["name"] ?? resourceArn)),
  codeconnections: (operation, { ConnectionArn, ResourceArn }) =>
    operation === "CreateConnection" ? everything : one(textOf(ConnectionArn ?? ResourceArn)),
  chatbot: (_operation, { ChatConfigurationArn, ResourceARN }) => {
    const found = ChatConfigurationArn ?? ResourceARN;
    return found === undefined ? everything : one(textOf(found));
  },
  secretsmanager: (_operation, { SecretId }, arn) => one(named(arn, "secret:", SecretId)),
};

/** Operations that hand a role to a service, and where the role is. */
const PASSING: Readonly<Record<string, readonly [service: string, path: readonly string[]]>> = {
  "config:PutConfigurationRecorder": ["config.amazonaws.com", ["ConfigurationRecorder", "roleARN"]],
  "cloudtrail:CreateTrail": ["cloudtrail.amazonaws.com", ["CloudWatchLogsRoleArn"]],
  "cloudtrail:UpdateTrail": ["cloudtrail.amazonaws.com", ["CloudWatchLogsRoleArn"]],
  "codebuild:CreateProject": ["codebuild.amazonaws.com", ["serviceRole"]],
  "codebuild:UpdateProject": ["codebuild.amazonaws.com", ["serviceRole"]],
  "codepipeline:CreatePipeline": ["codepipeline.amazonaws.com", ["pipeline", "roleArn"]],
  "codepipeline:UpdatePipeline": ["codepipeline.amazonaws.com", ["pipeline", "roleArn"]],
  "events:PutTargets": ["events.amazonaws.com", ["Targets", "0", "RoleArn"]],
  "chatbot:CreateSlackChannelConfiguration": ["chatbot.amazonaws.com", ["IamRoleArn"]],
  "chatbot:CreateMicrosoftTeamsChannelConfiguration": ["chatbot.amazonaws.com", ["IamRoleArn"]],
};

/** What a request asks of IAM; `undefined` for a request that nobody is asked for. */
export function askedOf(
  request: AwsRequest,
  scope: { readonly region: string; readonly service: string },
): Asked | undefined {
  if (scope.service === "s3") return s3Request(request);
  const prefix = PREFIXES[scope.service] ?? scope.service;
  const { operation, params } = operationOf(request);
  if (operation === "" || operation === "GetCallerIdentity") return undefined;
  const region = GLOBAL.includes(prefix) ? "" : scope.region;
  const arn = (resource: string): string => `arn:aws:${prefix}:${region}:${ACCOUNT}:${resource}`;
  const action = `${prefix}:${operation}`;
  const resources = params && FINDERS[prefix]?.(operation, params, arn);
  const namespace = textOf(params?.["Namespace"]);
  const boundary = textOf(params?.["PermissionsBoundary"]);
  return {
    action,
    resources,
    context: {
      "aws:requestedregion": scope.region,
      "aws:resourceaccount": ACCOUNT,
      ...(boundary === "" ? {} : { "iam:permissionsboundary": boundary }),
      ...(prefix === "kms" ? requestTags(params) : {}),
      ...(operation === "PutMetricData" && namespace !== "" ? { "cloudwatch:namespace": namespace } : {}),
    },
    // https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html: of a key whose id nobody knows yet.
    also:
      action === "kms:CreateKey" && listOf(params?.["Tags"]).length > 0
        ? [{ action: "kms:TagResource", resource: arn("key/new") }]
        : [],
    passes: passedIn(action, params ?? {}),
  };
}

/** The tags that a request to KMS gives, which is the one service whose tags decide anything here. */
function requestTags(params: JsonObject | undefined): Readonly<Record<string, string>> {
  const tags = listOf(params?.["Tags"]).map(objectOf);
  return Object.fromEntries(
    tags.map(({ TagKey, TagValue }) => [`aws:requesttag/${textOf(TagKey).toLowerCase()}`, textOf(TagValue)]),
  );
}

function passedIn(action: string, params: JsonObject): Asked["passes"] {
  const [service, path] = PASSING[action] ?? [];
  if (service === undefined || path === undefined) return undefined;
  const role = path.reduce<unknown>((holder, name) => {
    if (Array.isArray(holder)) return holder[Number(name)] as unknown;
    return isObject(holder) ? holder[name] : undefined;
  }, params);
  return textOf(role) === "" ? undefined : { role: textOf(role), service };
}

/** The operation, and its parameters where the protocol is one that can be read here. */
function operationOf({ headers, url, body }: AwsRequest): {
  readonly operation: string;
  readonly params: JsonObject | undefined;
} {
  const target = textOf(headers["x-amz-target"]);
  const type = textOf(headers["content-type"]);
  if (target !== "") return { operation: target.split(".").at(-1) ?? "", params: json(body) };
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const form = new URLSearchParams(body.toString());
    return { operation: form.get("Action") ?? "", params: formParams(form) };
  }
  const rpc = /^\/service\/\w+\/operation\/(\w+)$/.exec(url.pathname)?.[1];
  if (rpc !== undefined) return { operation: rpc, params: undefined };
  return { operation: pathOperation(url.pathname), params: json(body) };
}

/** `/create-ms-teams-channel-configuration` is `CreateMicrosoftTeamsChannelConfiguration`. */
function pathOperation(path: string): string {
  return path
    .slice(1)
    .replace("ms-teams", "microsoft-teams")
    .replaceAll(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());
}

function json(body: Buffer): JsonObject | undefined {
  try {
    return objectOf(JSON.parse(body.toString() || "{}"));
  } catch {
    return undefined;
  }
}

/** `AlarmNames.member.1` becomes a list; everything else keeps its name. */
function formParams(form: URLSearchParams): JsonObject {
  const params: Record<string, unknown> = {};
  for (const [key, value] of form) {
    const list = /^(\w+)\.member\.\d+$/.exec(key)?.[1];
    if (list === undefined) params[key] = value;
    else params[list] = [...textsOf(params[list]), value];
  }
  return params;
}

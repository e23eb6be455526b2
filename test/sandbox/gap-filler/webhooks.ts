import { type JsonObject, listOf, objectOf, textOf, textsOf } from "../json";
import { AwsError } from "./aws-error";
import type { Connections } from "./codeconnections";

const HOSTS = ["GITHUB", "GITHUB_ENTERPRISE", "GITLAB", "BITBUCKET"];
/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_WebhookFilter.html */
const FILTERS = [
  "EVENT",
  "BASE_REF",
  "HEAD_REF",
  "ACTOR_ACCOUNT_ID",
  "FILE_PATH",
  "COMMIT_MESSAGE",
  "WORKFLOW_NAME",
  "TAG_NAME",
  "RELEASE_NAME",
  "REPOSITORY_NAME",
];
const EVENTS = [
  "PUSH",
  "PULL_REQUEST_CREATED",
  "PULL_REQUEST_UPDATED",
  "PULL_REQUEST_REOPENED",
  "PULL_REQUEST_MERGED",
  "PULL_REQUEST_CLOSED",
  "RELEASED",
  "PRERELEASED",
  "WORKFLOW_JOB_QUEUED",
];
/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_PullRequestBuildPolicy.html */
const APPROVALS = ["DISABLED", "ALL_PULL_REQUESTS", "FORK_PULL_REQUESTS"];

/**
 * The webhook of a project as CodeBuild keeps it.
 *
 * @throws AwsError for what CodeBuild refuses
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateWebhook.html
 */
export function webhookOf(body: JsonObject, project: JsonObject, connections: Connections): JsonObject {
  const source = objectOf(project["source"]);
  if (!HOSTS.includes(textOf(source["type"]))) {
    throw invalid(`Project source of type ${textOf(source["type"])} has no webhooks.`);
  }
  const auth = objectOf(source["auth"]);
  // https://docs.aws.amazon.com/codebuild/latest/userguide/connections-github-app.html
  if (auth["type"] !== "CODECONNECTIONS") {
    throw new AwsError(
      "ResourceNotFoundException",
      "No Access token found, please visit AWS CodeBuild console to connect to the source provider.",
    );
  }
  if (!connections.isAvailable(textOf(auth["resource"]))) {
    throw new AwsError(
      "OAuthProviderException",
      `The connection ${textOf(auth["resource"])} is not available.`,
    );
  }
  const groups = listOf(body["filterGroups"]).map((group) => listOf(group).map(objectOf));
  for (const group of groups) refuseGroup(group);
  const policy = objectOf(body["pullRequestBuildPolicy"]);
  if (body["pullRequestBuildPolicy"] !== undefined) refusePolicy(policy);
  const name = textOf(project["name"]);
  return {
    url: `https://api.example.com/repos/${name}/hooks/1`,
    payloadUrl: `https://codebuild.us-east-1.amazonaws.com/webhooks?t=${name}`,
    secret: "a secret of the webhook",
    branchFilter: body["branchFilter"],
    buildType: body["buildType"] ?? "BUILD",
    filterGroups: groups,
    pullRequestBuildPolicy: { requiresCommentApproval: "DISABLED", approverRoles: [], ...policy },
  };
}

function refuseGroup(filters: readonly JsonObject[]): void {
  const types = filters.map(({ type }) => textOf(type));
  const unknown = types.find((type) => !FILTERS.includes(type));
  if (unknown !== undefined) throw invalid(`"${unknown}" is no type of a webhook filter.`);
  const [event, ...others] = filters.filter(({ type }) => type === "EVENT");
  if (event === undefined || others.length > 0)
    throw invalid("A filter group must have exactly one EVENT filter.");
  const events = textOf(event["pattern"])
    .split(",")
    .map((name) => name.trim());
  const wrong = events.find((name) => !EVENTS.includes(name));
  if (wrong !== undefined) throw invalid(`"${wrong}" is no event of a webhook.`);
}

function refusePolicy(policy: JsonObject): void {
  if (!APPROVALS.includes(textOf(policy["requiresCommentApproval"]))) {
    throw invalid(`requiresCommentApproval must be one of ${APPROVALS.join(", ")}.`);
  }
  const roles = textsOf(policy["approverRoles"]);
  const wrong = roles.find((role) => !/^(GITHUB|GITLAB|BITBUCKET)_[A-Z]+$/.test(role));
  if (wrong !== undefined) throw invalid(`"${wrong}" is no role that approves.`);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidInputException", message);
}

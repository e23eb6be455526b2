import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  CreateWebhookCommand,
  DeleteProjectCommand,
  DeleteWebhookCommand,
  UpdateProjectCommand,
  UpdateWebhookCommand,
  type CreateProjectInput,
  type CreateWebhookInput,
  type Project,
} from "@aws-sdk/client-codebuild";
import { type ProjectArgs, type WebhookArgs } from "@pulumi/aws/codebuild";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { asIs, given } from "./shapes";

const codebuildClient = (session: Session): CodeBuildClient => session.client(CodeBuildClient, "codebuild");

const project = resourceType<ProjectArgs>({
  defaults: { buildTimeout: 60, projectVisibility: "PRIVATE", queuedTimeout: 480 },
  async create(session, args) {
    const { project: created } = await codebuildClient(session).send(
      new CreateProjectCommand(projectInput(args)),
    );
    return given(created?.arn, "the ARN of the new project");
  },
  async update(session, _id, args) {
    // Tags are settings of a project like others; all of them are sent.
    await codebuildClient(session).send(new UpdateProjectCommand(projectInput(args)));
  },
  async read(session, arn) {
    const found = await findProject(session, arn);
    return (
      found && {
        arn: found.arn,
        name: found.name,
        artifacts: found.artifacts,
        badgeEnabled: found.badge?.badgeEnabled ?? false,
        badgeUrl: found.badge?.badgeRequestUrl ?? "",
        buildTimeout: found.timeoutInMinutes,
        cache: found.cache,
        concurrentBuildLimit: found.concurrentBuildLimit,
        description: found.description ?? "",
        encryptionKey: found.encryptionKey,
        environment: found.environment,
        logsConfig: found.logsConfig && {
          cloudwatchLogs: found.logsConfig.cloudWatchLogs,
          s3Logs: found.logsConfig.s3Logs,
        },
        projectVisibility: found.projectVisibility ?? "PRIVATE",
        publicProjectAlias: found.publicProjectAlias ?? "",
        queuedTimeout: found.queuedTimeoutInMinutes,
        serviceRole: found.serviceRole,
        source: found.source,
        sourceVersion: found.sourceVersion,
        tagsAll: Object.fromEntries((found.tags ?? []).map(({ key, value }) => [key, value])),
      }
    );
  },
  async delete(session, arn) {
    await codebuildClient(session).send(new DeleteProjectCommand({ name: arn.split("project/").at(-1) }));
  },
});

async function findProject(session: Session, name: string): Promise<Project | undefined> {
  const { projects = [] } = await codebuildClient(session).send(
    new BatchGetProjectsCommand({ names: [name] }),
  );
  return projects[0];
}

function projectInput(args: Args<ProjectArgs>): CreateProjectInput {
  return {
    name: given(args.name, "a name"),
    description: args.description ?? "",
    artifacts: asIs(args.artifacts),
    badgeEnabled: args.badgeEnabled ?? false,
    cache: asIs(args.cache ?? { type: "NO_CACHE" }),
    concurrentBuildLimit: args.concurrentBuildLimit,
    encryptionKey: args.encryptionKey,
    environment: asIs(args.environment),
    logsConfig: args.logsConfig && {
      cloudWatchLogs: asIs(args.logsConfig.cloudwatchLogs),
      s3Logs: asIs(args.logsConfig.s3Logs),
    },
    queuedTimeoutInMinutes: args.queuedTimeout,
    secondaryArtifacts: asIs(args.secondaryArtifacts),
    secondarySources: asIs(args.secondarySources),
    serviceRole: args.serviceRole,
    source: asIs(args.source),
    sourceVersion: args.sourceVersion,
    tags: Object.entries(args.tagsAll ?? {}).map(([key, value]) => ({ key, value })),
    timeoutInMinutes: args.buildTimeout,
    vpcConfig: asIs(args.vpcConfig),
  };
}

/** A webhook has its project's name as its id. */
const webhook = resourceType<WebhookArgs>({
  replaceOn: ["projectName", "manualCreation", "scopeConfiguration"],
  async create(session, args) {
    await codebuildClient(session).send(
      new CreateWebhookCommand({
        ...webhookInput(args),
        manualCreation: args.manualCreation,
        scopeConfiguration: asIs(args.scopeConfiguration),
      }),
    );
    return args.projectName;
  },
  async update(session, _id, args) {
    await codebuildClient(session).send(new UpdateWebhookCommand(webhookInput(args)));
  },
  async read(session, projectName) {
    const found = (await findProject(session, projectName))?.webhook;
    return (
      found && {
        branchFilter: found.branchFilter,
        buildType: found.buildType,
        filterGroups: found.filterGroups?.map((filters) => ({ filters })),
        payloadUrl: found.payloadUrl ?? "",
        projectName,
        pullRequestBuildPolicy: found.pullRequestBuildPolicy,
        secret: found.secret ?? "",
        url: found.url ?? "",
      }
    );
  },
  async delete(session, projectName) {
    await codebuildClient(session).send(new DeleteWebhookCommand({ projectName }));
  },
});

function webhookInput(args: Args<WebhookArgs>): CreateWebhookInput {
  return {
    projectName: args.projectName,
    branchFilter: args.branchFilter,
    buildType: asIs(args.buildType),
    filterGroups: args.filterGroups?.map(({ filters }) => asIs(filters ?? [])),
    pullRequestBuildPolicy: asIs(args.pullRequestBuildPolicy),
  };
}

/** The resource types of CodeBuild. */
export const codebuild: ResourceTypes = {
  "aws:codebuild/project:Project": project,
  "aws:codebuild/webhook:Webhook": webhook,
};

import {
  CodePipelineClient,
  CreatePipelineCommand,
  DeletePipelineCommand,
  GetPipelineCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePipelineCommand,
  type ActionDeclaration,
  type GitConfiguration,
  type PipelineDeclaration,
} from "@aws-sdk/client-codepipeline";
import { type PipelineArgs } from "@pulumi/aws/codepipeline";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { asIs, given } from "./shapes";
import { syncTags, type TagMap } from "./tags";

const codepipelineClient = (session: Session): CodePipelineClient =>
  session.client(CodePipelineClient, "codepipeline");

type Stage = Args<PipelineArgs>["stages"][number];
type Action = Stage["actions"][number];
type Trigger = NonNullable<Args<PipelineArgs>["triggers"]>[number];

const pipeline = resourceType<PipelineArgs>({
  defaults: { executionMode: "SUPERSEDED", pipelineType: "V1" },
  check({ stages }) {
    const isPlain = stages.every(
      ({ beforeEntry, onFailure, onSuccess }) =>
        beforeEntry === undefined && onFailure === undefined && onSuccess === undefined,
    );
    return isPlain
      ? []
      : [["stages", "Conditions of stages are not part of the sandbox provider; add them."]];
  },
  async create(session, args) {
    const { pipeline: created } = await codepipelineClient(session).send(
      new CreatePipelineCommand({ pipeline: declarationOf(args), tags: pipelineTags(args.tagsAll) }),
    );
    return given(created?.name, "the name of the new pipeline");
  },
  async update(session, name, args, old) {
    const client = codepipelineClient(session);
    await client.send(new UpdatePipelineCommand({ pipeline: declarationOf(args) }));
    const resourceArn = await session.arn("codepipeline", name);
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ resourceArn, tags: pipelineTags(tags) })),
      (tagKeys) => client.send(new UntagResourceCommand({ resourceArn, tagKeys })),
    );
  },
  async read(session, name) {
    const client = codepipelineClient(session);
    const { pipeline: found, metadata } = await client.send(new GetPipelineCommand({ name }));
    if (!found) return undefined;
    const resourceArn = metadata?.pipelineArn ?? (await session.arn("codepipeline", name));
    const { tags = [] } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    return {
      arn: resourceArn,
      name: found.name,
      artifactStores: found.artifactStore ? [found.artifactStore] : Object.values(found.artifactStores ?? {}),
      executionMode: found.executionMode,
      pipelineType: found.pipelineType,
      roleArn: found.roleArn,
      stages: found.stages?.map((stage) => ({
        name: stage.name,
        actions: stage.actions?.map(({ actionTypeId, inputArtifacts, outputArtifacts, ...action }) => ({
          ...action,
          category: actionTypeId?.category,
          owner: actionTypeId?.owner,
          provider: actionTypeId?.provider,
          version: actionTypeId?.version,
          inputArtifacts: (inputArtifacts ?? []).map((artifact) => artifact.name),
          outputArtifacts: (outputArtifacts ?? []).map((artifact) => artifact.name),
        })),
      })),
      triggers: found.triggers?.map(({ providerType, gitConfiguration }) => ({
        providerType,
        gitConfiguration: gitConfiguration && fromGit(gitConfiguration),
      })),
      triggerAlls: [],
      variables: found.variables,
      tagsAll: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    };
  },
  async delete(session, name) {
    await codepipelineClient(session).send(new DeletePipelineCommand({ name }));
  },
});

function pipelineTags(tags: TagMap | undefined): { key: string; value: string }[] {
  return Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));
}

function declarationOf(args: Args<PipelineArgs>): PipelineDeclaration {
  const [store] = args.artifactStores;
  // One store has no region; of several each has one.
  const byRegion = args.artifactStores.map(({ region, ...rest }) => [region ?? "", rest] as const);
  return {
    name: given(args.name, "a name"),
    roleArn: args.roleArn,
    ...(args.artifactStores.length === 1
      ? { artifactStore: asIs(store) }
      : { artifactStores: asIs(Object.fromEntries(byRegion)) }),
    stages: args.stages.map(({ name, actions }) => ({ name, actions: actions.map(actionOf) })),
    executionMode: asIs(args.executionMode),
    pipelineType: asIs(args.pipelineType),
    triggers: args.triggers?.map(triggerOf),
    variables: asIs(args.variables),
  };
}

function actionOf(action: Action): ActionDeclaration {
  const { category, owner, provider, version, inputArtifacts = [], outputArtifacts = [], ...rest } = action;
  return {
    ...asIs<ActionDeclaration>(rest),
    actionTypeId: asIs({ category, owner, provider, version }),
    inputArtifacts: inputArtifacts.map((name) => ({ name })),
    outputArtifacts: outputArtifacts.map((name) => ({ name })),
  };
}

function triggerOf({ providerType, gitConfiguration }: Trigger) {
  const { sourceActionName, pushes, pullRequests } = gitConfiguration;
  return {
    providerType: asIs<"CodeStarSourceConnection">(providerType),
    gitConfiguration: asIs<GitConfiguration>({
      sourceActionName,
      push: pushes,
      pullRequest: pullRequests,
    }),
  };
}

function fromGit({ sourceActionName, push, pullRequest }: GitConfiguration) {
  return { sourceActionName, pushes: push, pullRequests: pullRequest };
}

/** The resource types of CodePipeline. */
export const codepipeline: ResourceTypes = { "aws:codepipeline/pipeline:Pipeline": pipeline };

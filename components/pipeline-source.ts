import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { connectionUse, objectReads, repositoryArn, repositoryReads } from "./documents/sources";
import type { Location } from "./documents/principals";
import type { PolicyStatement } from "./documents/statement";
import type { ConnectionSource, PatternChoice, SourceChoice, TriggerFilter } from "./pipeline-choices";

/** How a pipeline gets its source, and what starts it. */
export interface PipelineSource {
  /** Provider of the source action. */
  readonly provider: "CodeStarSourceConnection" | "CodeCommit" | "S3";
  readonly configuration: Readonly<Record<string, pulumi.Input<string>>>;
  /** The variable of the source action that holds the revision, as the start of an execution wants it. */
  readonly revisionType: "COMMIT_ID" | "S3_OBJECT_VERSION_ID";
  /** What the pipeline's role needs. */
  readonly permissions: pulumi.Output<readonly PolicyStatement[]>;
  /** The triggers of the pipeline itself, only with a connection. */
  readonly triggers: readonly PipelineTrigger[];
  /** The events that start it, where the pipeline itself has no triggers. */
  readonly eventPattern: pulumi.Output<string> | undefined;
  readonly connectionArn: pulumi.Output<string> | undefined;
}

/** A trigger as CodePipeline takes it. */
export type PipelineTrigger = ReturnType<typeof triggerOf>;

/** The name of the one source action. */
export const SOURCE_ACTION = "Source";

/**
 * Makes what belongs to the source: at most a connection. CodeCommit and S3 do not tell a pipeline of changes by
 * themselves any more; EventBridge does.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/change-detection-methods.html
 */
export function pipelineSource(
  name: string,
  source: SourceChoice,
  place: {
    readonly location: pulumi.Output<Location>;
    readonly region: string;
    readonly tags?: Readonly<Record<string, string>> | undefined;
    readonly prefix: string;
  },
  opts: pulumi.CustomResourceOptions,
): PipelineSource {
  if ("connection" in source) {
    const arn = connectionOf(name, source.connection, place, opts);
    const { repository, branch } = source.connection;
    return {
      provider: "CodeStarSourceConnection",
      configuration: {
        ConnectionArn: arn,
        FullRepositoryId: repository,
        BranchName: branch,
        OutputArtifactFormat: "CODE_ZIP",
        // The triggers decide; without any, only people start the pipeline.
        DetectChanges: "false",
      },
      revisionType: "COMMIT_ID",
      permissions: arn.apply(connectionUse),
      triggers: triggersOf(source.connection),
      eventPattern: undefined,
      connectionArn: arn,
    };
  }
  if ("codeCommit" in source) {
    const { repositoryName, branch } = source.codeCommit;
    return {
      provider: "CodeCommit",
      configuration: {
        RepositoryName: repositoryName,
        BranchName: branch,
        OutputArtifactFormat: "CODE_ZIP",
        PollForSourceChanges: "false",
      },
      revisionType: "COMMIT_ID",
      permissions: place.location.apply((here) => repositoryReads(here, repositoryName)),
      triggers: [],
      eventPattern: place.location.apply((here) =>
        JSON.stringify({
          source: ["aws.codecommit"],
          "detail-type": ["CodeCommit Repository State Change"],
          resources: [repositoryArn(here, repositoryName)],
          detail: {
            event: ["referenceCreated", "referenceUpdated"],
            referenceType: ["branch"],
            referenceName: [branch],
          },
        }),
      ),
      connectionArn: undefined,
    };
  }
  const { bucketName, objectKey } = source.s3;
  return {
    provider: "S3",
    configuration: { S3Bucket: bucketName, S3ObjectKey: objectKey, PollForSourceChanges: "false" },
    revisionType: "S3_OBJECT_VERSION_ID",
    permissions: place.location.apply(({ partition }) =>
      objectReads(`arn:${partition}:s3:::${bucketName}`, objectKey),
    ),
    triggers: [],
    eventPattern: pulumi.output(
      JSON.stringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [bucketName] }, object: { key: [objectKey] } },
      }),
    ),
    connectionArn: undefined,
  };
}

function connectionOf(
  name: string,
  source: ConnectionSource,
  place: {
    readonly region: string;
    readonly tags?: Readonly<Record<string, string>> | undefined;
    readonly prefix: string;
  },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { connection, provider } = source;
  if ("existing" in connection) return pulumi.output(connection.existing.arn);
  return new aws.codeconnections.Connection(
    name,
    {
      name: connection.create.name ?? place.prefix,
      providerType: provider,
      region: place.region,
      ...(place.tags === undefined ? {} : { tags: place.tags }),
    },
    opts,
  ).arn;
}

function triggersOf({ triggers, branch }: ConnectionSource): readonly PipelineTrigger[] {
  const filters = triggers ?? [{}];
  return filters.length === 0 ? [] : [triggerOf(filters, branch)];
}

function triggerOf(filters: readonly TriggerFilter[], branch: string) {
  return {
    providerType: "CodeStarSourceConnection",
    gitConfiguration: {
      sourceActionName: SOURCE_ACTION,
      pushes: filters.map(({ branches, paths }) => ({
        branches: patternsOf(branches ?? { includes: [branch] }),
        ...(paths === undefined ? {} : { filePaths: patternsOf(paths) }),
      })),
    },
  };
}

function patternsOf({ includes, excludes }: PatternChoice) {
  return {
    ...(includes === undefined ? {} : { includes: [...includes] }),
    ...(excludes === undefined ? {} : { excludes: [...excludes] }),
  };
}

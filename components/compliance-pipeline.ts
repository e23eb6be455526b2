import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import { pipelinePermissions, pipelineTrust } from "./documents/pipeline";
import type { Location } from "./documents/principals";
import type { PipelineChoices } from "./pipeline-choices";
import { PipelineEvents } from "./pipeline-events";
import { pipelineProblems } from "./pipeline-limits";
import { pipelineName } from "./pipeline-names";
import { pipelinePlace } from "./pipeline-place";
import { type PipelineProjects, pipelineProjects } from "./pipeline-projects";
import { pipelineSource, SOURCE_ACTION } from "./pipeline-source";
import { pipelineStages } from "./pipeline-stages";
import { stackTargets } from "./pipeline-targets";
import { refuse } from "./problems";
import { PullRequestProject } from "./pull-request-project";
import { pipelineLimits } from "./self-update";
import { ServiceRole } from "./service-role";

/** Arguments of {@link CompliancePipeline}. */
export interface CompliancePipelineArgs extends PipelineChoices {
  /** Topic of the pipeline's region that hears of failures. @defaultValue none: nobody does */
  readonly alertsTopicArn?: pulumi.Input<string> | undefined;
  /** Topic of the region for chat channels, which hear of the same failures. @defaultValue none */
  readonly chatTopicArn?: pulumi.Input<string> | undefined;
  /** Name of the policy that limits every role. @defaultValue one that keeps self-update from giving itself more */
  readonly permissionsBoundary?: string | undefined;
  /** Tags of what is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The week that CodePipeline itself waits for an approval, in minutes. */
const APPROVAL_MINUTES = 10_080;
const METRICS_SCHEDULE = "rate(6 hours)";

/**
 * The pipeline that tests, previews, gates, deploys and verifies the stacks of this program, each in its account.
 *
 * @example
 * ```ts
 * new CompliancePipeline("pipeline", {
 *   prefix: "acme-tools",
 *   region: "us-east-1",
 *   state: { bucket: { bucketName: "acme-state", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/..." } },
 *   source: { codeCommit: { repositoryName: "compliance", branch: "main" } },
 *   waves: [{ stacks: [{ stack: "test" }] }, { stacks: [{ stack: "prod", account: "444455556666" }] }],
 * });
 * ```
 *
 * @throws `pulumi.ResourceError` with every problem of the arguments, before anything is created.
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts.html
 */
export class CompliancePipeline extends pulumi.ComponentResource {
  /** Physical name of the pipeline. */
  public readonly pipelineName: pulumi.Output<string>;
  /** ARN of the pipeline. */
  public readonly arn: pulumi.Output<string>;
  /** Physical names of the CodeBuild projects that it starts. */
  public readonly projectNames: readonly pulumi.Output<string>[];
  /** ARN of the connection; `undefined` for another source. A new one waits until somebody authorises it. */
  public readonly connectionArn: pulumi.Output<string> | undefined;

  public constructor(name: string, args: CompliancePipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:CompliancePipeline", name, NO_INPUTS, opts);
    refuse(this, `CompliancePipeline "${name}"`, pipelineProblems(args, pulumi.getStack()));
    const { prefix, region, waves, approve = {} } = args;
    const tags = args.tags === undefined ? {} : { tags: args.tags };
    const options = { parent: this };

    const location = pulumi
      .all([
        aws.getPartitionOutput({}, { parent: this }).partition,
        aws.getCallerIdentityOutput({}, { parent: this }).accountId,
      ])
      .apply(([partition, account]): Location => ({ partition, account, region }));
    const targets = stackTargets(waves, location);
    const ownStack = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const { policies, permissionsBoundary } = pipelineLimits(name, args, { location, targets }, options);
    const place = { ...pipelinePlace(name, args, location, options), permissionsBoundary };
    const source = pipelineSource(name, args.source, { ...place, prefix }, options);
    const projects = pipelineProjects(
      name,
      {
        place,
        choices: args,
        targets,
        ownStack,
        selfUpdate: policies,
        sourceAction: SOURCE_ACTION,
        revisionType: source.revisionType,
      },
      options,
    );
    const role = new ServiceRole(
      name,
      {
        roleName: pipelineName(prefix),
        description: "CodePipeline moves artefacts and starts projects with this role.",
        trust: place.location.apply((here) => [pipelineTrust(here)]),
        permissions: pulumi
          .all([place.store, projectArns(projects), source.permissions])
          .apply(([store, arns, own]) => [...pipelinePermissions(store, arns), ...own]),
        permissionsBoundary,
        ...tags,
      },
      options,
    );
    const pipeline = new aws.codepipeline.Pipeline(
      name,
      {
        name: pipelineName(prefix),
        region,
        pipelineType: "V2",
        executionMode: args.executionMode ?? "SUPERSEDED",
        roleArn: role.arn,
        artifactStores: [
          { type: "S3", location: place.bucketName, encryptionKey: { type: "KMS", id: place.kmsKeyArn } },
        ],
        stages: pipelineStages({
          source,
          projects: namesOf(projects),
          waves,
          targets,
          approvalMinutes:
            approve.enabled === false ? undefined : (approve.timeoutMinutes ?? APPROVAL_MINUTES),
          keepIn: projects.metrics === undefined ? undefined : place.bucketName,
        }),
        ...(source.triggers.length === 0 ? {} : { triggers: [...source.triggers] }),
        ...tags,
      },
      options,
    );
    new PipelineEvents(
      name,
      {
        place,
        prefix,
        pipeline,
        sourcePattern: source.eventPattern,
        metrics: projects.metrics && {
          project: projects.metrics,
          schedule: args.verify?.schedule ?? METRICS_SCHEDULE,
          targets,
        },
        alertsTopicArn: args.alertsTopicArn,
        chatTopicArn: args.chatTopicArn,
      },
      options,
    );
    if (
      args.pullRequests !== undefined &&
      "connection" in args.source &&
      source.connectionArn !== undefined
    ) {
      new PullRequestProject(
        `${name}-pull-request`,
        {
          place,
          choices: args,
          pullRequests: args.pullRequests,
          source: args.source.connection,
          connectionArn: source.connectionArn,
          targets,
          ownStack,
        },
        options,
      );
    }
    this.pipelineName = pipeline.name;
    this.projectNames = Object.values(namesOf(projects)).flatMap((project) => project ?? []);
    this.arn = pipeline.arn;
    this.connectionArn = source.connectionArn;
    this.registerOutputs({
      pipelineName: this.pipelineName,
      arn: this.arn,
      projectNames: this.projectNames,
      connectionArn: this.connectionArn,
    });
  }
}

function namesOf(projects: PipelineProjects) {
  return {
    build: projects.build.projectName,
    selfUpdate: projects.selfUpdate?.projectName,
    publish: projects.publish?.projectName,
    preview: projects.preview.projectName,
    deploy: projects.deploy.projectName,
    verify: projects.verify?.projectName,
  };
}

/** The projects that the pipeline starts: not the scheduled one. */
function projectArns({ build, selfUpdate, publish, preview, deploy, verify }: PipelineProjects) {
  const held = [build, selfUpdate, publish, preview, deploy, verify].flatMap((project) => project ?? []);
  return pulumi.all(held.map(({ arn }) => arn));
}

import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import type { BuildPlace } from "./build-project";
import { NO_INPUTS } from "./component";
import { CustomerKey } from "./customer-key";
import { logEncryption } from "./documents/logs";
import {
  type ArtifactStore,
  logGroupOf,
  onlyOwnKey,
  pipelinePermissions,
  pipelineTrust,
  roleArn,
} from "./documents/pipeline";
import type { Location } from "./documents/principals";
import { LoggedBucket } from "./logged-bucket";
import type { PipelineChoices } from "./pipeline-choices";
import { pipelineName, type TargetRole, targetPrefix, targetRoleName } from "./pipeline-names";
import { type PipelineProjects, pipelineProjects } from "./pipeline-projects";
import { pipelineSource, SOURCE_ACTION } from "./pipeline-source";
import { pipelineStages, type StackTarget } from "./pipeline-stages";
import { ServiceRole } from "./service-role";

/** Arguments of {@link CompliancePipeline}. */
export interface CompliancePipelineArgs extends PipelineChoices {
  /** Topic of the pipeline's region that hears of failures. @defaultValue none: nobody does */
  readonly alertsTopicArn?: pulumi.Input<string> | undefined;
  /** ARN of the policy that limits every role. @defaultValue none */
  readonly permissionsBoundary?: pulumi.Input<string> | undefined;
  /** Tags of what is created. @defaultValue none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The week that CodePipeline itself waits for an approval, in minutes. */
const APPROVAL_MINUTES = 10_080;

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
  /** ARN of the connection; `undefined` for another source. A new one waits until somebody authorises it. */
  public readonly connectionArn: pulumi.Output<string> | undefined;

  public constructor(name: string, args: CompliancePipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:CompliancePipeline", name, NO_INPUTS, opts);
    const { prefix, region, waves, approve = {} } = args;
    const tags = args.tags === undefined ? {} : { tags: args.tags };
    const options = { parent: this };

    const place = this.place(name, args);
    const targets = targetsOf(args, place.location);
    const source = pipelineSource(name, args.source, { ...place, prefix }, options);
    const projects = pipelineProjects(
      name,
      {
        place,
        choices: args,
        targets,
        ownStack: `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`,
        ownStackPermissions: [],
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
        permissionsBoundary: args.permissionsBoundary,
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
    this.pipelineName = pipeline.name;
    this.arn = pipeline.arn;
    this.connectionArn = source.connectionArn;
    this.registerOutputs({
      pipelineName: this.pipelineName,
      arn: this.arn,
      connectionArn: this.connectionArn,
    });
  }

  /** Key, bucket and what else all projects share. */
  private place(name: string, args: CompliancePipelineArgs): BuildPlace {
    const { prefix, region, artifacts = { create: {} }, tags } = args;
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const location = pulumi
      .all([partition, accountId])
      .apply(([inPartition, account]): Location => ({ partition: inPartition, account, region }));
    const kmsKeyArn =
      args.kmsKeyArn === undefined
        ? new CustomerKey(
            name,
            {
              description: "Encrypts the artefacts and the logs of the pipeline.",
              region,
              retain: false,
              tags,
              allow: (here) => [logEncryption(here, logGroupOf(`${prefix}-*`))],
            },
            { parent: this },
          ).arn
        : pulumi.output(args.kmsKeyArn);
    const { bucketName, bucketArn } =
      "existing" in artifacts
        ? existingBucket(artifacts.existing.bucketName, partition)
        : new LoggedBucket(
            name,
            {
              bucketName: artifacts.create.bucketName,
              region,
              tags,
              retain: artifacts.create.retain ?? false,
              kmsKeyArn,
              expireDays: artifacts.create.expireDays ?? 90,
              noncurrentDays: 30,
              accessLogDays: 365,
              allow: (arn) => kmsKeyArn.apply((key) => [onlyOwnKey(arn, key)]),
            },
            { parent: this },
          );
    return {
      location,
      region,
      bucketName,
      kmsKeyArn,
      store: pulumi
        .all([bucketArn, kmsKeyArn])
        .apply(([arn, key]): ArtifactStore => ({ bucketArn: arn, kmsKeyArn: key })),
      logRetentionDays: args.logRetentionDays ?? 365,
      permissionsBoundary: args.permissionsBoundary,
      tags,
    };
  }
}

function existingBucket(bucketName: string, partition: pulumi.Output<string>) {
  return {
    bucketName: pulumi.output(bucketName),
    bucketArn: pulumi.interpolate`arn:${partition}:s3:::${bucketName}`,
  };
}

/** By stack: its full name and the roles that its account has for this pipeline. */
function targetsOf(
  { waves }: PipelineChoices,
  location: pulumi.Output<Location>,
): ReadonlyMap<string, StackTarget> {
  const owner = `${pulumi.getOrganization()}/${pulumi.getProject()}`;
  return new Map(
    waves
      .flatMap(({ stacks }) => stacks)
      .map(({ stack, account, rolePrefix = targetPrefix(pulumi.getProject()) }) => {
        const arn = (role: TargetRole): pulumi.Output<string> =>
          location.apply((own) =>
            roleArn(
              { partition: own.partition, account: account ?? own.account },
              targetRoleName(rolePrefix, role),
            ),
          );
        return [
          stack,
          {
            fullName: `${owner}/${stack}`,
            previewRoleArn: arn("preview"),
            deployRoleArn: arn("deploy"),
            verifyRoleArn: arn("verify"),
          },
        ];
      }),
  );
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

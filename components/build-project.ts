import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { NO_INPUTS } from "./component";
import {
  type ArtifactStore,
  buildPermissions,
  buildTrust,
  cacheAccess,
  logGroupOf,
  projectArn,
  secretReads,
} from "./documents/pipeline";
import type { Location } from "./documents/principals";
import type { PolicyStatement } from "./documents/statement";
import { DEFAULT_IMAGE, type ProjectChoices } from "./pipeline-choices";
import { cacheFolder } from "./pipeline-names";
import { ServiceRole } from "./service-role";

/** What all projects of a pipeline share. */
export interface BuildPlace {
  /** Partition, account and region. */
  readonly location: pulumi.Output<Location>;
  readonly region: string;
  /** Physical name of the artefact bucket. */
  readonly bucketName: pulumi.Output<string>;
  /** The same bucket, and the key that encrypts artefacts and logs. */
  readonly store: pulumi.Output<ArtifactStore>;
  readonly kmsKeyArn: pulumi.Output<string>;
  /** Days that logs are kept. */
  readonly logRetentionDays: number;
  /** ARN of the policy that limits every role. @defaultValue none */
  readonly permissionsBoundary?: pulumi.Input<string> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** A source that CodeBuild fetches by itself. */
export interface BuildSource {
  readonly type: "GITHUB" | "GITLAB" | "BITBUCKET" | "S3";
  /** Address of the repository, or `BUCKET/KEY`. */
  readonly location: pulumi.Input<string>;
  /** ARN of the connection that it is cloned through. */
  readonly connectionArn?: pulumi.Input<string> | undefined;
}

/** Arguments of {@link BuildProject}. */
export interface BuildProjectArgs {
  readonly place: BuildPlace;
  /** Physical name of project and role, 2 to 64 characters. */
  readonly projectName: string;
  readonly description: string;
  /** File of the buildspec in the source. */
  readonly buildspec: string;
  /** What it runs on. */
  readonly choices: ProjectChoices;
  /** Plain variables beside those of the choices; `undefined` ones are left out. */
  readonly variables: Readonly<Record<string, pulumi.Input<string> | undefined>>;
  /** By variable: ARN of the secret that it is read from, beside those of the choices. @defaultValue none */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** ARNs of secrets that the build reads by itself. @defaultValue none */
  readonly readSecretArns?: readonly string[] | undefined;
  /** Where the source comes from. @defaultValue the pipeline */
  readonly source?: BuildSource | undefined;
  /** What its role may do beside logs, reports, cache and secrets. */
  readonly permissions: pulumi.Input<readonly PolicyStatement[]>;
  /** What does not fit into one policy, by the suffix of its name. @defaultValue none */
  readonly furtherPermissions?:
    Readonly<Record<string, pulumi.Input<readonly PolicyStatement[]>>> | undefined;
}

/**
 * A CodeBuild project with a role of its own and an encrypted log group that ends by itself.
 *
 * @example
 * ```ts
 * new BuildProject("build", { place, projectName: "acme-build", buildspec: "pipeline/buildspecs/build.yml", ... });
 * ```
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/create-project.html
 */
export class BuildProject extends pulumi.ComponentResource {
  /** Physical name. */
  public readonly projectName: pulumi.Output<string>;
  /** ARN of the project, made of its name so that policies are known before the project exists. */
  public readonly arn: pulumi.Output<string>;

  public constructor(name: string, args: BuildProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:BuildProject", name, NO_INPUTS, opts);
    const { place, projectName, description, choices, buildspec, source } = args;
    const tags = place.tags === undefined ? {} : { tags: place.tags };
    const secrets = { ...choices.secrets, ...args.secrets };

    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      {
        name: logGroupOf(projectName),
        region: place.region,
        retentionInDays: place.logRetentionDays,
        kmsKeyId: place.kmsKeyArn,
        ...tags,
      },
      { parent: this },
    );
    const role = new ServiceRole(
      name,
      {
        roleName: projectName,
        description: `CodeBuild runs ${projectName} with this role.`,
        trust: place.location.apply((here) => [buildTrust(here, projectName)]),
        permissions: pulumi
          .all([place.location, place.store, args.permissions])
          .apply(([here, store, own]) => [
            ...buildPermissions(here, projectName),
            ...(choices.cache === "s3" ? cacheAccess(store, cacheFolder(projectName)) : []),
            ...secretPermissions(here, [...Object.values(secrets), ...(args.readSecretArns ?? [])]),
            ...own,
          ]),
        furtherPermissions: args.furtherPermissions,
        permissionsBoundary: place.permissionsBoundary,
        tags: place.tags,
      },
      { parent: this },
    );
    const project = new aws.codebuild.Project(
      name,
      {
        name: projectName,
        description,
        region: place.region,
        serviceRole: role.arn,
        buildTimeout: choices.timeoutMinutes ?? 60,
        encryptionKey: place.kmsKeyArn,
        source: sourceOf(source, buildspec),
        artifacts: { type: source === undefined ? "CODEPIPELINE" : "NO_ARTIFACTS" },
        cache: cacheOf(choices, place.bucketName, projectName),
        environment: {
          type: choices.environmentType ?? "LINUX_CONTAINER",
          computeType: choices.computeType ?? "BUILD_GENERAL1_MEDIUM",
          image: choices.image ?? DEFAULT_IMAGE,
          environmentVariables: variableList({ ...choices.environment, ...args.variables }, secrets),
        },
        logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: logGroup.name } },
        ...tags,
      },
      { parent: this },
    );
    this.projectName = project.name;
    this.arn = place.location.apply((here) => projectArn(here, projectName));
    this.registerOutputs({ projectName: this.projectName, arn: this.arn });
  }
}

function sourceOf(source: BuildSource | undefined, buildspec: string) {
  if (source === undefined) return { type: "CODEPIPELINE", buildspec };
  const { type, location, connectionArn } = source;
  if (connectionArn === undefined) return { type, location, buildspec };
  return {
    type,
    location,
    buildspec,
    auth: { type: "CODECONNECTIONS", resource: connectionArn },
    gitCloneDepth: 1,
    reportBuildStatus: true,
  };
}

function secretPermissions(here: Location, arns: readonly string[]): readonly PolicyStatement[] {
  return arns.length === 0 ? [] : secretReads(here, [...new Set(arns)]);
}

function cacheOf(choices: ProjectChoices, bucketName: pulumi.Output<string>, projectName: string) {
  switch (choices.cache ?? "local") {
    case "local":
      return { type: "LOCAL", modes: ["LOCAL_CUSTOM_CACHE"] };
    case "s3":
      return { type: "S3", location: pulumi.interpolate`${bucketName}/${cacheFolder(projectName)}` };
    case "none":
      return { type: "NO_CACHE" };
  }
}

function variableList(
  plain: Readonly<Record<string, pulumi.Input<string> | undefined>>,
  secrets: Readonly<Record<string, string>>,
) {
  const found: { name: string; type: string; value: pulumi.Input<string> }[] = [];
  for (const [name, value] of Object.entries(plain)) {
    if (value !== undefined) found.push({ name, type: "PLAINTEXT", value });
  }
  for (const [name, value] of Object.entries(secrets)) found.push({ name, type: "SECRETS_MANAGER", value });
  return found;
}
